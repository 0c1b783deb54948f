import { type Expression, expressionKey, literal } from '@keywright/core/ir/expression';
import { Computed, expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Template } from '../template.ts';
import { join, jsonOf, split, substitute, textOf, valueOfExpression } from './text.ts';

/** The meaning of a template's names to its functions. */
export interface Meanings {
  /** Evaluates `Ref` of a parameter, a pseudo parameter or a resource. */
  readonly ref: (name: string) => SourceValue;
  /** Evaluates `Fn::GetAtt`. */
  readonly attribute: (logicalId: string, attribute: string) => SourceValue;
  /** Evaluates `Fn::ImportValue`. */
  readonly exported: (name: string) => SourceValue;
  /** Turns composed text into the form that the IR uses. */
  readonly settled: (expression: Expression) => Expression;
}

export interface Evaluator {
  /** The value under a key or at an index; `undefined` if it is missing or `AWS::NoValue`. */
  readonly at: (container: object, key: string | number) => SourceValue | undefined;
  /** Whether a condition of the template holds. */
  readonly condition: (name: string) => boolean | Unknown;
  /** The span that a mapping or list came from. */
  readonly sourceOf: (value: SourceValue) => object | undefined;
}

const noValue = Symbol('AWS::NoValue');
type Evaluated = SourceValue | typeof noValue;

/** Deeper than any template; YAML aliases can nest more deeply than the text does. */
const deepest = 300;

const mend = 'correct it in the template';

