/** Decides whether a statement applies to a request: its principals, actions, resources and conditions must all match. */
import { covers } from '@keywright/core/policy/trust';
import type { ContextEntry, RequestFacts } from '../context/context.ts';
import { all, any, not, type Truth, test } from '../logic/truth.ts';
import type { PolicyStatement, StatementRef } from '../picture.ts';
import { type Arn, parseArn } from '../value/arn.ts';
import { matchesArn } from '../value/arn-pattern.ts';
import { type Comparison, equals, matchesText } from '../value/compare.ts';
import { identical, joinValue, shown, splitValue, unknownsOf, type Value } from '../value/value.ts';
import { conditionsHold } from './conditions.ts';
import { type Applies, noMatch, principalMatches } from './principals.ts';
import { hasVariables, hasWildcard, resolveVariables } from './variables.ts';

export function keyStatementApplies(statement: PolicyStatement, facts: RequestFacts): Applies {
  // Cheap tests first: most statements name other actions or other principals.
  if (!actionMatches(statement, facts)) return noMatch;
  const who = principalMatches(statement, facts);
  if (who.direct === false && who.account === false) return noMatch;
  const rest = restApplies(statement, facts);
  return { direct: all(who.direct, rest), account: all(who.account, rest) };
}

export function identityStatementApplies(statement: PolicyStatement, facts: RequestFacts): Truth {
  return actionMatches(statement, facts) && restApplies(statement, facts);
}

function restApplies(statement: PolicyStatement, facts: RequestFacts): Truth {
  const resource = resourceMatches(statement, facts);
  return resource === false ? false : all(resource, conditionsHold(statement, facts));
}

/** Action names are case-insensitive. Source: IAM User Guide, "IAM JSON policy elements: Action". */
export function actionMatches({ actions, notActions }: PolicyStatement, { action }: RequestFacts): boolean {
  const isOne = (pattern: string) => pattern === '*' || pattern === 'kms:*' || covers(pattern, action);
  return actions === undefined ? !(notActions ?? []).some(isOne) : actions.some(isOne);
}

/**
 * Whether a statement's resources include the key. In a key policy, `*` is the key itself; anything else is matched as
 * in any policy (KW7015). An alias is a different resource from its key. Source: AWS KMS Developer Guide, "Specifying
 * KMS keys in IAM policy statements", "Create a key policy".
 */
export function resourceMatches(statement: PolicyStatement, facts: RequestFacts): Truth {
  const { resources, notResources, ref } = statement;
  if (resources !== undefined) return isOneOf(resources, facts, ref);
  return notResources === undefined || not(isOneOf(notResources, facts, ref));
}

function isOneOf(resources: readonly Value[], facts: RequestFacts, ref: StatementRef): Truth {
  // The common case: comparing text is cheaper than parsing an ARN.
  if (facts.isAboutKey && resources.some((resource) => resource === '*' || identical(resource, facts.key.arn)))
    return true;
  return any(...resources.map((resource) => isResource(resource, facts, ref)));
}

function isResource(pattern: Value, facts: RequestFacts, ref: StatementRef): Truth {
  if (pattern === '*') return true;
  // Operations without a key are allowed on `*` only.
  if (!facts.isAboutKey) return false;
  const { arn } = facts.key;
  const entry = (name: string): ContextEntry => facts.entry(name);
  const comparison = hasVariables(pattern) ? variableMatches(pattern, arn, entry) : arnPatternMatches(pattern, arn);
  if (comparison !== 'open') return comparison;
  const [left, right] = [shown(arn), shown(pattern)];
  return test({
    kind: 'comparison',
    id: `resource ${left} ${right}`,
    what: 'resource',
    left,
    right,
    unknowns: [...unknownsOf(arn), ...unknownsOf(pattern)],
    statement: ref,
  });
}

/** Whether a resource pattern covers a key; open if the pattern has variables, since no request is given. */
export function resourceIncludes(resource: Value, arn: Value): Comparison {
  if (resource === '*' || identical(resource, arn)) return true;
  return hasVariables(resource) ? 'open' : arnPatternMatches(resource, arn);
}

const names = ['partition', 'service', 'region', 'account', 'resource'] as const satisfies readonly (keyof Arn)[];

/**
 * Compares two ARNs part by part, since a `*` does not cross the first five colons. A pattern with a wildcard and fewer parts, such as
 * `arn:aws:kms:*`, matches whatever follows.
 */
export function arnPatternMatches(pattern: Value, arn: Value): Comparison {
  const arnParts = parseArn(arn);
  if (arnParts === undefined) return matchesText(pattern, arn);
  const patternParts = parseArn(pattern);
  const short = patternParts === undefined ? splitValue(pattern, ':', 5) : undefined;
  if (short !== undefined && (short[0] !== 'arn' || !isWild(pattern))) return false;
  let answer: Comparison = true;
  for (const [index, name] of names.entries()) {
    const part = patternParts === undefined ? short?.[index + 1] : patternParts[name];
    if (part === undefined || part === '*') continue;
    const comparison = compareSegment(part, arnParts[name]);
    if (comparison === false) return false;
    if (comparison === 'open') answer = 'open';
  }
  return answer;
}

function compareSegment(pattern: Value, text: Value): Comparison {
  return isWild(pattern) ? matchesText(pattern, text) : equals(pattern, text);
}

function isWild(pattern: Value): boolean {
  if (typeof pattern === 'string') return pattern.includes('*') || pattern.includes('?');
  return pattern.parts.some((part) => typeof part === 'string' && isWild(part));
}

function variableMatches(pattern: Value, arn: Value, entry: (key: string) => ContextEntry): Comparison {
  const resolved = resolveVariables(pattern, entry);
  // A resource with a variable that has no value matches nothing.
  if (resolved.kind === 'none') return false;
  if (resolved.kind === 'unknown') return 'open';
  const { wanted } = resolved;
  return hasWildcard(wanted.pattern) ? matchesArn(wanted.pattern, arn) : equals(joinValue(wanted.literal), arn);
}
