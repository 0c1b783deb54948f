/** Reads files that a configuration includes. Source: Landing Zone Accelerator on AWS, user guide, "Configuration File Includes". */
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { pathWithin } from '@keywright/core/reading/path-within';
import type { Dialect } from '@keywright/core/syntax/compose';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import type { ParsedSource } from '@keywright/core/syntax/parse';
import { unreadInclude } from './diagnostics.ts';

const tag = '!include';

/** The accelerator's YAML: `!include a.yaml` is read as `{ "!include": "a.yaml" }`. */
export const acceleratorYaml: Dialect = { tags: new Map([[tag, tag]]), words: new Map() };

/** Returns the paths that a text includes, as written. */
export function includedIn(text: string): readonly string[] {
  return [...text.matchAll(/!include\s+["']?([^\s"'#,\]}]+)/g)].map(([, path = '']) => path);
}

interface Included {
  readonly value: unknown;
  readonly locations: Locations;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Returns the value of a file with everything that it includes in place. `parse` takes a path in the folder of the configuration, and
 * returns `undefined` if there is no file. Reports includes that cannot be read; their values are missing.
 */
export function withIncludes(main: ParsedSource, parse: (path: string) => ParsedSource | undefined): Included {
  const diagnostics: Diagnostic[] = [...main.diagnostics];
  const sources = [main];
  /** For each mapping or list with includes, the one that it was made from. */
  const originals = new WeakMap<object, object>();
  const values = new Map<string, unknown>();
  const open = new Set<string>();

  const include = (container: Mapping, written: string, { locations }: ParsedSource): unknown => {
    const path = pathWithin(written);
    const refuse = (problem: string): undefined => {
      diagnostics.push(report(unreadInclude, locations.valueSpan(container, tag), { path: written, problem }));
      return undefined;
    };
    if (path === undefined) return refuse('it is not in the folder of the configuration');
    if (values.has(path)) return values.get(path);
    if (open.has(path)) return refuse('it includes itself');
    const source = parse(path);
    if (source === undefined) return refuse('there is no such file');
    sources.push(source);
    diagnostics.push(...source.diagnostics);
    open.add(path);
    const value = replaced(source.value, source);
    open.delete(path);
    values.set(path, value);
    return value;
  };

  const replaced = (value: unknown, source: ParsedSource): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isMapping(value) && typeof value[tag] === 'string') return include(value, value[tag], source);
    const entries = Object.entries(value).map(
      ([name, one]: [string, unknown]) => [name, replaced(one, source)] as const,
    );
    const members = value as Readonly<Record<string, unknown>>; // a mapping, or a list by index
    if (entries.every(([name, one]) => one === members[name])) return value;
    // Mappings have no prototype, like parsed mappings.
    const made: object = Array.isArray(value) ? [] : Object.create(null);
    for (const [name, one] of entries) Object.defineProperty(made, name, { value: one, enumerable: true });
    originals.set(made, value);
    return made;
  };

  const find = <Found>(look: (locations: Locations, original: object) => Found | undefined, container: object) => {
    const original = originals.get(container) ?? container;
    for (const { locations } of sources) {
      const found = look(locations, original);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const value = replaced(main.value, main);
  return {
    value,
    diagnostics,
    locations: {
      spanOf: (container) => find((locations, original) => locations.spanOf(original), container),
      valueSpan: (container, key) => find((locations, original) => locations.valueSpan(original, key), container),
      keySpan: (container, key) => find((locations, original) => locations.keySpan(original, key), container),
      writtenText: (container, key) => find((locations, original) => locations.writtenText(original, key), container),
    },
  };
}
