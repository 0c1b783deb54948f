/** Prints a JSON value as YAML on one line. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, entry]) => `${flow(name)}: ${flow(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  const isPlain = typeof value !== 'string' || /^([A-Za-z][\w./-]*( [\w./-]+)*|kms:[A-Za-z]+|\d+ days)$/.test(value);
  return isPlain ? String(value) : JSON.stringify(value);
}
