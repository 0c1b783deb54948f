import * as z from '../../schema/schema.ts';
import {
  bucketArn,
  definePreset,
  fromOwnAccount,
  fromSources,
  namesOrArns,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

export const s3Inventory = definePreset({
  name: 's3-inventory',
  title: 'Amazon S3 Inventory, encrypting its lists',
  words: ['inventory'],
  source:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html#configure-inventory-kms-key-policy',
  options: () =>
    z.strictObject({
      buckets: namesOrArns('Names of the buckets whose objects are listed. Default: every bucket of the account.'),
    }),
  requires: symmetricOnly,
  statements: ({ buckets }, place) => [
    {
      principals: [servicePrincipal('s3.amazonaws.com')],
      actions: ['kms:GenerateDataKey'],
      conditions: [
        fromOwnAccount(place),
        ...(buckets === undefined ? [] : [fromSources(buckets.map((name) => bucketArn(place, name)))]),
      ],
    },
  ],
});
