/** Finds what differs between the deployments of a program, by comparing the values of all of them. */
import { concatAll, type Expression } from '../ir/expression.ts';
import type { Environment, Stack } from '../ir/program.ts';
import {
  containsPlace,
  factsOf,
  nameOfFact,
  type Own,
  type OwnFact,
  type OwnPlace,
  ownText,
  sameTokens,
  splitText,
  type Token,
} from './own-texts.ts';
import { statementTree } from './policy-tree.ts';
import type { Computed, ComputedPart, ObjectValue, Rows, RowValue } from './rows.ts';
import { isList } from './rows.ts';
import { hasParameters, type StackProgram } from './stack-programs.ts';

/** A parameter of a program. */
export interface Parameter {
  /** Words that each target joins in its own style: `['orders', 'description']`. */
  readonly words: readonly string[];
  /** In camel case; what a `ParameterReference` names. */
  readonly name: string;
  readonly type: 'text' | 'number';
  /** Its purpose, in one line. */
  readonly description: string;
}

/** Turns the rows and values of single deployments into ones that hold for all, and collects the parameters in them. */
export interface Parameters {
  /** `words`: the subject of the rows, such as a key's name. `of`: the rows of one deployment. */
  rows(words: readonly string[], of: (stack: Stack) => Rows): Rows;
  value(words: readonly string[], of: (stack: Stack) => RowValue): RowValue;
  /** The parameters used so far, in the order of their first use. */
  declared(): readonly Parameter[];
  /** A deployment's values for the parameters, by name, in the same order. */
  valuesOf(stack: Stack): ReadonlyMap<string, string | number>;
}

/** For a stack with a program of its own: every value stays. */
function noParameters(stack: Stack): Parameters {
  return {
    rows: (_, of) => of(stack),
    value: (_, of) => of(stack),
    declared: () => [],
    valuesOf: () => new Map(),
  };
}

/**
 * The parameters of a program. Text that names its deployment's account, region or partition takes it from the deployment. Text that names
 * its environment, the environment's purpose or one of its values takes it from a parameter named after that, the same one everywhere. Any
 * other difference becomes a parameter of its own. So a program bound to a deployment produces exactly that deployment.
 */
export function createParameters(program: StackProgram): Parameters {
  const [firstDeployment] = program.deployments;
  if (!hasParameters(program)) return noParameters(firstDeployment);
  // If all deployments are equal, the first one speaks for all.
  const deployments: StackProgram['deployments'] = program.saysSameEverywhere ? [firstDeployment] : program.deployments;
  const declared = new Map<string, Declared>();
  const named = new Map<string, Declared>();

  const parameterFor = (
    values: readonly (string | number)[],
    preferred: readonly string[],
    description: string,
  ): ComputedPart => {
    const key = JSON.stringify(values);
    const known = declared.get(key);
    if (known !== undefined) return { kind: 'parameter', name: known.name };
    const words = distinct(preferred, named);
    const type = typeof values[0] === 'number' ? 'number' : 'text';
    const one: Declared = { words, name: camelCase(words), type, description, values };
    declared.set(key, one);
    named.set(one.name, one);
    return { kind: 'parameter', name: one.name };
  };

  const parameterAbout = (about: readonly string[], values: readonly (string | number)[]) =>
    parameterFor(values, about, about.join(': '));

  const parameterOf = (fact: OwnFact) =>
    parameterFor(columnOf(fact, ofDeployments().environments), [nameOfFact(fact)], descriptionOf(fact));

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
        const documents = values.map((value) => policyOf(value, first.document.statements.length));
        return {
          kind: 'foldedPolicy',
          id: first.document.id,
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
        const own = isTag(first) ? words : [...words, key];
        return [
          key,
          fold(
            own,
            values.map(([, value]) => value),
          ),
        ];
      }),
    };
  };

  const foldText = (words: readonly string[], texts: readonly Computed[]): RowValue => {
    const all = texts.map(segmentsOf);
    const [first] = all;
    if (first === undefined || all.some(({ fixed }) => fixed.length !== first.fixed.length)) failShape();
    const parts = first.literals.flatMap((_, index): readonly ComputedPart[] => {
      const text = foldLiterals(
        words,
        all.map(({ literals }) => literals[index] ?? ''),
      );
      const next = first.fixed[index];
      return next === undefined ? text : [...text, next];
    });
    return joined(parts);
  };

  const { environment: first } = firstDeployment;
  // Only on demand: a template is planned for each deployment of a program, mostly for its names alone.
  let known: OfDeployments | undefined;
  const ofDeployments = () => {
    if (known !== undefined) return known;
    const environments = deployments.map(({ environment }) => environment);
    const indexes = new Map(deployments.map(({ name }, index) => [name, index]));
    known = { environments, ...attempts(environments), indexes };
    return known;
  };
  const namesPlaceOfFirst = (text: string) =>
    [first.account, first.region].some((own) => own !== undefined && text.includes(own));

  /** The first deployment's text with what it names of its environment, if every other text names the same of its own. */
  const splitAlike = (texts: readonly string[], names: readonly Own[]): readonly Token[] | undefined => {
    const { environments } = ofDeployments();
    const ofFirst = splitText(texts[0] ?? '', first, names);
    const isSame = (environment: Environment, index: number) =>
      sameTokens(splitText(texts[index] ?? '', environment, names), ofFirst);
    return environments.every(isSame) ? ofFirst : undefined;
  };

  const foldLiterals = (words: readonly string[], texts: readonly string[]): readonly ComputedPart[] => {
    const [text = ''] = texts;
    // Every deployment would keep this text whole.
    if (texts.every((other) => other === text) && !namesPlaceOfFirst(text)) return [{ kind: 'literal', text }];
    const { withPlace, withFacts, factsWithPlace } = ofDeployments();
    const namesFact = factsWithPlace.some((fact) => text.includes(ownText(fact, first) ?? ''));
    let best: readonly Token[] | undefined;
    for (const names of withPlace) {
      best = splitAlike(texts, names);
      if (best !== undefined && !namesFact) return best.map(partOf);
      if (best !== undefined) break;
    }
    for (const names of withFacts) {
      const tokens = splitAlike(texts, names);
      if (tokens !== undefined && (best === undefined || literalLength(tokens) < literalLength(best))) best = tokens;
    }
    return best?.map(partOf) ?? [parameterAbout(words, texts)];
  };

  const partOf = (token: Token): ComputedPart => {
    if (typeof token === 'string') return { kind: 'literal', text: token };
    const { name } = token;
    return isPlace(name) ? { kind: 'pseudo', name } : parameterOf(name);
  };

  return {
    rows: (words, of) => {
      const all = deployments.map(of);
      const [first = []] = all;
      return first.map(([argument], index) => {
        const values = all.map((rows) => rows[index]?.[1]);
        const present = values.filter((value) => value !== undefined);
        if (present.length === 0) return [argument, undefined];
        if (present.length < values.length) failShape();
        return [argument, fold([...words, argument], present)];
      });
    },
    value: (words, of) => fold(words, deployments.map(of)),
    declared: () => [...named.values()],
    valuesOf: (stack) => {
      if (named.size === 0) return new Map();
      const index = ofDeployments().indexes.get(stack.name) ?? -1;
      return new Map([...named.values()].map(({ name, values }) => [name, values[index] ?? failShape()]));
    },
  };
}

