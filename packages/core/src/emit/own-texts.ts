/** Finds where a text names its own environment: its account, region, partition, DNS suffix, name, purpose or one of its values. */
import type { Environment } from '../ir/program.ts';
import { dnsSuffixOf } from '../kms/partitions.ts';

/** What AWS knows about a deployment. */
export type OwnPlace = 'account' | 'region' | 'partition' | 'dnsSuffix';

/** What only the project says about an environment: its name, its purpose, or a value that it gives. */
export type OwnFact = 'environment' | 'purpose' | `values.${string}`;

export type Own = OwnPlace | OwnFact;

/** Takes the place of an environment's own text in a split text. */
export interface OwnToken {
  readonly name: Own;
}

export type Token = string | OwnToken;

export function ownText(name: Own, environment: Environment): string | undefined {
  switch (name) {
    case 'account':
      return environment.account;
    case 'region':
      return environment.region;
    case 'partition':
      return environment.partition;
    case 'dnsSuffix':
      return environment.partition === undefined ? undefined : dnsSuffixOf(environment.partition);
    case 'environment':
      return environment.name;
    case 'purpose':
      return environment.purpose;
    default: {
      const { values = {} } = environment;
      const value = nameOfFact(name);
      return Object.hasOwn(values, value) ? values[value] : undefined;
    }
  }
}

/** The facts that the project can give about environments: their names, their purposes and their values, sorted by name. */
export function factsOf(environments: readonly Environment[]): readonly OwnFact[] {
  const values = new Set(environments.flatMap((environment) => Object.keys(environment.values ?? {})));
  return ['environment', 'purpose', ...[...values].sort().map((name): OwnFact => `values.${name}`)];
}

/** Whether a fact about an environment contains its account or region and more, such as `payments-eu-west-1`. */
export function containsPlace(fact: OwnFact, environment: Environment): boolean {
  const text = ownText(fact, environment);
  const places = [environment.account, environment.region];
  return text !== undefined && places.some((own) => own !== undefined && own !== text && text.includes(own));
}

/** `cost_center` for `values.cost_center`; `environment` and `purpose` as they are. */
export function nameOfFact(fact: OwnFact): string {
  return fact.replace(/^values\./, '');
}

/** Splits a text into tokens for what it names of its environment (limited to `names`) and the text between them. */
export function splitText(text: string, environment: Environment, names: readonly Own[]): readonly Token[] {
  let tokens: readonly Token[] = [text];
  for (const name of names) {
    const own = ownText(name, environment);
    if (own === undefined || own === '' || !text.includes(own)) continue;
    const token: OwnToken = { name };
    tokens = tokens.flatMap((piece) => (typeof piece === 'string' ? splitAt(piece, own, token) : [piece]));
  }
  return tokens;
}

/** Splits a text at each whole-word occurrence of another. */
function splitAt(text: string, word: string, token: OwnToken): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (let start = text.indexOf(word); start >= 0; ) {
    const after = start + word.length;
    if (isInWord(text, start) || isInWord(text, after)) {
      start = text.indexOf(word, start + 1);
      continue;
    }
    if (start > end) tokens.push(text.slice(end, start));
    tokens.push(token);
    end = after;
    start = text.indexOf(word, end);
  }
  if (end < text.length) tokens.push(text.slice(end));
  return tokens;
}

/** Whether the characters before and after an index belong to one word. */
function isInWord(text: string, index: number): boolean {
  return /^[A-Za-z0-9]{2}/.test(text.slice(Math.max(index - 1, 0), index + 1));
}

export function sameTokens(one: readonly Token[], other: readonly Token[]): boolean {
  return one.length === other.length && one.every((token, index) => sameToken(token, other[index]));
}

function sameToken(one: Token, other: Token | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.name === other?.name;
}
