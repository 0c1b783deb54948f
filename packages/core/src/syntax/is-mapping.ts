/** A mapping parsed from YAML or JSON. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a parsed value is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
