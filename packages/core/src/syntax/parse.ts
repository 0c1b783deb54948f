import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile, Span } from '../source/span.ts';

/** Where the values of a parsed file stand. Containers are identified by object identity. */
export interface Locations {
  /** The whole of a mapping or sequence; undefined for an object that no parsed file has. */
  spanOf(container: object): Span | undefined;
  /** The value under a key of a mapping or at an index of a sequence. */
  valueSpan(container: object, key: string | number): Span | undefined;
  /** The key itself, in a mapping. */
  keySpan(container: object, key: string): Span | undefined;
}

/** A file as plain values. Mappings are objects without prototype, so that no key can mean anything else. */
export interface ParsedSource {
  readonly source: SourceFile;
  /** Undefined when the file could not be parsed; `diagnostics` then says why. */
  readonly value: unknown;
  readonly locations: Locations;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses YAML 1.2 (core schema, merge keys, no custom tags), and so JSON too. Never throws. */
export declare function parseSource(source: SourceFile): ParsedSource;
