/** Finds what a parsed file has at a path: a value, its span and the span of its YAML key. */
import type { Span } from '../source/span.ts';
import type { Checked } from './checked.ts';

export type Path = readonly PropertyKey[];

export function valueAt(path: Path, root: unknown): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step]; // a list has indexes, a mapping has keys
  }
  return value;
}

/** The span of the value at a path or, if there is none, of the nearest container. */
export function spanAt(path: Path, parsed: Checked): Span | undefined {
  return entrySpan(path, parsed, (container, key) => parsed.locations.valueSpan(container, key));
}

/** The span of the YAML key of a value; in a list, of the value itself. */
export function keySpanAt(path: Path, parsed: Checked): Span | undefined {
  const { locations } = parsed;
  return entrySpan(path, parsed, (container, key) =>
    typeof key === 'string' ? locations.keySpan(container, key) : locations.valueSpan(container, key),
  );
}

function entrySpan(
  path: Path,
  parsed: Checked,
  find: (container: object, key: string | number) => Span | undefined,
): Span | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const container = valueAt(path.slice(0, length - 1), parsed.value);
    const key = path[length - 1];
    if (typeof container !== 'object' || container === null || typeof key === 'symbol' || key === undefined) continue;
    const span = find(container, key);
    if (span !== undefined) return span;
  }
  if (parsed.span !== undefined) return parsed.span;
  const whole =
    typeof parsed.value === 'object' && parsed.value !== null ? parsed.locations.spanOf(parsed.value) : undefined;
  const file = parsed.source.path;
  // For the whole file, the start is enough: underlining everything helps nobody.
  const { line = 1, column = 1 } = whole ?? {};
  return { file, line, column, endLine: line, endColumn: column };
}

/** A number or truth value as it is written in the file. */
export function writtenAt(path: Path, parsed: Checked): string | undefined {
  const container = valueAt(path.slice(0, -1), parsed.value);
  const key = path.at(-1);
  if (typeof container !== 'object' || container === null || typeof key === 'symbol' || key === undefined)
    return undefined;
  return parsed.locations.writtenText(container, key);
}
