import { Computed, type SourceValue, Unknown, valueOfExpression } from '@keywright/core/reading/source-value';
import type { Mapping } from '@keywright/core/syntax/is-mapping';
import type { Template } from '../template.ts';
import { conditionOf } from './conditions.ts';
import { call } from './functions.ts';
import { type Evaluated, type Meanings, mend, noValue, type Scope } from './scope.ts';

export interface Evaluator {
  /** Returns the value at a mapping key or list index; `undefined` if it is missing or `AWS::NoValue`. */
  readonly at: (container: object, key: string | number) => SourceValue | undefined;
  readonly condition: (name: string) => boolean | Unknown;
  /** Returns the parsed mapping or list that a value was evaluated from. */
  readonly sourceOf: (value: SourceValue) => object | undefined;
}

/** The maximum nesting. No template nests this deeply, but YAML aliases can. */
const deepest = 300;

export function createEvaluator(template: Template, meanings: Meanings): Evaluator {
  const { locations } = template.parsed;
  const cache = new WeakMap<object, Evaluated>();
  const sources = new WeakMap<object, object>();
  let depth = 0;

  const evaluateAt = (container: object, key: string | number): Evaluated => {
    const value: unknown = (container as Readonly<Record<string | number, unknown>>)[key];
    if (typeof value === 'string') return plainText(value);
    if (typeof value === 'number') return numberOf(value, locations.writtenText(container, key));
    if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : null;
    const before = cache.get(value);
    if (before !== undefined) return before;
    return deeper(new Unknown('it is nested too deeply', mend), () => {
      const evaluated = Array.isArray(value) ? listOf(value) : mappingOf(value as Mapping); // it is neither text nor a list
      cache.set(value, evaluated);
      if (typeof evaluated === 'object' && evaluated !== null && !sources.has(evaluated)) sources.set(evaluated, value);
      return evaluated;
    });
  };

  const at = (container: object, key: string | number): SourceValue | undefined => {
    if (!Object.hasOwn(container, key)) return undefined;
    const value = evaluateAt(container, key);
    return value === noValue ? undefined : value;
  };

  const deeper = <Value>(tooDeep: Value, evaluate: () => Value): Value => {
    if (depth > deepest) return tooDeep;
    depth += 1;
    const value = evaluate();
    depth -= 1;
    return value;
  };

  const listOf = (list: readonly unknown[]): SourceValue =>
    list.flatMap((_, index) => {
      const value = evaluateAt(list, index);
      return value === noValue ? [] : [value];
    });

  const mappingOf = (mapping: Mapping): Evaluated => {
    const keys = Object.keys(mapping);
    const name = keys.find((key) => key === 'Ref' || key.startsWith('Fn::'));
    if (name !== undefined && keys.length > 1)
      return new Unknown(`the function ${name} has other entries beside it`, mend);
    if (name !== undefined) return settled(call(name, mapping, scope), meanings);
    return Object.fromEntries(
      keys.flatMap((key) => {
        const value = evaluateAt(mapping, key);
        return value === noValue ? [] : [[key, value]];
      }),
    );
  };

  const scope: Scope = { template, meanings, conditions: new Map(), evaluateAt, at, deeper };
  return {
    at,
    condition: (name) => conditionOf(name, scope),
    sourceOf: (value) => (typeof value === 'object' && value !== null ? sources.get(value) : undefined),
  };
}

/** Converts composed text to the IR's form, and refuses dynamic references in it. */
function settled(value: Evaluated, meanings: Meanings): Evaluated {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? plainText(one) : one));
  if (!(value instanceof Computed)) return value;
  const { expression } = value;
  for (const part of expression.kind === 'concat' ? expression.parts : []) {
    const text = part.kind === 'literal' ? plainText(part.text) : '';
    if (text instanceof Unknown) return text;
  }
  return valueOfExpression(meanings.settled(expression));
}

/** A dynamic reference can be a secret, so it is not resolved. */
function plainText(text: string): SourceValue {
  const { service } = /\{\{resolve:(?<service>[a-z-]*)/.exec(text)?.groups ?? {};
  if (service === undefined) return text;
  return new Unknown(`CloudFormation looks it up in ${service}`, 'write the value into the template');
}

/**
 * Returns a number as it is written. YAML 1.1 reads `012` and `1_000` differently from YAML 1.2, and an account id would lose its leading
 * zero.
 */
function numberOf(value: number, written: string | undefined): SourceValue {
  if (written === undefined || written === String(value)) return value;
  return new Unknown(`${written} is a number that YAML readers understand differently`, 'put it in quotes');
}
