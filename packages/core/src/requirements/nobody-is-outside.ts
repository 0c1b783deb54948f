/** Nobody outside the organization or the account is let in. The rule checks the resulting policies, however the YAML writes them. */
import { report } from '../diagnostics/diagnostic.ts';
import { outsider } from '../diagnostics/requirements.ts';
import type { Statement } from '../ir/policy.ts';
import { type Grantee, granteesOfKmsGrants, type RequiredKey } from '../resolve/model.ts';
import { type Border, borderOf, callerOutside, describePrincipal, excludesOutsiders, isInside } from './border.ts';
import { importsThatMayBe } from './imports-that-may-be.ts';
import { type Required, type RequirementRule, related, unmet } from './rule.ts';

export const nobodyIsOutside: RequirementRule = (required) => {
  const outside = required.definition.value.principals?.outside;
  if (outside === undefined) return [];
  const border = borderOf(required, outside);
  const refuse = (
    who: string,
    how: string,
    source: { readonly span: Statement['source']['span'] },
    others: Statement['source']['also'] = [],
  ) =>
    report(outsider, source.span, { ...unmet(required), who, how, outside }, [
      ...related(required, 'principals'),
      ...others.map(({ span }) => ({ message: 'this is in the statement too', span })),
    ]);
  return [
    ...(required.policy?.statements ?? []).flatMap((statement) =>
      strangersIn(statement, border).map((who) =>
        refuse(who, 'the key policy', statement.source, statement.source.also),
      ),
    ),
    ...granteesOf(required)
      .filter((grantee) => isOutside(grantee, border, required))
      .map((grantee) => refuse(`\`${grantee.label}\``, 'a KMS grant', grantee)),
    ...importsThatMayBe(required).flatMap((imported) =>
      granteesOfKmsGrants(imported.kmsGrants)
        .filter((grantee) => isOutside(grantee, border, required))
        .map((grantee) => {
          const parameters = {
            ...unmet(required),
            key: imported.name,
            who: `\`${grantee.label}\``,
            how: 'a KMS grant',
            outside,
          };
          return report(outsider, grantee.span, parameters, related(required, 'principals'));
        }),
    ),
  ];
};

function strangersIn(statement: Statement, border: Border): readonly string[] {
  const { effect, principals, conditions } = statement;
  if (effect === 'Deny') return [];
  if (principals === undefined) return excludesOutsiders(conditions, border) ? [] : ['everyone but a few'];
  return principals.flatMap((principal) => {
    if (principal.kind !== 'service') {
      return isInside(principal, conditions, border) ? [] : [describePrincipal(principal)];
    }
    if (border.outside === 'nobody') return [describePrincipal(principal)];
    const caller = callerOutside(statement, border);
    return caller === undefined ? [] : [describePrincipal(principal, caller)];
  });
}

function granteesOf({ key, imports }: RequiredKey): readonly Grantee[] {
  return granteesOfKmsGrants([key, ...imports].flatMap(({ kmsGrants }) => kmsGrants));
}

function isOutside(grantee: Grantee, border: Border, { accountOfStack }: Required): boolean {
  switch (grantee.kind) {
    case 'created': {
      const { stack } = grantee.created;
      return stack !== border.stack && !border.isAccount(accountOfStack(stack.name));
    }
    case 'existing':
      return !isInside({ kind: 'aws', arn: grantee.arn }, [], border);
    case 'outside':
      return grantee.principal.kind === 'service' || !isInside(grantee.principal, grantee.conditions, border);
  }
}
