import type { LineMap } from '../source/line-map.ts';
import type { Span } from '../source/span.ts';

/** The spans of the values of a parsed file. Containers are identified by object identity. */
export interface Locations {
  /** A mapping or sequence as a whole; `undefined` for an object that no file contains. */
  spanOf(container: object): Span | undefined;
  /** The value under a YAML key of a mapping or at an index of a sequence. */
  valueSpan(container: object, key: string | number): Span | undefined;
  /** The YAML key itself, in a mapping. */
  keySpan(container: object, key: string): Span | undefined;
  /** The spelling of a number or boolean: `0123` if the value is 123. */
  writtenText(container: object, key: string | number): string | undefined;
}

/** Offsets in the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
  /** Filled in on first use. */
  span?: Span;
}

export interface Entry {
  /** The range of the YAML key; for an element of a sequence, the range of the value. */
  readonly key: Range;
  readonly value: Range;
  /** The range in which a number, `true` or `false` is written. If an alias repeats the value, `value` is instead the alias's range. */
  readonly written: Range | undefined;
}

/** The ranges of a mapping or sequence and its entries. */
export interface ContainerRecord {
  readonly start: number;
  end: number;
  span?: Span;
  readonly entries: Map<string | number, Entry>;
}

/** The spans of values, from the ranges recorded while they were composed. */
export function locationsIn(text: string, lines: LineMap, records: WeakMap<object, ContainerRecord>): Locations {
  const spanOf = (range: Range) => {
    range.span ??= lines.span(range.start, range.end);
    return range.span;
  };
  return {
    spanOf: (container) => {
      const record = records.get(container);
      return record && spanOf(record);
    },
    valueSpan: (container, key) => {
      const entry = records.get(container)?.entries.get(key);
      return entry && spanOf(entry.value);
    },
    keySpan: (container, key) => {
      const entry = records.get(container)?.entries.get(key);
      return entry && spanOf(entry.key);
    },
    writtenText: (container, key) => {
      const written = records.get(container)?.entries.get(key)?.written;
      return written && text.slice(written.start, written.end);
    },
  };
}
