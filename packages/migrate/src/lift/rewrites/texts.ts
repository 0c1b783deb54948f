/** Changes texts wherever they stand in a definition. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T & string; // a text stays a text
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change)) as T; // as does a list
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)])) as T; // and a mapping
}
