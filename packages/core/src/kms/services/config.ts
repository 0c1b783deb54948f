import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import { accounts, condition, definePreset, fromSources, names, ownArn, symmetricOnly } from './preset.ts';
import { servicePrincipalHost } from './principal-host.ts';

export const config = definePreset({
  name: 'config',
  title: 'AWS Config, delivering to an encrypted bucket as the service or with its service-linked role',
  words: ['aws-config', 'config-recorder'],
  source: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html#granting-access-s3-kms-key',
  options: () =>
    z.strictObject({
      accounts: accounts("Accounts of the delivery channels. Default: the key's own account."),
      regions: names('Regions of the delivery channels. Default: every region.'),
    }),
  requires: symmetricOnly,
  statements: ({ accounts, regions }, place) => {
    const owners = accounts?.map(literal) ?? [place.account];
    const channels = regions?.flatMap((region) =>
      owners.map((account) => ownArn({ ...place, account }, 'config', '*', literal(region))),
    );
    return [
      {
        principals: [{ kind: 'service', host: servicePrincipalHost('config', place) }],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        conditions: [
          condition('StringEquals', 'aws:SourceAccount', ...owners),
          ...(channels === undefined ? [] : [fromSources(channels)]),
        ],
      },
    ];
  },
});
