import { camelCase } from '../ir/camel-case.ts';

/** The longest name made of words, which leaves room for a number. */
const longest = 60;

/** A name for a key or another entry from words of a source, in camel case: `ordersApi` for `orders_api`. */
export function nameFromWords(words: readonly string[]): string {
  const name = camelCase(words);
  return (/^[a-z]/.test(name) ? name : `key${name}`).slice(0, longest);
}
