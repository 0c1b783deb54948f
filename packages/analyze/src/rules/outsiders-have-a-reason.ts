import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inWords } from '@keywright/core/diagnostics/list-of';
import { outsider, outsidersLetIn } from './read/outsiders.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: readonly string[] }>({
  code: 'KW7004',
  severity: 'warning',
  title: 'Access for outsiders, without a reason',
  message: ({ key, who }) => `\`${key}\` is open to ${inWords(who)}, and no reason is given`,
  help: () => 'write `because` beside the principal, or name its account under `accounts` or `environments`',
  explanation: `Accounts that are not under \`accounts\` or \`environments\` count as outside, and so do organizations, since the project
does not know their accounts. Such access is often right but easily forgotten, so it needs a reason that can be reviewed: \`because\` on
the principal. A reason for an account covers everybody in it; a reason for a role covers that role alone. A condition such as
\`aws:SourceAccount\` that lets a service act for an outsider lets the outsider in as well: list the outsider's account or organization
under \`principals\`, with \`because\`. Whoever may retire a KMS grant can take access away, and so needs a reason too. Stacks without an
environment are not checked: which accounts are outside is unknown there.
Source: IAM User Guide, "What is IAM Access Analyzer?", "External access findings". IAM Access Analyzer finds the same
after the deployment.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: partner, can: decrypt } # partner is another account`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
principals:
  partner: { account: "999999999999", because: "settles our payments, SEC-12" }
stacks:
  security:
    environment: prod
    keys:
      orders:
        grants:
          - { to: partner, can: decrypt }`,
  },
});

export const outsidersHaveAReason: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { review }) => {
    // If the key's own account is unknown, nobody is known to be an outsider.
    if (typeof key.account !== 'string') return [];
    const { account, policy = [], grants } = key;
    const openings = [
      ...policy.map((statement) => ({
        ref: statement.ref,
        who: statement.effect === 'Deny' ? [] : outsidersLetIn(statement, account, review),
      })),
      ...grants.map(({ ref, grantee, retiringPrincipal }) => ({
        ref,
        who: [grantee, ...(retiringPrincipal === undefined ? [] : [retiringPrincipal])].flatMap((named) =>
          outsider(named, account, review),
        ),
      })),
    ];
    return openings.flatMap(({ ref, who }): readonly Diagnostic[] =>
      who.length === 0 ? [] : [report(definition, ref.source.span, { key: key.name, who })],
    );
  },
};
