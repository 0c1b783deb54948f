import * as z from '../../schema/schema.ts';
import { definePreset, names, servicePrincipal, symmetricOnly, tablesIn } from './preset.ts';

export const s3Tables = definePreset({
  name: 's3-tables',
  title: 'Amazon S3 Tables, maintaining encrypted tables',
  words: ['table-buckets', 'maintenance-s3tables'],
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-kms-permissions.html',
  options: () =>
    z.strictObject({
      tableBuckets: names('Names of the table buckets. Default: every table bucket of the account and region.'),
    }),
  requires: symmetricOnly,
  statements: ({ tableBuckets = ['*'] }, place) => [
    {
      principals: [servicePrincipal('maintenance.s3tables.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [tablesIn(tableBuckets, place)],
    },
  ],
});
