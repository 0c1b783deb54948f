import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { decide } from '../decide.ts';
import { using } from '../facts/actions.ts';
import { isOfAnotherAccount } from './read/accounts.ts';
import { isRoleOfAutoScaling } from './read/auto-scaling.ts';
import { granteesOf } from './read/grantees.ts';
import { listed } from './read/names.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string }>({
  code: 'KW7051',
  severity: 'warning',
  title: 'A role of Auto Scaling that cannot create KMS grants',
  message: ({ key, who }) =>
    `${listed([who])} may use \`${key}\`, but not create the KMS grants that instances with encrypted volumes need to start`,
  help: () =>
    'write `services: [autoscaling]`, or add a grant of `kms:CreateGrant` with `Bool: { "kms:GrantIsForAWSResource": true }`',
  explanation: `Amazon EC2 Auto Scaling and Spot Instances launch instances with a service-linked role, which needs two things from
the key policy: the use of the key, and \`kms:CreateGrant\`, with which it passes access on to Amazon EBS. The role's own policies allow
neither, and nobody can change them. Without \`kms:CreateGrant\`, instances with encrypted volumes are terminated as soon as they launch.
The preset \`autoscaling\` allows both. For roles of another account see [KW7045](KW7045.md).
Source: Amazon EC2 Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes".`,
  example: {
    wrong: `grants:
  - to: { role: "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" }
    can: [encryptDecrypt, describe]`,
    right: 'services: [autoscaling]',
  },
});

/** A service-linked role of Auto Scaling that may use a key may also create KMS grants on the key. */
export const linkedRolesCreateGrants: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) =>
    granteesOf(key, picture).flatMap(({ principal, name, given }): readonly Diagnostic[] => {
      if (principal === undefined || !isRoleOfAutoScaling(principal) || isOfAnotherAccount(principal, key)) return [];
      const use = given.find(({ operations }) => using.some((operation) => operations.has(operation)));
      // If a Deny blocks `kms:CreateGrant`, another rule reports it.
      if (use === undefined || given.some(({ operations }) => operations.has('CreateGrant'))) return [];
      const context = { 'kms:GrantIsForAWSResource': 'true' };
      const { decision } = decide(picture, { principal, action: 'kms:CreateGrant', key, context, beyond: 'nothing' });
      if (decision === 'allow' || decision === 'dependsOn') return [];
      return [report(definition, use.source.span, { key: key.name, who: name() })];
    }),
};
