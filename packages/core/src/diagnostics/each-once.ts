/** Values without repetitions. Of several values with the same content, the last one takes the place of the first. */
export function eachOnce<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
