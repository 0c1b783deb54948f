/** Finds what differs between the deployments of a program, by comparing the values of all of them. */
import { concatAll, type DifferenceOrigin, type Expression, isDifference, type Origin } from '../ir/expression.ts';
import type { Environment, Stack } from '../ir/program.ts';
import { describeDifference, nameOfDifference } from './difference-names.ts';
import { type OriginToken, sameTokens, splitOrigin, type Token, textOfOrigin, tokensOf } from './origin-tokens.ts';
import { statementTree } from './policy-tree.ts';
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

/**
 * Merges the rows and values of all deployments into rows that hold for each of them, and collects the parameters in
 * these.
 */
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
 * The parameters of a program. What a text takes from its deployment, the program takes from there too: the account, region, partition and
 * DNS suffix from AWS; the name, purpose, values and tags of the environment from a parameter named after that, the same one everywhere.
 * What entries of `in` can change is a parameter too. This holds even where all deployments have the same value, so that a further one
 * changes nothing for the others. Any other difference becomes a parameter of its own. So a program bound to a deployment produces exactly
 * that deployment.
 */
export function createParameters(program: StackProgram): Parameters {
  const [firstDeployment] = program.deployments;
  if (!hasParameters(program)) return noParameters(firstDeployment);
  // If all deployments are equal, only the first one is compared.
  const compared: StackProgram['deployments'] = program.saysSameEverywhere ? [firstDeployment] : program.deployments;
  const declared = new Map<string, Declared>();
  const named = new Map<string, Declared>();

  /** The parameter known by a key, declared at its first use. */
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

  /** Keyed by its words: parameters whose values are equal by chance stay separate. */
  const parameterAbout = (about: readonly string[], values: readonly (string | number)[]) =>
    parameterFor(JSON.stringify([about, values]), nameOfDifference(about), describeDifference(about), () => values);

  /**
   * The parameter for values that entries of `in` can change, given the values in the compared deployments. Values with
   * the same span share a parameter.
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

function textOf(token: Token | undefined): string {
  return typeof token === 'object' ? token.text : (token ?? '');
}

/** The words that name the parameter for a property of the environment. */
function wordsOf(origin: string): readonly string[] {
  const [of, name] = splitOrigin(origin);
  if (name === undefined) return [of];
  return of === 'tags' ? ['tag', name] : [name];
}

/**
 * The subject of the parameter for what entries of `in` can change: the standard that has the entries, or the tag of a
 * whole stack. `place`: the region or environment of the replicas it is for, if any.
 */
function partsOfDifference(
  origin: DifferenceOrigin,
  words: readonly string[],
): { readonly place: readonly string[]; readonly about: readonly string[]; readonly description: string } {
  const [, region, own = ''] = /^(?:replicas\.([^.]+)\.)?differences\.(.*)$/.exec(origin) ?? [];
  const place = region === undefined ? [] : [region];
  const whose = region === undefined ? '' : `, for replicas in ${region}`;
  const [kind, standard = ''] = splitOrigin(own);
  switch (kind) {
    case 'stack': {
      const tag = words.at(-1) ?? '';
      return { place, about: ['tag', tag], description: `Tag ${tag} of the stack${whose}` };
    }
    case 'standard': {
      const about = [standard, ...words.slice(1)];
      return { place, about, description: `${describeDifference(about.with(0, `the standard ${standard}`))}${whose}` };
    }
    default:
      return { place, about: words, description: describeDifference(words) };
  }
}

/** `whose`: the environment that it comes from. */
function descriptionOf(origin: string, whose: string): string {
  const [of, name] = splitOrigin(origin);
  switch (of) {
    case 'environment':
      return `Name of ${whose}, as in keywright.yaml`;
    case 'purpose':
      return `What ${whose} is for`;
    case 'tags':
      return `Tag ${name} of ${whose}`;
    default:
      return `Value of ${name} in ${whose}`;
  }
}

interface Declared extends Parameter {
  /** In the order of the deployments. */
  readonly values: readonly (string | number)[];
}

/** An item is named by its index in the list, a tag by its key. */
function wordsOfItem(words: readonly string[], item: RowValue, index: number, count: number): readonly string[] {
  if (typeof item === 'object' && !isList(item) && item.kind === 'object' && isTag(item))
    return [...words, String(item.entries[0]?.[1])];
  return count === 1 ? words : [...words, String(index + 1)];
}

/** Whether an object is a tag in CloudFormation's form. */
function isTag({ entries: [key, value, ...others] }: ObjectValue): boolean {
  return key?.[0] === 'Key' && typeof key[1] === 'string' && value?.[0] === 'Value' && others.length === 0;
}

/** All deployments of a program have the same shape. */
function failShape(): never {
  throw new Error('deployments of one program differ in shape');
}

function numberOf(value: RowValue): number {
  return typeof value === 'number' ? value : failShape();
}

function plainOf(value: RowValue): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : failShape();
}