/** Source: CloudFormation template reference, "Intrinsic function reference". */
export function createEvaluator(template: Template, meanings: Meanings): Evaluator {
  const { locations } = template.parsed;
  const cache = new WeakMap<object, Evaluated>();
  const sources = new WeakMap<object, object>();
  const conditions = new Map<string, boolean | Unknown | 'open'>();
  let depth = 0;

  const evaluateAt = (container: object, key: string | number): Evaluated => {
    const value: unknown = (container as Readonly<Record<string | number, unknown>>)[key];
    if (typeof value === 'string') return plainText(value);
    if (typeof value === 'number') return numberOf(value, locations.writtenText(container, key));
    if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : null;
    const before = cache.get(value);
    if (before !== undefined) return before;
    if (depth > deepest) return new Unknown('it is nested too deeply', mend);
    depth += 1;
    const evaluated = Array.isArray(value) ? listOf(value) : mappingOf(value as Mapping); // neither text nor list
    depth -= 1;
    cache.set(value, evaluated);
    if (typeof evaluated === 'object' && evaluated !== null && !sources.has(evaluated)) sources.set(evaluated, value);
    return evaluated;
  };

  const at = (container: object, key: string | number): SourceValue | undefined => {
    if (!Object.hasOwn(container, key)) return undefined;
    const value = evaluateAt(container, key);
    return value === noValue ? undefined : value;
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
    if (name !== undefined) return settled(call(name, mapping));
    return Object.fromEntries(
      keys.flatMap((key) => {
        const value = evaluateAt(mapping, key);
        return value === noValue ? [] : [[key, value]];
      }),
    );
  };

  const settled = (value: Evaluated): Evaluated => {
    if (typeof value === 'string') return plainText(value);
    if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? plainText(one) : one));
    if (!(value instanceof Computed)) return value;
    const { expression } = value;
    for (const part of expression.kind === 'concat' ? expression.parts : []) {
      const text = part.kind === 'literal' ? plainText(part.text) : '';
      if (text instanceof Unknown) return text;
    }
    return valueOfExpression(meanings.settled(expression));
  };

  const call = (name: string, mapping: Mapping): Evaluated => {
    const argument: unknown = mapping[name];
    const list = Array.isArray(argument) ? (argument as readonly unknown[]) : undefined;
    const wrong = (form: string) => new Unknown(`${name} is not written as ${form}`, mend);
    switch (name) {
      case 'Ref':
        if (argument === 'AWS::NoValue') return noValue;
        if (typeof argument === 'string') return meanings.ref(argument);
        // With `AWS::LanguageExtensions`, this can be a function.
        return named(at(mapping, name), wrong('`!Ref Name`'));
      case 'Fn::GetAtt':
        return getAtt(argument, wrong('`!GetAtt LogicalId.Attribute`'));
      case 'Fn::Sub':
        return sub(mapping, wrong('`!Sub text` or `!Sub [text, variables]`'));
      case 'Fn::Join': {
        if (list?.length !== 2) return wrong('`[delimiter, list]`');
        const delimiter = textOf(at(list, 0), 'the delimiter');
        const values = at(list, 1);
        if (delimiter instanceof Unknown) return delimiter;
        if (values instanceof Unknown) return values;
        return Array.isArray(values) ? join(delimiter, values) : wrong('`[delimiter, list]`');
      }
      case 'Fn::Split': {
        if (list?.length !== 2) return wrong('`[delimiter, text]`');
        const delimiter = at(list, 0);
        const text = textOf(at(list, 1), 'the text of Fn::Split');
        if (text instanceof Unknown) return text;
        return typeof delimiter === 'string' && delimiter !== ''
          ? split(delimiter, text)
          : wrong('`[delimiter, text]`');
      }
      case 'Fn::Select':
        return select(list, wrong('`[index, list]`'));
      case 'Fn::If': {
        const [condition] = list ?? [];
        if (list?.length !== 3 || typeof condition !== 'string') return wrong('`[condition, value, value]`');
        return choose(list, conditionOf(condition));
      }
      case 'Fn::FindInMap':
        return findInMap(list, wrong('`[map, key, key]`'));
      case 'Fn::ImportValue': {
        const exportName = textOf(at(mapping, name), 'the name of an export');
        if (exportName instanceof Unknown) return exportName;
        return exportName.kind === 'literal'
          ? meanings.exported(exportName.text)
          : new Unknown(
              'the name of an export depends on where the stack is deployed',
              'say where the stack is, with `--account` and `--region`',
            );
      }
      case 'Fn::Base64': {
        const text = textOf(at(mapping, name), 'what Fn::Base64 takes');
        if (text instanceof Unknown) return text;
        if (text.kind === 'literal') return Buffer.from(text.text).toString('base64');
        return new Unknown('Fn::Base64 has a value known only to the deployment', mend);
      }
      case 'Fn::Length': {
        const values = at(mapping, name);
        if (values instanceof Unknown) return values;
        return Array.isArray(values) ? values.length : wrong('a function of a list');
      }
      case 'Fn::ToJsonString': {
        const json = jsonOf(at(mapping, name) ?? null);
        return json instanceof Unknown ? json : valueOfExpression(json);
      }
      case 'Fn::Equals':
      case 'Fn::And':
      case 'Fn::Or':
      case 'Fn::Not':
        return decide(mapping);
      default:
        return new Unknown(`${name} is evaluated only by AWS`, 'write its value, or read the processed template');
    }
  };

  const named = (called: SourceValue | undefined, wrong: Unknown): Evaluated => {
    if (called instanceof Unknown) return called;
    if (called === 'AWS::NoValue') return noValue;
    return typeof called === 'string' ? meanings.ref(called) : wrong;
  };

  const getAtt = (argument: unknown, wrong: Unknown): SourceValue => {
    if (typeof argument === 'string') {
      const dot = argument.indexOf('.');
      return dot < 0 ? wrong : meanings.attribute(argument.slice(0, dot), argument.slice(dot + 1));
    }
    if (!Array.isArray(argument) || argument.length !== 2) return wrong;
    const attribute = at(argument, 1);
    if (attribute instanceof Unknown) return attribute;
    const logicalId = at(argument, 0);
    if (logicalId instanceof Unknown) return logicalId;
    return typeof logicalId === 'string' && typeof attribute === 'string'
      ? meanings.attribute(logicalId, attribute)
      : wrong;
  };

  const sub = (mapping: Mapping, wrong: Unknown): SourceValue => {
    const argument = mapping['Fn::Sub'];
    const [text, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument, {}];
    if (typeof text !== 'string' || !isMapping(variables)) return wrong;
    return substitute(text, (name) => {
      if (Object.hasOwn(variables, name)) return at(variables, name) ?? wrong;
      const dot = name.indexOf('.');
      return dot < 0 ? meanings.ref(name) : meanings.attribute(name.slice(0, dot), name.slice(dot + 1));
    });
  };

  const select = (list: readonly unknown[] | undefined, wrong: Unknown): SourceValue => {
    if (list?.length !== 2) return wrong;
    const index = at(list, 0);
    const values = at(list, 1);
    if (index instanceof Unknown) return index;
    if (values instanceof Unknown) return values;
    if (!Array.isArray(values)) return wrong;
    return (values as readonly SourceValue[])[Number(index)] ?? new Unknown(`a list has no element ${index}`, mend);
  };

  /** One of two values, or a value that both share. */
  const choose = (list: readonly unknown[], condition: boolean | Unknown): Evaluated => {
    if (!(condition instanceof Unknown)) return evaluateAt(list, condition ? 1 : 2);
    const one = evaluateAt(list, 1);
    const other = evaluateAt(list, 2);
    const isSame = one === other || (one !== noValue && other !== noValue && compared(one, other) === true);
    return isSame ? one : condition;
  };

  const findInMap = (list: readonly unknown[] | undefined, wrong: Unknown): Evaluated => {
    if (list === undefined || list.length < 3 || list.length > 4) return wrong;
    const keys = [0, 1, 2].map((index) => textOf(at(list, index), 'a key of Fn::FindInMap'));
    let mapping: unknown = template.mappings;
    let entry: { readonly container: object; readonly key: string } | undefined;
    for (const key of keys) {
      if (key instanceof Unknown) return key;
      if (key.kind !== 'literal')
        return new Unknown(
          'a key of Fn::FindInMap depends on where the stack is deployed',
          'say where the stack is, with `--account` and `--region`',
        );
      if (!isMapping(mapping) || !Object.hasOwn(mapping, key.text)) {
        entry = undefined;
        break;
      }
      entry = { container: mapping, key: key.text };
      mapping = mapping[key.text];
    }
    if (entry !== undefined) return evaluateAt(entry.container, entry.key);
    const [, , , options] = list;
    if (isMapping(options) && Object.hasOwn(options, 'DefaultValue')) return evaluateAt(options, 'DefaultValue');
    const path = keys.map((key) => (key instanceof Unknown || key.kind !== 'literal' ? '' : key.text)).join('.');
    return new Unknown(`the mappings have no ${path}`, mend);
  };

  const conditionOf = (name: string): boolean | Unknown => {
    const before = conditions.get(name);
    if (before === 'open') return new Unknown(`the condition ${name} depends on itself`, mend);
    if (before !== undefined) return before;
    if (!Object.hasOwn(template.conditions, name)) return new Unknown(`there is no condition ${name}`, mend);
    conditions.set(name, 'open');
    const decided = decide(template.conditions[name]);
    conditions.set(name, decided);
    return decided;
  };

  const decide = (value: unknown): boolean | Unknown => {
    if (typeof value === 'boolean') return value;
    const [name, ...others] = isMapping(value) ? Object.keys(value) : [];
    const wrong = new Unknown('a condition has the wrong form', mend);
    if (!isMapping(value) || name === undefined || others.length > 0) return wrong;
    const argument = value[name];
    if (name === 'Condition') return typeof argument === 'string' ? conditionOf(argument) : wrong;
    if (!Array.isArray(argument) || argument.length === 0 || depth > deepest) return wrong;
    depth += 1;
    const decided = ((): boolean | Unknown => {
      switch (name) {
        case 'Fn::Equals': {
          const [one, other] = [at(argument, 0), at(argument, 1)];
          return argument.length !== 2 || one === undefined || other === undefined ? wrong : compared(one, other);
        }
        case 'Fn::Not': {
          const inner = decide(argument[0]);
          return inner instanceof Unknown ? inner : !inner;
        }
        case 'Fn::And':
        case 'Fn::Or': {
          const decisive = name === 'Fn::Or';
          const all = argument.map(decide);
          if (all.includes(decisive)) return decisive;
          return all.find((one) => one instanceof Unknown) ?? !decisive;
        }
        default:
          return wrong;
      }
    })();
    depth -= 1;
    return decided;
  };

  return {
    at,
    condition: conditionOf,
    sourceOf: (value) => (typeof value === 'object' && value !== null ? sources.get(value) : undefined),
  };
}

