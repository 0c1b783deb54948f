import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  conditionKeyTwice,
  conditionsClash,
  notPrincipalsWithAllow,
  notPrincipalsWithOrganization,
} from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { type Expression, literal } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { ConditionsDefinition } from '../language/conditions.ts';
import { entries, type Located, type Named, oneOrMore, property, provenance } from '../project/located.ts';
import { addressesArePublic } from '../resolve/ids-have-their-form.ts';
import { interpolate, problemsOf } from '../resolve/interpolate.ts';
import { type Grantee, reasonOf, type StatementModel } from '../resolve/model.ts';
import { nothingIsReplaced } from '../resolve/not-replaced.ts';
import type { Place } from '../resolve/place.ts';
import { arnIsOfSomewhere, valueIsOfSomewhere } from '../resolve/places-exist.ts';
import type { Span } from '../source/span.ts';
import { callersComeThroughAService } from './callers-come-through-a-service.ts';
import { conditionIsOfPartition } from './condition-is-of-partition.ts';
import { conditionValues } from './condition-values.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';
import { intendedActions } from './known-actions.ts';
import { operatorExists } from './operators-exist.ts';
import { valueFitsOperator } from './values-fit-operators.ts';

/**
 * Turns a `statements` entry into statements of a policy. Principals of an organization are `*` with a condition, so an entry with several
 * kinds of principals can become several statements. `principalOf` turns a grantee into a policy principal, or reports that a policy cannot
 * name the grantee and returns `undefined`.
 */
export function lowerStatement(
  statement: StatementModel,
  place: Place,
  regions: ReadonlySet<string>,
  principalOf: (grantee: Grantee) => PolicyPrincipal | undefined,
): Result<readonly Statement[]> {
  const { definition, principals, notPrincipals } = statement;
  const collector = createCollector();
  const body = collector.take(bodyOf(definition, place, regions));
  const conditions = collector.take(lowerConditions(property(definition, 'conditions'), place, regions));

  if (definition.value.notPrincipals !== undefined) {
    collector.add(...notPrincipalsArePossible(body.effect, notPrincipals, definition.span));
    const excluded = notPrincipals.flatMap((grantee) => principalOf(grantee) ?? []);
    return collector.result(excluded.length === 0 ? [] : [{ ...body, notPrincipals: excluded, conditions }]);
  }

  const groups = new Map<string, { conditions: readonly Condition[]; principals: PolicyPrincipal[] }>();
  for (const grantee of principals) {
    const principal = principalOf(grantee);
    if (principal === undefined) continue;
    const principalConditions = grantee.kind === 'outside' ? grantee.conditions : [];
    const all = collector.take(joinConditions(conditions, principalConditions, definition.span));
    if (body.effect === 'Allow') collector.add(...isNarrowEnough(grantee, principal, all));
    const group = JSON.stringify(principalConditions);
    const existing = groups.get(group);
    if (existing === undefined) groups.set(group, { conditions: all, principals: [principal] });
    else existing.principals.push(principal);
  }
  // A Sid is unique in a policy, so the second of several statements gets a number.
  const statements = [...groups.values()].map((group, index) => ({
    ...body,
    ...(body.sid !== undefined && index > 0 && { sid: `${body.sid}${index + 1}` }),
    ...group,
  }));
  return collector.result(statements);
}

type StatementBody = Omit<Statement, 'principals' | 'notPrincipals' | 'conditions'>;

function bodyOf(
  definition: StatementModel['definition'],
  place: Place,
  regions: ReadonlySet<string>,
): Result<StatementBody> {
  const collector = createCollector();
  const { value } = definition;
  const texts = (name: 'resources' | 'notResources' | 'actions' | 'notActions') =>
    oneOrMore<string>(property(definition, name) as Located<string | string[]> | undefined); // all these properties have this type
  const patterns = (name: 'resources' | 'notResources') =>
    texts(name).map((text) => {
      collector.add(...problemsOf(text, place, (written) => arnIsOfSomewhere(written, regions)));
      return collector.take(interpolate(text, place));
    });
  const actions = collector.take(intendedActions(texts('actions')));
  const notActions = collector.take(intendedActions(texts('notActions')));
  const sid = property(definition, 'sid');
  if (sid !== undefined) collector.add(...nothingIsReplaced('a sid', sid.value, sid.span));
  return collector.result({
    ...(value.sid && { sid: value.sid }), // an empty Sid is left out
    effect: value.effect ?? 'Allow',
    ...(value.actions !== undefined && { actions }),
    ...(value.notActions !== undefined && { notActions }),
    ...(value.notResources !== undefined
      ? { notResources: patterns('notResources') }
      : { resources: value.resources === undefined ? [literal('*')] : patterns('resources') }),
    source: provenance(definition),
  });
}

