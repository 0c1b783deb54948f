/** Decides which differences share a parameter, and names and describes the parameters. */
import { camelCase } from '../ir/camel-case.ts';
import { type DifferenceOrigin, isDifference, type Origin } from '../ir/expression.ts';
import { describeDifference, nameOfDifference } from './difference-names.ts';
import { type OriginToken, splitOrigin, textOfOrigin } from './origin-tokens.ts';
import { descriptionOf, partsOfDifference, wordsOf } from './parameter-words.ts';
import { failShape } from './row-values.ts';
import type { ParameterReference } from './rows.ts';
import type { StackProgram } from './stack-programs.ts';

export interface Parameter {
  /** Words that each target joins in its own style: `['orders', 'description']`. */
  readonly words: readonly string[];
  /** In camel case. A `ParameterReference` contains this name. */
  readonly name: string;
  readonly type: 'text' | 'number';
  /** The parameter's purpose, in one line. */
  readonly description: string;
  /** The property of the environment that provides the parameter's value; absent for any other difference. */
  readonly origin?: Origin;
}

export interface DeclaredParameter extends Parameter {
  /** In the order of the deployments. */
  readonly values: Values;
}

type Values = readonly (string | number)[];

/** A parameter to declare, unless a parameter with the same `key` exists. */
interface Declaration {
  readonly key: string;
  /** The preferred words. If their name is taken, the parameter gets another word: a number. */
  readonly words: readonly string[];
  readonly description: string;
  readonly values: () => Values;
  readonly origin?: Origin;
}

/** Declares the parameters of a program at their first use. `words` are the path of the value that a parameter replaces. */
export class DeclaredParameters {
  readonly #program: StackProgram;
  readonly #byKey = new Map<string, DeclaredParameter>();
  readonly #names = new Set<string>();

  constructor(program: StackProgram) {
    this.#program = program;
  }

  /** In the order of their first use. */
  all(): readonly DeclaredParameter[] {
    return [...this.#byKey.values()];
  }

  /** The parameter for a text that comes from the deployment; `texts`: the text in each compared deployment. */
  forOrigin(words: readonly string[], { origin }: OriginToken, texts: () => readonly string[]): ParameterReference {
    if (isDifference(origin)) return this.forChange(words, origin, texts());
    if (origin === 'deployment') return this.forValues(words, texts());
    if (origin.startsWith('imports.')) return this.#forImport(origin, texts());
    if (origin.startsWith('replicas.')) return this.#forReplicas(origin, texts());
    return this.#declare({
      key: origin,
      words: wordsOf(origin),
      description: descriptionOf(origin, 'the environment'),
      values: () =>
        this.#program.deployments.map(({ environment }) => textOfOrigin(origin, environment) ?? failShape()),
      origin,
    });
  }

  /**
   * The parameter for values that entries of `in` can change; `values`: the values in the compared deployments. Two places share a
   * parameter if they have the same origin, the same subject and, in each deployment, the same value.
   */
  forChange(words: readonly string[], origin: DifferenceOrigin, values: Values): ParameterReference {
    const { place, about, description } = partsOfDifference(origin, words);
    const { deployments, saysSameEverywhere } = this.#program;
    return this.#declare({
      key: JSON.stringify([origin, about, values]),
      words: [...place, ...nameOfDifference(about)],
      description,
      values: () => (saysSameEverywhere ? deployments.map(() => values[0] ?? failShape()) : values),
      origin,
    });
  }

  /** The parameter for any other difference. Values that are equal by chance get separate parameters. */
  forValues(words: readonly string[], values: Values): ParameterReference {
    return this.#declare({
      key: JSON.stringify([words, values]),
      words: nameOfDifference(words),
      description: describeDifference(words),
      values: () => values,
    });
  }

  #forImport(origin: Origin, values: Values): ParameterReference {
    const [, name = '', attribute = ''] = origin.split('.');
    const description = `${attribute.toUpperCase()} of the imported key ${name}`;
    return this.#forTexts(origin, values, [name, attribute], description);
  }

  #forReplicas(origin: Origin, values: Values): ParameterReference {
    const [region, inRegion = ''] = splitOrigin(splitOrigin(origin)[1] ?? '');
    const description = descriptionOf(inRegion, `the environment of replicas in ${region}`);
    return this.#forTexts(origin, values, [region, ...wordsOf(inRegion)], description);
  }

  /**
   * The parameter for texts that are not in the deployment's own environment, but come from an import or from an environment of replicas.
   * Places share a parameter only if their texts have the same origin and are equal in each deployment.
   */
  #forTexts(origin: Origin, values: Values, words: readonly string[], description: string): ParameterReference {
    return this.#declare({ key: JSON.stringify([origin, values]), words, description, values: () => values, origin });
  }

  #declare({ key, words: preferred, description, values: valuesOf, origin }: Declaration): ParameterReference {
    const earlier = this.#byKey.get(key);
    if (earlier !== undefined) return { kind: 'parameter', name: earlier.name };
    const words = distinct(
      preferred,
      (name) => this.#names.has(name) || (name !== origin && namesOfEnvironment.includes(name)),
    );
    const name = parameterName(words);
    const values = valuesOf();
    const type = typeof values[0] === 'number' ? 'number' : 'text';
    this.#byKey.set(key, { words, name, type, description, values, ...(origin && { origin }) });
    this.#names.add(name);
    return { kind: 'parameter', name };
  }
}

/** Parameter names reserved for the properties that every environment has, whether the program uses them or not. */
const namesOfEnvironment: readonly string[] = ['environment', 'purpose'];

function distinct(words: readonly string[], isTaken: (name: string) => boolean): readonly string[] {
  let free = words;
  for (let count = 2; isTaken(parameterName(free)); count += 1) free = [...words, String(count)];
  return free;
}

function parameterName(words: readonly string[]): string {
  const name = camelCase(words);
  return /^[A-Za-z]/.test(name) ? name : `value${name}`;
}
