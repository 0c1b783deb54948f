type Group<T> = readonly [T, ...(readonly T[])];

/** Values that have one key in common, in the order of their first ones. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}
