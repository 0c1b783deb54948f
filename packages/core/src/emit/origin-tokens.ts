/** Finds what a text takes from its own deployment: the account, the region, the environment or one of the environment's values. */
import { differenceIn, isOfDeployment, type Literal, type Origin, stretchesOf } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { dnsSuffixOf } from '../kms/partitions.ts';

/** A stretch of a text that comes from the deployment. */
export interface OriginToken {
  readonly origin: Origin;
  readonly text: string;
}

/** A piece of a text: the same in every deployment, or from the deployment. */
export type Token = string | OriginToken;

/** The text of an origin in an environment; `undefined` if the environment does not contain it. */
export function textOfOrigin(origin: Origin, environment: Environment): string | undefined {
  switch (origin) {
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
      if (isOfDeployment(origin)) return undefined;
      const { values = {}, tags = {} } = environment;
      const [property, name = ''] = splitOrigin(origin);
      const texts = property === 'tags' ? tags : values;
      return Object.hasOwn(texts, name) ? texts[name] : undefined;
    }
  }
}

/** `['values', 'cost_center']` for `values.cost_center`; other origins as they are. */
export function splitOrigin(origin: string): readonly [string, string?] {
  const end = origin.indexOf('.');
  return end < 0 ? [origin] : [origin.slice(0, end), origin.slice(end + 1)];
}

/**
 * Splits literal text into the stretches that come from the deployment in this environment, and the text between them. A stretch from
 * elsewhere, such as the region of a replica or the account of another stack, stays text. A text that entries of `in` can change is one
 * token.
 */
export function tokensOf(literal: Literal, environment: Environment): readonly Token[] {
  const { text } = literal;
  const difference = differenceIn(literal);
  if (difference !== undefined) return [{ origin: difference, text }];
  const tokens: Token[] = [];
  let end = 0;
  for (const stretch of stretchesOf(literal)) {
    const stretchText = text.slice(stretch.start, stretch.end);
    if (!isOfDeployment(stretch.origin) && stretchText !== textOfOrigin(stretch.origin, environment)) continue;
    if (stretch.start > end) tokens.push(text.slice(end, stretch.start));
    tokens.push({ origin: stretch.origin, text: stretchText });
    end = stretch.end;
  }
  if (end < text.length) tokens.push(text.slice(end));
  return tokens;
}

export function sameTokens(one: readonly Token[], other: readonly Token[]): boolean {
  return one.length === other.length && one.every((token, index) => sameToken(token, other[index]));
}

function sameToken(one: Token, other: Token | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.origin === other?.origin;
}
