import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import {
  accountsOf,
  condition,
  definePreset,
  fromSources,
  namesOrArns,
  ownArn,
  servicePrincipal,
  symmetricOnly,
} from './preset.ts';

export const storageLens = definePreset({
  name: 'storage-lens',
  title: 'Amazon S3 Storage Lens, exporting metrics to an encrypted bucket',
  words: ['s3-storage-lens', 'storage-lens-s3'],
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage_lens_encrypt_permissions.html',
  options: () =>
    z.strictObject({
      dashboards: namesOrArns(
        "Names of the account's dashboards that have the key's region as their home region, or ARNs of other dashboards. Default: every dashboard of the account.",
      ),
    }),
  requires: symmetricOnly,
  statements: ({ dashboards }, place) => [
    {
      principals: [servicePrincipal('storage-lens.s3.amazonaws.com')],
      actions: ['kms:GenerateDataKey'],
      conditions: [
        condition('StringEquals', 'aws:SourceAccount', ...accountsOf(dashboards ?? [], place)),
        fromSources(
          dashboards?.map((name) => ownArn(place, 's3', name.startsWith('arn:') ? name : `storage-lens/${name}`)) ?? [
            ownArn(place, 's3', 'storage-lens/*', literal('*')),
          ],
        ),
      ],
    },
  ],
});