/** Text of the template. Dynamic references can be secrets, so they are not resolved. */
function plainText(text: string): SourceValue {
  const { service } = /\{\{resolve:(?<service>[a-z-]*)/.exec(text)?.groups ?? {};
  if (service === undefined) return text;
  return new Unknown(`CloudFormation looks it up in ${service}`, 'write the value into the template');
}

/** YAML 1.1 reads `012` and `1_000` as different numbers from YAML 1.2, and an account id would lose its zero. */
function numberOf(value: number, written: string | undefined): SourceValue {
  if (written === undefined || written === String(value)) return value;
  return new Unknown(`${written} is a number that YAML readers understand differently`, 'put it in quotes');
}

/** Whether two values are equal; unknown if only the deployment decides. */
function compared(one: SourceValue, other: SourceValue): boolean | Unknown {
  if (one instanceof Unknown) return one;
  if (other instanceof Unknown) return other;
  const [first, second] = [expressionOf(one), expressionOf(other)];
  if (first === undefined || second === undefined)
    return JSON.stringify(one) === JSON.stringify(other) ? true : new Unknown('it compares lists', 'compare text');
  if (expressionKey(first) === expressionKey(second)) return true;
  if (first.kind === 'literal' && second.kind === 'literal') return false;
  const empty = expressionKey(literal(''));
  if (expressionKey(first) === empty || expressionKey(second) === empty) return false;
  return new Unknown('it depends on the account or region', 'say where the stack is, with `--account` and `--region`');
}
