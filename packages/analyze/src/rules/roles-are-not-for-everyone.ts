import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { limitsCallers } from './read/conditions.ts';
import type { TrustRule } from './rule.ts';

const definition = defineDiagnostic<{ role: string }>({
  code: 'KW7027',
  severity: 'error',
  title: 'A role that everyone can assume',
  message: ({ role }) => `everyone in every AWS account can assume the role \`${role}\``,
  help: () =>
    'name an account in `assumedBy`, or add a condition on `aws:PrincipalOrgID` or `aws:PrincipalArn` to `when`',
  explanation: `Whoever can assume a role can do what its policies allow, such as decrypting with the keys that grants give it. A
role with a trust policy for \`*\` is open to every AWS account in the world unless a condition limits who may assume it; the
conditions that count are the same as for a key policy ([KW7003](KW7003.md)). An external id does not count: it tells a third
party's customers apart, and is no secret.
Source: IAM User Guide, "AWS JSON policy elements: Principal", "All principals"; "Access to AWS accounts owned by third parties".`,
  example: {
    wrong: `stacks:
  main:
    principals:
      reader: { role: { assumedBy: { anyone: true }, when: { StringEquals: { "aws:PrincipalTag/team": orders } } } }`,
    right: `stacks:
  main:
    principals:
      reader:
        role:
          assumedBy: { anyone: true }
          when: { StringEquals: { "aws:PrincipalTag/team": orders, "aws:PrincipalOrgID": o-a1b2c3d4e5 } }`,
  },
});

export const rolesAreNotForEveryone: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role, statement: { principals, conditions, source } }) => {
    if (!principals.some(({ kind }) => kind === 'anyone') || conditions.some(limitsCallers)) return [];
    return [report(definition, source.span, { role: role.name })];
  },
};
