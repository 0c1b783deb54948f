import * as z from '../../schema/schema.ts';
import {
  bucketArn,
  condition,
  definePreset,
  fromSources,
  namesOrArns,
  ownArn,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

export const s3 = definePreset({
  name: 's3',
  title: 'Amazon S3 event notifications to encrypted SNS topics and SQS queues',
  words: ['s3-events', 's3-event-notifications', 's3-notifications'],
  source:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html#key-policy-sns-sqs',
  options: () =>
    z.strictObject({
      buckets: namesOrArns(
        'Names of the buckets whose events are sent. Default: every bucket, for events sent to topics and queues of the account and region.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ buckets }, place) => {
    const sources = buckets === undefined ? [] : [fromSources(buckets.map((name) => bucketArn(place, name)))];
    // AWS's page has no `aws:SourceAccount`, since AWS removed it. The ARN in the encryption context limits the service to topics and
    // queues of the account.
    return [
      { context: 'aws:sns:topicArn', service: 'sns' },
      { context: 'aws:sqs:arn', service: 'sqs' },
    ].map(({ context, service }) => ({
      principals: [servicePrincipal('s3.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [...sources, condition('ArnLike', `kms:EncryptionContext:${context}`, ownArn(place, service, '*'))],
    }));
  },
});
