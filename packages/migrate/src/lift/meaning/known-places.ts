import type { Expression } from '@keywright/core/ir/expression';
import { concatAll } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { type Place, placeOf } from '@keywright/core/resolve/place';

/** A value in which whatever is known about the place of its stack replaces expressions that only the deployment can evaluate. */
export function withKnownPlace<T>(value: T, stack: Stack, resource?: Resource): T {
  const region = resource?.region;
  const own = stack.environment;
  const environment =
    region === undefined || region === own.region
      ? own
      : (stack.replicaEnvironments.find((one) => one.region === region) ?? { ...own, region });
  return known(value, placeOf(environment)) as T; // expressions become expressions, everything else stays
}

function known(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) return value.map((inner) => known(inner, place));
  if (typeof value !== 'object' || value === null) return value;
  if (isExpression(value)) {
    if (value.kind === 'pseudo') return place[value.name];
    if (value.kind === 'concat') return concatAll(value.parts.map((part) => known(part, place) as Expression));
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, known(inner, place)]));
}

function isExpression(value: object): value is Extract<Expression, { kind: 'pseudo' | 'concat' }> {
  const { kind, parts, name } = value as { kind?: unknown; parts?: unknown; name?: unknown };
  return (kind === 'concat' && Array.isArray(parts)) || (kind === 'pseudo' && typeof name === 'string');
}
