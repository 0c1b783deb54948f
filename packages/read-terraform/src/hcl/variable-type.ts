import { Unknown } from '@keywright/core/reading/source-value';
import { evaluate } from './evaluate.ts';
import type { Scope } from './scope.ts';
import type { HclExpression } from './syntax.ts';
import { asText, elementsOf, type HclValue, setOf, unknownIn } from './value.ts';

/**
 * Converts a value to the type of a variable: `"true"` becomes `true`, a list a set, and a missing `optional` attribute its default.
 * Source: Terraform, "Type constraints".
 */
export function ofType(value: HclValue, type: HclExpression, scope: Scope): HclValue {
  if (value instanceof Unknown || value === null) return value;
  if (type.kind === 'variable') return ofPrimitive(value, type.name, scope, type.at);
  if (type.kind !== 'call') return value;
  const [inner] = type.args;
  const { name } = type;
  if (name === 'object') return inner?.kind === 'object' ? ofObject(value, inner.items, scope) : value;
  if (name === 'map' && value instanceof Map && inner !== undefined)
    return new Map([...value].map(([key, each]) => [key, ofType(each, inner, scope)]));
  if (name !== 'list' && name !== 'set') return value;
  const elements = value instanceof Map ? undefined : elementsOf(value);
  if (elements === undefined) return wrong(`it is no ${name}`, scope, type.at);
  const typed = inner === undefined ? elements : elements.map((each) => ofType(each, inner, scope));
  return name === 'list' ? typed : (unknownIn(typed) ?? setOf(typed));
}

function ofPrimitive(value: HclValue, type: string, scope: Scope, at: number): HclValue {
  switch (type) {
    case 'string':
      return asText(value) ?? wrong('it is not text', scope, at);
    case 'bool':
      if (value === 'true' || value === '1') return true;
      if (value === 'false' || value === '0') return false;
      return typeof value === 'boolean' ? value : wrong('it is neither true nor false', scope, at);
    case 'number':
      if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
      return typeof value === 'number' ? value : wrong('it is not a number', scope, at);
    default:
      return value;
  }
}

/** Converts a value to an object. Drops attributes that the type does not have. */
function ofObject(
  value: HclValue,
  attributes: readonly (readonly [key: HclExpression, type: HclExpression])[],
  scope: Scope,
): HclValue {
  if (!(value instanceof Map)) return value;
  return new Map(
    attributes.map(([key, written]): readonly [string, HclValue] => {
      const name = asText(evaluate(key, scope)) ?? '';
      const [type = written, standard] =
        written.kind === 'call' && written.name === 'optional' ? written.args : [written];
      const isOptional = type !== written;
      const attribute = value.get(name);
      if (attribute !== undefined && !(attribute === null && standard !== undefined))
        return [name, ofType(attribute, type, scope)];
      if (!isOptional) return [name, wrong(`there is no ${JSON.stringify(name)}`, scope, written.at)];
      return [name, standard === undefined ? null : ofType(evaluate(standard, scope), type, scope)];
    }),
  );
}

function wrong(why: string, scope: Scope, at: number): Unknown {
  return new Unknown(`${why}, as the type of its variable asks (${scope.location(at)})`, 'correct the module');
}
