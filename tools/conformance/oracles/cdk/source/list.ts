/** Returns a list, or a single value as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T]; // Array.isArray does not narrow the readonly array out of the union
}
