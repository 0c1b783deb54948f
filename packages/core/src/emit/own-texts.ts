/** What texts name of the environment in which they are. */
import type { Environment } from '../ir/program.ts';
import { dnsSuffixOf } from '../kms/partitions.ts';

export type Own = 'account' | 'region' | 'partition' | 'dnsSuffix' | 'environment';

/** What stands for an environment's own in a text that is split. */
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
  }
}

/** A text in pieces: what it names of its environment, as far as that is among `names`, and the text between. */
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

/** A text split where another stands in it as a word. */
function splitAt(text: string, word: string, token: OwnToken): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (let start = text.indexOf(word); start >= 0; ) {
    const after = start + word.length;
    if (isInWord(text, start - 1) || isInWord(text, after)) {
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

function isInWord(text: string, index: number): boolean {
  return /^[A-Za-z0-9]/.test(text.charAt(index));
}

export function sameTokens(one: readonly Token[], other: readonly Token[]): boolean {
  return one.length === other.length && one.every((token, index) => sameToken(token, other[index]));
}

function sameToken(one: Token, other: Token | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.name === other?.name;
}
