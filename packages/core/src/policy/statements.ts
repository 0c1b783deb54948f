import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { conditionsClash, notPrincipalsWithAllow, notPrincipalsWithOrganization } from '../diagnostics/policy.ts';
import { type Expression, literal } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { ConditionsDefinition } from '../language/conditions.ts';
import type { PrincipalReference } from '../language/principal.ts';
import type { StatementDefinition } from '../language/statement.ts';
import { entries, type Located, oneOrMore, property, provenance } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { KeyModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';
import { arnIsOfSomewhere, valueIsOfSomewhere } from '../resolve/places-exist.ts';
import type { Span } from '../source/span.ts';
import { callersComeThroughAService } from './callers-come-through-a-service.ts';
import { conditionValues } from './condition-values.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';
import { type Grantee, reasonOf } from './grantee.ts';
import { meantActions } from './known-actions.ts';

/** How a statement of a key's policy names a grantee, and who the references are. */
export interface StatementBinding {
  readonly bind: (references: readonly Located<PrincipalReference>[]) => readonly Grantee[];
  readonly principalOf: (grantee: Grantee) => PolicyPrincipal | undefined;
  /** The regions there are. */
  readonly regions: ReadonlySet<string>;
}

/**
 * The statements that one of the language means. Principals of an organization are `*` with a condition, so a
 * statement that names several kinds of principals can become several statements.
 */
export function lowerStatement(
  definition: Located<StatementDefinition>,
  key: KeyModel,
  binding: StatementBinding,
  diagnostics: Diagnostic[],
): readonly Statement[] {
  const { value } = definition;
  const effect = value.effect ?? 'Allow';
  const texts = (name: 'resources' | 'notResources' | 'actions' | 'notActions') =>
    oneOrMore<string>(property(definition, name) as Located<string | string[]> | undefined); // the union of the three types
  const patterns = (name: 'resources' | 'notResources') =>
    texts(name).map((text) => {
      diagnostics.push(...arnIsOfSomewhere(text, binding.regions));
      return interpolate(text, key.place, diagnostics);
    });
  const actions = meantActions(texts('actions'), diagnostics);
  const notActions = meantActions(texts('notActions'), diagnostics);
  const body = {
    ...(value.sid && { sid: value.sid }), // an empty one is none
    effect,
    ...(value.actions !== undefined && { actions }),
    ...(value.notActions !== undefined && { notActions }),
    ...(value.notResources !== undefined
      ? { notResources: patterns('notResources') }
      : { resources: value.resources === undefined ? [literal('*')] : patterns('resources') }),
    source: provenance(definition),
  };
  const conditions = lowerConditions(property(definition, 'conditions'), key.place, binding.regions, diagnostics);
  const who = (name: 'principals' | 'notPrincipals') => binding.bind(oneOrMore(property(definition, name)));

  if (value.notPrincipals !== undefined) {
    const grantees = who('notPrincipals');
    if (effect === 'Allow') diagnostics.push(report(notPrincipalsWithAllow, definition.span, {}));
    for (const grantee of grantees) {
      if (grantee.kind !== 'outside' || grantee.principal.kind !== 'anyone') continue;
      diagnostics.push(report(notPrincipalsWithOrganization, grantee.span, { name: grantee.label }));
    }
    const notPrincipals = grantees.flatMap((grantee) => binding.principalOf(grantee) ?? []);
    return notPrincipals.length === 0 ? [] : [{ ...body, notPrincipals, conditions }];
  }

  const groups = new Map<string, { conditions: readonly Condition[]; principals: PolicyPrincipal[] }>();
  for (const grantee of who('principals')) {
    const principal = binding.principalOf(grantee);
    if (principal === undefined) continue;
    const own = grantee.kind === 'outside' ? grantee.conditions : [];
    const all = joinConditions(conditions, own, definition.span, diagnostics);
    if (effect === 'Allow') diagnostics.push(...callersComeThroughAService(grantee, all, 'statement'));
    if (principal.kind === 'anyone' && all.length === 0 && effect === 'Allow') {
      diagnostics.push(everyoneIsNarrowed(grantee.label, reasonOf(grantee), grantee.span));
    }
    const group = JSON.stringify(own);
    const existing = groups.get(group);
    if (existing === undefined) groups.set(group, { conditions: all, principals: [principal] });
    else existing.principals.push(principal);
  }
  // A sid is unique in a policy, so the second of several statements gets a number.
  return [...groups.values()].map((group, index) => ({
    ...body,
    ...(body.sid !== undefined && index > 0 && { sid: `${body.sid}${index + 1}` }),
    ...group,
  }));
}

/** The conditions of a statement or grant, in source order. Values are interpolated, keys are not. */
export function lowerConditions(
  definition: Located<ConditionsDefinition> | undefined,
  place: Place,
  regions: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): readonly Condition[] {
  return entries(definition).flatMap((operator) =>
    entries(operator).map((test) => ({
      operator: operator.name,
      key: test.name,
      values: conditionValues(operator, test, diagnostics).map((value): Expression => {
        diagnostics.push(...valueIsOfSomewhere(operator.name, test.name, value, regions));
        return interpolate(value, place, diagnostics);
      }),
    })),
  );
}

/**
 * Conditions that hold together. Two that test one key with one operator cannot both be written, as the JSON of a policy has
 * one place for them: equal ones are one, different ones are KW3042.
 */
export function joinConditions(
  first: readonly Condition[],
  second: readonly Condition[],
  span: Span,
  diagnostics: Diagnostic[],
): readonly Condition[] {
  const added = second.filter((condition) => {
    const other = first.find((one) => one.operator === condition.operator && one.key === condition.key);
    if (other !== undefined && JSON.stringify(other.values) !== JSON.stringify(condition.values)) {
      diagnostics.push(report(conditionsClash, span, { operator: condition.operator, key: condition.key }));
    }
    return other === undefined;
  });
  return [...first, ...added];
}
