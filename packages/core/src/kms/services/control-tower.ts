import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import { condition, definePreset, fromSources, ownArn, servicePrincipal, symmetricOfOneRegion } from './preset.ts';
import { servicePrincipalHost } from './principal-host.ts';

export const controlTower = definePreset({
  name: 'control-tower',
  title:
    'AWS Control Tower, for a key of the management account in the home region. AWS Config delivers for every account, so its statement has no conditions',
  words: ['landing-zone'],
  source: 'https://docs.aws.amazon.com/controltower/latest/userguide/configure-kms-keys.html',
  options: () => z.strictObject({}),
  requires: symmetricOfOneRegion,
  statements: (_, place) => [
    {
      principals: [{ kind: 'service', host: servicePrincipalHost('config', place) }],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      conditions: [],
    },
    {
      principals: [servicePrincipal('cloudtrail.amazonaws.com')],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      conditions: [
        fromSources([ownArn(place, 'cloudtrail', 'trail/aws-controltower-BaselineCloudTrail')]),
        condition(
          'StringLike',
          'kms:EncryptionContext:aws:cloudtrail:arn',
          ownArn(place, 'cloudtrail', 'trail/*', literal('*')),
        ),
      ],
    },
  ],
});