function computedOf(value: RowValue): Computed {
  if (typeof value === 'string') return { kind: 'literal', text: value };
  if (typeof value !== 'object' || isList(value)) return failShape();
  switch (value.kind) {
    case 'code':
    case 'object':
    case 'policy':
    case 'foldedPolicy':
      return failShape();
    default:
      return value;
  }
}

function listOf(value: RowValue, length: number): readonly RowValue[] {
  return isList(value) && value.length === length ? value : failShape();
}

function column(lists: readonly (readonly RowValue[])[], index: number): readonly RowValue[] {
  return lists.map((list) => list[index] ?? failShape());
}

function objectOf(value: RowValue): ObjectValue {
  return typeof value === 'object' && !isList(value) && value.kind === 'object' ? value : failShape();
}

function policyOf(value: RowValue, length: number): readonly ObjectValue[] {
  if (typeof value !== 'object' || isList(value) || value.kind !== 'policy') return failShape();
  const { statements } = value.document;
  return statements.length === length ? statements.map(statementTree) : failShape();
}

function idOf(value: RowValue): Expression | undefined {
  return typeof value === 'object' && !isList(value) && value.kind === 'policy' ? value.document.id : undefined;
}

/**
 * The non-literal parts, and the texts before, between and after them: one more text than parts, some of them empty.
 */
function segmentsOf(
  computed: Computed,
  environment: Environment,
): {
  readonly fixed: readonly ComputedPart[];
  readonly between: readonly (readonly Token[])[];
} {
  const fixed: ComputedPart[] = [];
  const between: Token[][] = [[]];
  for (const part of computedParts(computed)) {
    if (part.kind === 'literal') between.at(-1)?.push(...tokensOf(part, environment));
    else {
      fixed.push(part);
      between.push([]);
    }
  }
  return { fixed, between };
}

function computedParts(computed: Computed): readonly ComputedPart[] {
  return computed.kind === 'concat' ? computed.parts : [computed];
}

function joined(parts: readonly ComputedPart[]): RowValue {
  const expressions: Expression[] = [];
  for (const part of parts) {
    if (part.kind === 'parameter') return joinedWithParameters(parts);
    expressions.push(part);
  }
  const whole = concatAll(expressions);
  return whole.kind === 'literal' ? whole.text : whole;
}

/** `concatAll` for parts that may be parameters. */
function joinedWithParameters(parts: readonly ComputedPart[]): RowValue {
  const flat: ComputedPart[] = [];
  for (const part of parts) {
    const last = flat.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      flat[flat.length - 1] = { kind: 'literal', text: last.text + part.text };
    else if (part.kind !== 'literal' || part.text !== '') flat.push(part);
  }
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: 'concat', parts: flat };
}

/** The names of the parameters for the properties of every environment, whether the program uses them or not. */
const ofEnvironment: readonly string[] = ['environment', 'purpose'];

/** Words whose name is not taken; adds a number if necessary. */
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
