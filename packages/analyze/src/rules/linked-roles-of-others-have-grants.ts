import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isOfAnotherAccount } from './read/accounts.ts';
import { isRoleOfAutoScaling } from './read/auto-scaling.ts';
import { granteesOf } from './read/grantees.ts';
import { listed } from './read/names.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string }>({
  code: 'KW7045',
  severity: 'warning',
  title: 'A role of Auto Scaling that the key policy cannot let in',
  message: ({ key, who }) =>
    `${listed([who])} is a service-linked role of another account, and only a KMS grant lets it use \`${key}\``,
  help: () =>
    'let the role’s account create KMS grants (`kms:CreateGrant` with `ArnEquals: { "kms:GranteePrincipal": <role> }`), and create a KMS grant in that account: `aws kms create-grant --grantee-principal <role>`',
  explanation: `A principal of another account needs an IAM policy besides the key policy. The policies of a service-linked role
cannot be changed, and those of Amazon EC2 Auto Scaling and of Spot Instances allow nothing with customer managed keys. So launches
in the other account fail, although the key policy names the role. A principal of that account has to create a KMS grant for the
role.
Source: Amazon EC2 Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes", "Example 2: Key policy
sections that allow cross-account access to the customer managed key".`,
  example: {
    wrong: `services: # of account 111122223333
  - name: autoscaling
    roles: ["arn:aws:iam::999999999999:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"]`,
    right: `grants:
  - { to: partner, can: [encryptDecrypt, describe] } # account 999999999999
  - to: partner
    can: "kms:CreateGrant"
    when: { ArnEquals: { "kms:GranteePrincipal": "arn:aws:iam::999999999999:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" } }`,
  },
});

/** A service-linked role of Auto Scaling in another account has a KMS grant. */
export const linkedRolesOfOthersHaveGrants: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) =>
    granteesOf(key, picture).flatMap(({ principal, name, given }): readonly Diagnostic[] => {
      const [first] = given;
      if (first === undefined || principal === undefined || !isOfAnotherAccount(principal, key)) return [];
      const hasGrant = given.some(({ statement }) => statement === undefined);
      if (hasGrant || !isRoleOfAutoScaling(principal)) return [];
      return [report(definition, first.source.span, { key: key.name, who: name() })];
    }),
};
