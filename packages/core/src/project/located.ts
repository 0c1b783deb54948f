import type { Provenance } from '../ir/policy.ts';
import type { Span } from '../source/span.ts';
import type { ParsedSource } from '../syntax/parse.ts';

/** A validated value, its span and its file. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
  readonly file: ParsedSource;
  /** The standard or key set that the value came through, if any: `standard pii`. */
  readonly through?: string;
}

/** An entry of a mapping whose keys are names chosen by the user. */
export interface Named<T> extends Located<T> {
  readonly name: string;
  readonly nameSpan: Span;
}

/** The whole of a validated file, as a located value. */
export function whole<T>(file: ParsedSource, value: T): Located<T> {
  const start = { file: file.source.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const span = typeof value === 'object' && value !== null ? file.locations.spanOf(value) : undefined;
  return { value, span: span ?? start, file };
}

/** A property of a mapping; `undefined` if it is absent. */
export function property<T extends object, K extends keyof T & string>(
  of: Located<T>,
  key: K,
): Located<Exclude<T[K], undefined>> | undefined {
  const value = of.value[key];
  if (value === undefined) return undefined;
  // The line above rules out `undefined`.
  return located(value as Exclude<T[K], undefined>, of.file.locations.valueSpan(of.value, key) ?? of.span, of);
}

function located<T>(value: T, span: Span, { file, through }: Located<unknown>): Located<T> {
  return through === undefined ? { value, span, file } : { value, span, file, through };
}

/** Returns `value` with the location of `of`. It is the value of `of`, under a type that the caller has established. */
export function retyped<T>(of: Located<unknown>, value: T): Located<T> {
  return located(value, of.span, of);
}

/** The elements of a list; none if it is absent. */
export function elements<T>(of: Located<readonly T[]> | undefined): readonly Located<T>[] {
  if (of === undefined) return [];
  return of.value.map((value, index) => located(value, of.file.locations.valueSpan(of.value, index) ?? of.span, of));
}

/** The elements of a property that may be one value or a list. */
export function oneOrMore<T>(of: Located<T | readonly T[]> | undefined): readonly Located<T>[] {
  if (of === undefined) return [];
  if (Array.isArray(of.value)) return elements(retyped<readonly T[]>(of, of.value));
  return [retyped(of, of.value as T)]; // Array.isArray does not narrow the readonly array out of the union
}

/** The entries of a mapping; none if it is absent. */
export function entries<T>(of: Located<Readonly<Record<string, T>>> | undefined): readonly Named<T>[] {
  if (of === undefined) return [];
  const { file, through } = of;
  const { locations } = file;
  return Object.entries(of.value).map(([name, value]) => {
    const span = locations.valueSpan(of.value, name) ?? of.span;
    const nameSpan = locations.keySpan(of.value, name) ?? of.span;
    return through === undefined
      ? { value, span, file, name, nameSpan }
      : { value, span, file, through, name, nameSpan };
  });
}

/** The provenance of something in the IR. */
export function provenance(of: { readonly span: Span; readonly through?: string }): Provenance {
  return of.through === undefined ? { span: of.span } : { span: of.span, through: of.through };
}
