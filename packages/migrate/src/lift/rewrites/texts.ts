/** Changes every text in a definition. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T & string; // a text remains a text
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change)) as T; // a list remains a list
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)])) as T; // a mapping remains a mapping
}
