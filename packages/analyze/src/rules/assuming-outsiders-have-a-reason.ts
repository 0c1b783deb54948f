import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inWords } from '@keywright/core/diagnostics/list-of';
import { isOidcProviderElsewhere } from './read/assume-request.ts';
import { outsidersLetIn } from './read/outsiders.ts';
import type { TrustRule } from './rule.ts';

const definition = defineDiagnostic<{ role: string; who: readonly string[] }>({
  code: 'KW7029',
  severity: 'warning',
  title: 'A role that outsiders can assume, without a reason',
  message: ({ role, who }) => `${inWords(who)} can assume the role \`${role}\`, and no reason is given`,
  help: () => 'write `because` beside the principal, or name its account under `accounts` or `environments`',
  explanation: `Whoever can assume a role has the access of the role, without being named in any key policy. So accounts and
organizations outside the project need a reason here just as in a key policy; [KW7004](KW7004.md) says what counts as outside. An
identity provider belongs to the account in its ARN. Stacks without an environment are not checked: which accounts are outside is
unknown there.
Source: IAM User Guide, "What is IAM Access Analyzer?", "External access findings". IAM Access Analyzer finds the same
after the deployment.`,
  example: {
    wrong: `stacks:
  main:
    environment: prod
    principals:
      reader: { role: { assumedBy: { account: "999999999999" } } } # not under environments`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
stacks:
  main:
    environment: prod
    principals:
      reader: { role: { assumedBy: { account: "999999999999", because: "settles our payments, SEC-12" } } }`,
  },
});

export const assumingOutsidersHaveAReason: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role: { name, principal }, statement }, { review }) => {
    // If the role's own account is unknown, nobody is known to be an outsider.
    if (!('account' in principal) || typeof principal.account !== 'string') return [];
    const { account } = principal;
    // Nobody gets in through an OIDC provider of another account. Another rule reports such a provider.
    const principals = statement.principals.filter(
      (named) => named.kind !== 'federated' || !isOidcProviderElsewhere(named.provider, account),
    );
    const who = outsidersLetIn({ ...statement, principals }, account, review);
    return who.length === 0 ? [] : [report(definition, statement.source.span, { role: name, who })];
  },
};
