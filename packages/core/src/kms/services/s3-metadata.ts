import * as z from '../../schema/schema.ts';
import { definePreset, names, servicePrincipal, symmetricOnly, tablesIn } from './preset.ts';

export const s3Metadata = definePreset({
  name: 's3-metadata',
  title: 'Amazon S3 Metadata, writing encrypted metadata tables; the key needs the preset `s3-tables` as well',
  words: ['metadata-s3', 's3-metadata-tables'],
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-kms-permissions.html',
  options: () =>
    z.strictObject({
      tableBuckets: names(
        'Names of the table buckets with metadata tables; AWS’s own is `aws-s3`. Default: every table bucket of the account and region.',
      ),
    }),
  requires: symmetricOnly,
  statements: ({ tableBuckets = ['*'] }, place) => [
    {
      principals: [servicePrincipal('metadata.s3.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [tablesIn(tableBuckets, place)],
    },
  ],
});
