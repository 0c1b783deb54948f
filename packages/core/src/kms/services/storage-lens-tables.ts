import * as z from '../../schema/schema.ts';
import { definePreset, fromOwnAccount, servicePrincipal, symmetricOnly } from './preset.ts';

export const storageLensTables = definePreset({
  name: 'storage-lens-tables',
  title: 'Amazon S3 Storage Lens, exporting metrics to S3 Tables; the key needs the preset `s3-tables` as well',
  words: ['s3-storage-lens-tables', 'systemtables-s3'],
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-lens-s3-tables-permissions.html',
  options: () => z.strictObject({}),
  requires: symmetricOnly,
  statements: (_, place) => [
    {
      principals: [servicePrincipal('systemtables.s3.amazonaws.com')],
      actions: ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [fromOwnAccount(place)],
    },
  ],
});
