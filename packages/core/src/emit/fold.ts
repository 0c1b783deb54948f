/** Folds the values of a program's deployments into values that hold for all of them, with parameters for what differs. */
import { isList } from '../collections/is-list.ts';
import type { Environment } from '../ir/program.ts';
import { joined, segmentsOf, textOf } from './computed-text.ts';
import type { DeclaredParameters } from './declared-parameters.ts';
import { sameTokens, type Token } from './origin-tokens.ts';
import { wordsOfItem } from './parameter-words.ts';
import { column, computedOf, failShape, idOf, isTag, listOf, numberOf, objectOf, policyOf } from './row-values.ts';
import type { Computed, ComputedPart, FoldedPolicy, ObjectValue, PolicyValue, RowValue } from './rows.ts';

/**
 * In every method, `words` is the path of a value, and the value's parameter is named after the path. Values are in the order of the
 * environments.
 */
export class Fold {
  readonly #environments: readonly Environment[];
  readonly #parameters: DeclaredParameters;

  constructor(environments: readonly Environment[], parameters: DeclaredParameters) {
    this.#environments = environments;
    this.#parameters = parameters;
  }

  value(words: readonly string[], values: readonly RowValue[]): RowValue {
    const [first] = values;
    if (first === undefined) throw new Error('a program has no deployment');
    if (typeof first === 'number' || typeof first === 'boolean') {
      if (values.every((value) => value === first)) return first;
      return this.#parameters.forValues(words, values.map(numberOf));
    }
    if (typeof first === 'string') return this.#text(words, values.map(computedOf));
    if (isList(first)) return this.#list(words, first, values);
    switch (first.kind) {
      case 'code':
        return first;
      case 'object':
        return this.#object(words, values.map(objectOf));
      case 'policy':
        return this.#policy(words, first, values);
      case 'foldedPolicy':
        throw new Error('a value is folded once');
      default:
        return this.#text(words, values.map(computedOf));
    }
  }

  #list(words: readonly string[], first: readonly RowValue[], values: readonly RowValue[]): RowValue {
    const lists = values.map((value) => listOf(value, first.length));
    return first.map((item, index) => this.value(wordsOfItem(words, item, index, first.length), column(lists, index)));
  }

  #object(words: readonly string[], objects: readonly ObjectValue[]): ObjectValue {
    const [first] = objects;
    if (first === undefined || objects.some(({ entries }) => entries.length !== first.entries.length)) failShape();
    const entries = first.entries.map(([key], index) => {
      const values = objects.map(({ entries }) => {
        const [otherKey, value] = entries[index] ?? failShape();
        return otherKey === key ? value : failShape();
      });
      return [key, this.value(isTag(first) ? words : [...words, key], values)] as const;
    });
    return { ...first, entries };
  }

  #policy(words: readonly string[], { document }: PolicyValue, values: readonly RowValue[]): FoldedPolicy {
    const { id, statements } = document;
    const all = values.map((value) => policyOf(value, statements.length));
    const ids = () => values.map((value) => idOf(value) ?? failShape());
    return {
      kind: 'foldedPolicy',
      id: id && this.#text([...words, 'id'], ids()),
      statements: statements.map(({ sid }, index) =>
        this.#object(
          [...words, sid ?? `statement ${index + 1}`],
          all.map((ofDeployment) => ofDeployment[index] ?? failShape()),
        ),
      ),
    };
  }

  /** Folds texts that have the same computed parts, with literal text between them. */
  #text(words: readonly string[], texts: readonly Computed[]): RowValue {
    const all = texts.map((text, index) => segmentsOf(text, this.#environments[index] ?? failShape()));
    const [first] = all;
    if (first === undefined || all.some(({ fixed }) => fixed.length !== first.fixed.length)) failShape();
    const parts = first.between.flatMap((_, index): readonly ComputedPart[] => {
      const segments = all.map(({ between }) => between[index] ?? []);
      const next = first.fixed[index];
      return [...this.#segment(words, segments), ...(next === undefined ? [] : [next])];
    });
    return joined(parts);
  }

  #segment(words: readonly string[], segments: readonly (readonly Token[])[]): readonly ComputedPart[] {
    const [first = []] = segments;
    if (segments.every((tokens) => sameTokens(tokens, first))) {
      return first.map((token, index) =>
        this.#token(words, token, () => segments.map((tokens) => textOf(tokens[index]))),
      );
    }
    const texts = segments.map((tokens) => tokens.map(textOf).join(''));
    const [text = ''] = texts;
    if (texts.every((other) => other === text)) return [{ kind: 'literal', text }];
    return [this.#parameters.forValues(words, texts)];
  }

  #token(words: readonly string[], token: Token, texts: () => readonly string[]): ComputedPart {
    if (typeof token === 'string') return { kind: 'literal', text: token };
    const { origin } = token;
    return isPlacePart(origin) ? { kind: 'pseudo', name: origin } : this.#parameters.forOrigin(words, token, texts);
  }
}

type PlacePart = 'account' | 'region' | 'partition' | 'dnsSuffix';

function isPlacePart(origin: string): origin is PlacePart {
  return origin === 'account' || origin === 'region' || origin === 'partition' || origin === 'dnsSuffix';
}
