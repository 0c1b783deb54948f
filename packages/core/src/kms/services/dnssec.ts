import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import { condition, definePreset, fromOwnAccount, fromSources, ids, servicePrincipal } from './preset.ts';

export const dnssec = definePreset({
  name: 'dnssec',
  title: 'Amazon Route 53 DNSSEC signing',
  words: ['route53', 'route53-dnssec', 'dnssec-route53'],
  source:
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC',
  options: () =>
    z.strictObject({
      hostedZones: ids(
        'Ids of the hosted zones that use this key as their key-signing key. Default: every hosted zone of the account. Route 53 accepts only keys in us-east-1.',
      ),
    }),
  requires: { usage: 'SIGN_VERIFY', specs: ['ECC_NIST_P256'], region: 'us-east-1' },
  statements: ({ hostedZones = ['*'] }, place) => {
    const principals = [servicePrincipal('dnssec-route53.amazonaws.com')];
    // The key has to be in us-east-1, so the partition is always `aws`.
    const zones = hostedZones.map((zone) => literal(`arn:aws:route53:::hostedzone/${zone}`));
    const narrowed = [fromOwnAccount(place), fromSources(zones)];
    return [
      { principals, actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'], conditions: narrowed },
      {
        principals,
        actions: ['kms:CreateGrant'],
        // AWS's page narrows only the other statement. The KMS grants that this statement allows go to Route 53 itself.
        conditions: [condition('Bool', 'kms:GrantIsForAWSResource', literal('true'))],
      },
    ];
  },
});
