/** Values without repetitions: of those with the same content, the last, in the place of the first. */
export function eachOnce<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
