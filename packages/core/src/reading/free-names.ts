/** The longest name of a key, principal or alias, in characters. */
export const longestName = 63;

/**
 * Returns a function that gives out each name once. A name that is taken gets a number: `orders2`, or `orders-2` with the separator `-`.
 * `Orders` takes `orders` too, because generated code would give both the same name.
 */
export function createFreeNames(separator = ''): (preferred: string) => string {
  const taken = new Set<string>();
  // The next number to try, so that a thousand equal names take a thousand steps.
  const numbers = new Map<string, number>();
  return (preferred) => {
    let name = preferred;
    for (let number = numbers.get(preferred) ?? 2; taken.has(name.toLowerCase()); number += 1) {
      name = `${preferred.slice(0, longestName - 7)}${separator}${number}`;
      numbers.set(preferred, number + 1);
    }
    taken.add(name.toLowerCase());
    return name;
  };
}
