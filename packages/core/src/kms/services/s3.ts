import * as z from 'zod';
import {
  bucketArn,
  definePreset,
  fromOwnAccount,
  fromSources,
  names,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

export const s3 = definePreset({
  name: 's3',
  title: 'Amazon S3 event notifications to encrypted SNS topics and SQS queues',
  source:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html#key-policy-sns-sqs',
  options: z.strictObject({
    buckets: names('Names of the buckets whose events are sent. Default: every bucket of the account.'),
  }),
  requires: symmetricOnly,
  statements: ({ buckets }, place) => [
    {
      principals: [servicePrincipal('s3.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [
        fromOwnAccount(place),
        ...(buckets === undefined ? [] : [fromSources(buckets.map((name) => bucketArn(place, name)))]),
      ],
    },
  ],
});
