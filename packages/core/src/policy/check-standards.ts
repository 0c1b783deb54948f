import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { Settings } from '../project/project.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { Grantee, KeyContent, Model, StatementModel } from '../resolve/model.ts';
import { policyFits } from './decide-policies.ts';
import { granteeIsLimited } from './grantee-is-limited.ts';
import { lowerGrant } from './lower-grant.ts';
import { namedInPolicy } from './named-in-policy.ts';
import { charactersAreAccepted } from './policy-characters.ts';
import { lowerServices } from './services.ts';
import { sidsAreUnique, withSidsOfGrants } from './sids.ts';
import { leastPolicyLength } from './size.ts';
import { startingPolicy } from './starting-policy.ts';
import { joinConditions, lowerStatement } from './statements.ts';
import { createSuppressions, errorsAreNotSuppressed } from './suppress.ts';
import { createTidy } from './tidy.ts';

/** Reports what is wrong with unused standards: every problem that any key built on them would have. */
export function checkStandards({ settings, unusedStandards }: Model): readonly Diagnostic[] {
  return unusedStandards.flatMap((standard) => checkStandard(standard, settings));
}

function checkStandard(standard: KeyContent, settings: Settings): readonly Diagnostic[] {
  const collector = createCollector();
  collector.add(...standard.diagnostics);
  const { name, place, properties } = standard;
  const { regions } = settings;
  const lower = (statement: StatementModel) =>
    collector.take(lowerStatement(statement, place, regions, (grantee) => collector.take(namedAnywhere(grantee))));
  const start = collector.take(startingPolicy(standard, settings, lower));
  const statements = [
    ...start.statements,
    ...standard.statements.flatMap(lower),
    ...collector.take(lowerServices(standard)),
  ];
  for (const grantee of standard.admins.flatMap(({ grantees }) => grantees)) {
    collector.add(...granteeIsLimited(grantee, [], 'admins'));
  }
  const grants = standard.grants
    .flatMap((grant) => collector.take(lowerGrant(grant, { key: { name, place }, place, regions })))
    .map((grant): Statement => {
      const principalConditions = grant.grantee.kind === 'outside' ? grant.grantee.conditions : [];
      const conditions = collector.take(joinConditions(grant.conditions, principalConditions, grant.source.span));
      return { ...grant, effect: 'Allow', resources: [], conditions };
    });
  const all = withSidsOfGrants([...statements, ...grants]);
  const texts = [...(properties.description ? [properties.description] : []), ...properties.tags.values()];
  for (const text of texts) collector.take(interpolate(text, place));
  collector.add(
    ...sidsAreUnique(all, `the key policy of \`${name}\``),
    ...charactersAreAccepted({ statements: all }),
    ...policyFits(standard, leastPolicyLength(createTidy(settings)(statements))),
  );
  const { suppress } = properties;
  return [...errorsAreNotSuppressed(suppress), ...createSuppressions().apply(collector.diagnostics, suppress)];
}

/**
 * The principal that names a grantee in a policy. A principal that a stack creates has no ARN until a key names it, so its label is used
 * instead.
 */
function namedAnywhere(grantee: Grantee): Result<PolicyPrincipal | undefined> {
  return namedInPolicy(grantee, () => literal(grantee.label));
}
