/** Finds what differs between the deployments of a program, by comparing the values of all of them. */
import { type DifferenceOrigin, isDifference, type Origin } from '../ir/expression.ts';
import type { Stack } from '../ir/program.ts';
import { joined, segmentsOf, textOf } from './computed-text.ts';
import { describeDifference, nameOfDifference } from './difference-names.ts';
import { type OriginToken, sameTokens, splitOrigin, type Token, textOfOrigin } from './origin-tokens.ts';
import { descriptionOf, partsOfDifference, wordsOf, wordsOfItem } from './parameter-words.ts';
import {
  column,
  computedOf,
  failShape,
  idOf,
  isTag,
  listOf,
  numberOf,
  objectOf,
  plainOf,
  policyOf,
} from './row-values.ts';
import type { Computed, ComputedPart, ObjectValue, Rows, RowValue } from './rows.ts';
import { isList } from './rows.ts';
import { hasParameters, type StackProgram } from './stack-programs.ts';

/** A parameter of a program. */
export interface Parameter {
  /** Words that each target joins in its own style: `['orders', 'description']`. */
  readonly words: readonly string[];
  /** The name in camel case, which a `ParameterReference` contains. */
  readonly name: string;
  readonly type: 'text' | 'number';
  /** Its purpose, in one line. */
  readonly description: string;
  /** The property of the environment that the parameter stands for; absent for any other difference. */
  readonly origin?: Origin;
}

/** Merges the rows and values of all deployments into ones that hold for every deployment, and collects the parameters in them. */
export interface Parameters {
  /** `words`: the subject of the rows, such as a key's name. `of`: the rows of one deployment. */
  rows(words: readonly string[], of: (stack: Stack) => Rows): Rows;
  value(words: readonly string[], of: (stack: Stack) => RowValue): RowValue;
  /** The parameters used so far, in the order of their first use. */
  declared(): readonly Parameter[];
  /** A deployment's values for the parameters, by name, in the same order. */
  valuesOf(stack: Stack): ReadonlyMap<string, string | number>;
}

/** For a stack with a program of its own, in which every value stays literal. */
function noParameters(stack: Stack): Parameters {
  return {
    rows: (_, of) => of(stack),
    value: (_, of) => of(stack),
    declared: () => [],
    valuesOf: () => new Map(),
  };
}

/**
 * The parameters of a program. Whatever a text takes from its deployment is not fixed in the program: the account, region, partition and
 * DNS suffix come from AWS; the environment's name and purpose, and each of its values and tags, come from one parameter that is named
 * after it and used everywhere. A value that entries of `in` can change is a parameter too. All this holds even if the deployments have the
 * same value, so that adding a deployment changes nothing for the others. Any other difference becomes a parameter of its own. With the
 * values of one deployment, the program produces exactly that deployment.
 */
