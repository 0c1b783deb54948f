/** The longest name made of words, which leaves room for a number. */
const longest = 60;

/** A name for a key or another entry from words of a source, in camel case: `ordersApi` for `orders_api`. */
export function nameFromWords(words: readonly string[]): string {
  const [first = '', ...others] = words.flatMap((word) => word.split(/[^A-Za-z0-9]+/)).filter((word) => word !== '');
  const name = [
    first.charAt(0).toLowerCase() + first.slice(1),
    ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
  return (/^[a-z]/.test(name) ? name : `key${name}`).slice(0, longest);
}