function descriptionOf(fact: OwnFact): string {
  switch (fact) {
    case 'environment':
      return 'The environment in keywright.yaml';
    case 'purpose':
      return 'What the environment is for';
    default:
      return `Value ${nameOfFact(fact)} of the environment`;
  }
}

function columnOf(name: Own, environments: readonly Environment[]): readonly string[] {
  return environments.map((environment) => ownText(name, environment) ?? '');
}

function isPlace(name: Own): name is OwnPlace {
  return name === 'account' || name === 'region' || name === 'partition' || name === 'dnsSuffix';
}

/** How much of a text names nothing of the environment, in characters. */
function literalLength(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + (typeof token === 'string' ? token.length : 0), 0);
}

/** Facts about all deployments that are needed repeatedly. */
interface OfDeployments extends Attempts {
  readonly environments: readonly Environment[];
  /** By the name of the deployment. */
  readonly indexes: ReadonlyMap<string, number>;
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

/** The non-literal parts, and the texts before, between and after them: one more than parts, some of them empty. */
function segmentsOf(computed: Computed): {
  readonly fixed: readonly ComputedPart[];
  readonly literals: readonly string[];
} {
  const fixed: ComputedPart[] = [];
  const literals = [''];
  for (const part of computedParts(computed)) {
    if (part.kind === 'literal') literals[literals.length - 1] += part.text;
    else {
      fixed.push(part);
      literals.push('');
    }
  }
  return { fixed, literals };
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

/** The same as `concatAll`, for parts that may be parameters. */
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

/** What texts may name of their environments. */
interface Attempts {
  /**
   * What AWS knows, whether it differs or not, so that adding an environment changes nothing; then nothing, for text that is the same
   * everywhere. The first that fits counts, unless a fact that contains the place leaves less text.
   */
  readonly withPlace: readonly (readonly Own[])[];
  /** The facts with the account or region in them. A text with one of them may seem to name the place only. */
  readonly factsWithPlace: readonly OwnFact[];
  /** With facts about the environment. The one that leaves the least text counts: a value may contain an environment's name, or the reverse. */
  readonly withFacts: readonly (readonly Own[])[];
}

function attempts(environments: readonly Environment[]): Attempts {
  const partitions = new Set(environments.map(({ partition }) => partition));
  const elsewhere: readonly Own[] = partitions.size > 1 ? ['partition', 'dnsSuffix'] : [];
  const places: readonly (readonly Own[])[] = [['account', 'region'], ['account'], ['region'], []];
  const withPlace =
    elsewhere.length === 0 ? places : [...places.slice(0, -1).map((names) => [...names, ...elsewhere]), ...places];
  const facts = differingFacts(environments);
  const combinations = facts.length > 1 ? [...facts.map((fact) => [fact]), facts] : [facts];
  const factsWithPlace = facts.filter((fact) => environments.every((environment) => containsPlace(fact, environment)));
  return {
    withPlace,
    factsWithPlace,
    // Facts come first: a value may contain the account.
    withFacts: withPlace.flatMap((place) => combinations.map((names) => [...names, ...place])),
  };
}

/** The facts that differ between environments: one of each set that are the same everywhere, and longer texts before those they may contain. */
function differingFacts(environments: readonly Environment[]): readonly OwnFact[] {
  const byColumn = new Map<string, OwnFact>();
  for (const fact of factsOf(environments)) {
    const texts = columnOf(fact, environments);
    if (new Set(texts).size === 1) continue;
    const column = JSON.stringify(texts);
    if (!byColumn.has(column)) byColumn.set(column, fact);
  }
  const lengthOf = (fact: OwnFact) => columnOf(fact, environments).join('').length;
  return [...byColumn.values()].sort((one, other) => lengthOf(other) - lengthOf(one));
}

/** Words whose name is unused; adds a number if necessary. */
function distinct(words: readonly string[], taken: ReadonlyMap<string, unknown>): readonly string[] {
  let own = words;
  for (let count = 2; taken.has(camelCase(own)); count += 1) own = [...words, String(count)];
  return own;
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