/** Reports an `Allow` for everyone except some principals, and principals that a policy can name only by a condition. */
function notPrincipalsArePossible(
  effect: Statement['effect'],
  notPrincipals: readonly Grantee[],
  span: Span,
): readonly Diagnostic[] {
  return [
    ...(effect === 'Allow' ? [report(notPrincipalsWithAllow, span, {})] : []),
    ...notPrincipals.flatMap((grantee) =>
      grantee.kind === 'outside' && grantee.principal.kind === 'anyone'
        ? [report(notPrincipalsWithOrganization, grantee.span, { name: grantee.label })]
        : [],
    ),
  ];
}

/** Reports a grantee that an `Allow` may name only under conditions, such as everyone, if `conditions` limit nobody. */
function isNarrowEnough(
  grantee: Grantee,
  principal: PolicyPrincipal,
  conditions: readonly Condition[],
): readonly Diagnostic[] {
  const isAnyone = principal.kind === 'anyone' && conditions.length === 0;
  return [
    ...callersComeThroughAService(grantee, conditions, 'statement'),
    ...(isAnyone ? [everyoneIsNarrowed(grantee.label, reasonOf(grantee), grantee.span)] : []),
  ];
}

interface Reading {
  readonly read: (text: Located<string>, place: Place) => Result<Expression>;
  readonly check: typeof problemsOf;
}

const ofLanguage: Reading = { read: interpolate, check: problemsOf };

/** The conditions of a statement or grant, in source order. Placeholders are replaced in values only. */
export function lowerConditions(
  definition: Located<ConditionsDefinition> | undefined,
  place: Place,
  regions: ReadonlySet<string>,
  { read, check }: Reading = ofLanguage,
): Result<readonly Condition[]> {
  const collector = createCollector();
  const keyOf = ({ name, nameSpan }: Named<unknown>) => {
    collector.add(...nothingIsReplaced('a condition key', name, nameSpan));
    return name;
  };
  const conditions = entries(definition).flatMap((operator) => {
    const tests = entries(operator);
    collector.add(...operatorExists(operator.name, operator.nameSpan), ...keysAreDistinct(operator.name, tests));
    return tests.map((test) => {
      const key = keyOf(test);
      const texts = collector.take(conditionValues(operator, test));
      collector.add(...addressesArePublic(operator.name, test.name, texts));
      const values = texts.map((written) => {
        const problems = (text: Located<string>) => {
          const misfits = valueFitsOperator(operator.name, text);
          return misfits.length > 0 ? misfits : valueIsOfSomewhere(operator.name, test.name, text, regions);
        };
        collector.add(...check(written, place, problems));
        return { value: collector.take(read(written, place)), span: written.span };
      });
      collector.add(...conditionIsOfPartition(key, values, place));
      return { operator: operator.name, key, values: values.map(({ value }) => value) };
    });
  });
  return collector.result(conditions);
}

/** Reports condition keys of one operator that differ in letter case only (KW3076): to AWS they are the same key. */
function keysAreDistinct(operator: string, tests: readonly Named<unknown>[]): readonly Diagnostic[] {
  const first = new Map<string, Named<unknown>>();
  return tests.flatMap((test) => {
    const { name: key, nameSpan } = test;
    const earlier = first.get(key.toLowerCase());
    first.set(key.toLowerCase(), earlier ?? test);
    return earlier === undefined ? [] : [report(conditionKeyTwice, nameSpan, { operator, key, other: earlier.name })];
  });
}

/**
 * Joins conditions that must all hold. The JSON of a policy has one place for each operator and condition key. So equal conditions become
 * one condition, and different conditions are reported (KW3042).
 */
export function joinConditions(
  first: readonly Condition[],
  second: readonly Condition[],
  span: Span,
): Result<readonly Condition[]> {
  const collector = createCollector();
  const added = second.filter((condition) => {
    const earlier = first.find(
      ({ operator, key }) => operator === condition.operator && key.toLowerCase() === condition.key.toLowerCase(),
    );
    if (earlier !== undefined && JSON.stringify(earlier.values) !== JSON.stringify(condition.values)) {
      collector.add(report(conditionsClash, span, { operator: condition.operator, key: condition.key }));
    }
    return earlier === undefined;
  });
  return collector.result([...first, ...added]);
}