export function createParameters(program: StackProgram): Parameters {
  const [firstDeployment] = program.deployments;
  if (!hasParameters(program)) return noParameters(firstDeployment);
  // If all deployments say the same, the first one stands for all.
  const compared: StackProgram['deployments'] = program.saysSameEverywhere ? [firstDeployment] : program.deployments;
  const declared = new Map<string, Declared>();
  const named = new Map<string, Declared>();

  /** The parameter with this key, declared at its first use. */
  const parameterFor = (
    key: string,
    preferred: readonly string[],
    description: string,
    values: () => Declared['values'],
    origin?: Origin,
  ): ComputedPart => {
    const earlier = declared.get(key);
    if (earlier !== undefined) return { kind: 'parameter', name: earlier.name };
    const words = distinct(preferred, (name) => named.has(name) || (name !== origin && ofEnvironment.includes(name)));
    const parameterValues = values();
    const type = typeof parameterValues[0] === 'number' ? 'number' : 'text';
    const one: Declared = {
      words,
      name: camelCase(words),
      type,
      description,
      values: parameterValues,
      ...(origin && { origin }),
    };
    declared.set(key, one);
    named.set(one.name, one);
    return { kind: 'parameter', name: one.name };
  };

  /**
   * The parameter for any other difference. Its key includes the words, so that values that are equal by chance get separate parameters.
   */
  const parameterAbout = (about: readonly string[], values: readonly (string | number)[]) =>
    parameterFor(JSON.stringify([about, values]), nameOfDifference(about), describeDifference(about), () => values);

  /**
   * The parameter for values that entries of `in` can change, given the values in the compared deployments. Values that agree in origin,
   * subject and all deployments share a parameter.
   */
  const parameterOfDifference = (
    origin: DifferenceOrigin,
    words: readonly string[],
    values: readonly (string | number)[],
  ): ComputedPart => {
    const { place, about, description } = partsOfDifference(origin, words);
    const all = () => (program.saysSameEverywhere ? program.deployments.map(() => values[0] ?? failShape()) : values);
    const key = JSON.stringify([origin, about, values]);
    return parameterFor(key, [...place, ...nameOfDifference(about)], description, all, origin);
  };

  /** The parameter for a value that comes from the environment, given the tokens of the deployments. */
  const parameterOf = (words: readonly string[], { origin }: OriginToken, texts: () => readonly string[]) => {
    if (origin.startsWith('imports.')) {
      const [, name = '', attribute = ''] = origin.split('.');
      const description = `${attribute.toUpperCase()} of the imported key ${name}`;
      return parameterFor(origin, [name, attribute], description, texts, origin);
    }
    if (isDifference(origin)) return parameterOfDifference(origin, words, texts());
    if (origin.startsWith('replicas.')) {
      const [region, said = ''] = splitOrigin(splitOrigin(origin)[1] ?? '');
      const description = descriptionOf(said, `the environment of replicas in ${region}`);
      return parameterFor(origin, [region, ...wordsOf(said)], description, texts, origin);
    }
    if (origin === 'deployment') return parameterAbout(words, texts());
    const values = () => program.deployments.map(({ environment }) => textOfOrigin(origin, environment) ?? failShape());
    return parameterFor(origin, wordsOf(origin), descriptionOf(origin, 'the environment'), values, origin);
  };

  const fold = (words: readonly string[], values: readonly RowValue[]): RowValue => {
    const [first] = values;
    if (first === undefined) throw new Error('a program has no deployment');
    if (typeof first === 'number' || typeof first === 'boolean') {
      if (values.every((value) => value === first)) return first;
      return parameterAbout(words, values.map(numberOf));
    }
    if (typeof first === 'string') return foldText(words, values.map(computedOf));
    if (isList(first)) {
      const lists = values.map((value) => listOf(value, first.length));
      return first.map((item, index) => fold(wordsOfItem(words, item, index, first.length), column(lists, index)));
    }
    switch (first.kind) {
      case 'code':
        return first;
      case 'object':
        return foldObjects(words, values.map(objectOf));
      case 'policy': {
        const { id } = first.document;
        const documents = values.map((value) => policyOf(value, first.document.statements.length));
        return {
          kind: 'foldedPolicy',
          id:
            id &&
            foldText(
              [...words, 'id'],
              values.map((value) => idOf(value) ?? failShape()),
            ),
          statements: first.document.statements.map((statement, index) =>
            foldObjects(
              [...words, statement.sid ?? `statement ${index + 1}`],
              documents.map((statements) => statements[index] ?? failShape()),
            ),
          ),
        };
      }
      case 'foldedPolicy':
        throw new Error('a value is folded once');
      default:
        return foldText(words, values.map(computedOf));
    }
  };

  const foldObjects = (words: readonly string[], objects: readonly ObjectValue[]): ObjectValue => {
    const [first] = objects;
    if (first === undefined || objects.some(({ entries }) => entries.length !== first.entries.length)) failShape();
    return {
      ...first,
      entries: first.entries.map(([key], index) => {
        const values = objects.map(({ entries }) => entries[index] ?? failShape());
        if (values.some(([other]) => other !== key)) failShape();
        const tagWords = isTag(first) ? words : [...words, key];
        return [
          key,
          fold(
            tagWords,
            values.map(([, value]) => value),
          ),
        ];
      }),
    };
  };

  const foldText = (words: readonly string[], texts: readonly Computed[]): RowValue => {
    const all = texts.map((text, index) => segmentsOf(text, compared[index]?.environment ?? failShape()));
    const [first] = all;
    if (first === undefined || all.some(({ fixed }) => fixed.length !== first.fixed.length)) failShape();
    const parts = first.between.flatMap((_, index): readonly ComputedPart[] => {
      const text = foldTokens(
        words,
        all.map(({ between }) => between[index] ?? []),
      );
      const next = first.fixed[index];
      return next === undefined ? text : [...text, next];
    });
    return joined(parts);
  };

  const foldTokens = (words: readonly string[], all: readonly (readonly Token[])[]): readonly ComputedPart[] => {
    const [first = []] = all;
    if (all.every((tokens) => sameTokens(tokens, first))) {
      return first.map((token, index): ComputedPart => {
        if (typeof token === 'string') return { kind: 'literal', text: token };
        const { origin } = token;
        if (isPlacePart(origin)) return { kind: 'pseudo', name: origin };
        return parameterOf(words, token, () => all.map((tokens) => textOf(tokens[index])));
      });
    }
    const texts = all.map((tokens) => tokens.map(textOf).join(''));
    const [text = ''] = texts;
    return [texts.every((other) => other === text) ? { kind: 'literal', text } : parameterAbout(words, texts)];
  };

  const indexes = new Map<string, number>();
  const indexOf = ({ name }: Stack) => {
    if (indexes.size === 0) for (const [index, each] of program.deployments.entries()) indexes.set(each.name, index);
    return indexes.get(name) ?? -1;
  };

  return {
    rows: (words, of) => {
      const all = compared.map(of);
      const [first = []] = all;
      return first.map(([argument, , difference], index) => {
        const values = all.map((rows) => rows[index]?.[1]);
        const present = values.filter((value) => value !== undefined);
        if (present.length === 0) return [argument, undefined];
        if (present.length < values.length) failShape();
        const about = [...words, argument];
        if (difference === undefined) return [argument, fold(about, present)];
        return [argument, parameterOfDifference(difference, about, present.map(plainOf))];
      });
    },
    value: (words, of) => fold(words, compared.map(of)),
    declared: () => [...named.values()],
    valuesOf: (stack) => {
      if (named.size === 0) return new Map();
      const index = indexOf(stack);
      return new Map([...named.values()].map(({ name, values }) => [name, values[index] ?? failShape()]));
    },
  };
}

type PlacePart = 'account' | 'region' | 'partition' | 'dnsSuffix';

function isPlacePart(origin: string): origin is PlacePart {
  return origin === 'account' || origin === 'region' || origin === 'partition' || origin === 'dnsSuffix';
}

interface Declared extends Parameter {
  /** In the order of the deployments. */
  readonly values: readonly (string | number)[];
}

/** Parameter names reserved for the properties that every environment has, whether the program uses them or not. */
const ofEnvironment: readonly string[] = ['environment', 'purpose'];

/** The words, followed by a number if the name that they make is taken. */
function distinct(words: readonly string[], isTaken: (name: string) => boolean): readonly string[] {
  let free = words;
  for (let count = 2; isTaken(camelCase(free)); count += 1) free = [...words, String(count)];
  return free;
}

/** Letters and digits only: `['orders', 'tags', 'cost-center']` give `ordersTagsCostCenter`. */
function camelCase(words: readonly string[]): string {
  const [first = '', ...others] = words.flatMap((word) => word.match(/[A-Za-z0-9]+/g) ?? []);
  const name = [
    first.charAt(0).toLowerCase() + first.slice(1),
    ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
  return /^[A-Za-z]/.test(name) ? name : `value${name}`;
}
