/** Changes every text in a definition. `change` gets the list that the text is an element of, if any. */
export function mapTexts<T>(
  value: T,
  change: (text: string, list: readonly unknown[]) => string,
  list: readonly unknown[] = [],
): T {
  if (typeof value === 'string') return change(value, list) as T & string; // a text remains a text
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change, value)) as T; // a list remains a list
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)])) as T; // a mapping remains a mapping
}
