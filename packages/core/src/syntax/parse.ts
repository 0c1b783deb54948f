import {
  boolCoreTag,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { createProblemList } from '../diagnostics/problem-list.ts';
import {
  badMerge,
  badYaml,
  complexKey,
  customTag,
  duplicateKey,
  halfCharacter,
  recursiveAnchor,
  severalDocuments,
  tooManyValues,
  unknownAnchor,
  unusableKey,
} from '../diagnostics/source.ts';
import { createLineMap, type LineMap } from '../source/line-map.ts';
import type { SourceFile, Span } from '../source/span.ts';
import { type LooseLines, parseLooseLines } from './loose-lines.ts';
import { yamlProblem } from './yaml-problem.ts';

/** The spans of the values of a parsed file. Containers are identified by object identity. */
export interface Locations {
  /** A mapping or sequence as a whole; `undefined` for an object that no file contains. */
  spanOf(container: object): Span | undefined;
  /** The value under a key of a mapping or at an index of a sequence. */
  valueSpan(container: object, key: string | number): Span | undefined;
  /** The key itself, in a mapping. */
  keySpan(container: object, key: string): Span | undefined;
  /** The spelling of a number or boolean: `0123` if the value is 123. */
  writtenText(container: object, key: string | number): string | undefined;
}

/** A file as plain values. Mappings have no prototype, so that no key has a special meaning. */
export interface ParsedSource {
  readonly source: SourceFile;
  /** `undefined` if the file could not be parsed; `diagnostics` says why. */
  readonly value: unknown;
  readonly locations: Locations;
  readonly diagnostics: readonly Diagnostic[];
}

/** Offsets in the text. */
interface Range {
  readonly start: number;
  readonly end: number;
  /** Filled in on first use. */
  span?: Span;
}

interface Entry {
  /** The key's range; for an element of a sequence, the value's. */
  readonly key: Range;
  readonly value: Range;
  /** The range in which a number, `true` or `false` is written; for a value repeated by an alias, `value` is the range of the alias. */
  readonly written: Range | undefined;
}

/** What is known about a mapping or sequence besides its values. */
interface ContainerRecord {
  readonly start: number;
  end: number;
  span?: Span;
  readonly entries: Map<string | number, Entry>;
}

/** A value with its range; `size` counts the values in it, with aliases expanded. */
interface Node {
  readonly value: unknown;
  readonly range: Range;
  readonly size: number;
  readonly written: Range | undefined;
}

type Mapping = Record<string, unknown>;
type MergeSource = { readonly value: unknown; readonly range: Range };

/** The greatest number of values in a file, and how many more its aliases and merge keys may add. */
const valueLimit = 1_000_000;

const loneSurrogate = /\p{Surrogate}/u;

/** The extensions of another tool's YAML. */
export interface Dialect {
  /** Its tags. A tagged value is read as a mapping with one key: `!Ref x` as `{ Ref: x }`. */
  readonly tags: ReadonlyMap<string, string>;
  /** Further plain words in lower case that mean true or false. */
  readonly words: ReadonlyMap<string, boolean>;
}

/**
 * Parses YAML 1.2 (core schema, merge keys, only the custom tags of `dialect`), and so JSON too. With a dialect, lines
 * within brackets and quotations may have any indentation. Never throws.
 */
export function parseSource(source: SourceFile, dialect?: Dialect): ParsedSource {
  const records = new WeakMap<object, ContainerRecord>();
  const { diagnostics, add } = createProblemList();
  const written = createLineMap(source.path, source.text);

  let parsed: Pick<LooseLines, 'text' | 'events'> & Partial<LooseLines>;
  try {
    parsed = { text: source.text, events: parseEvents(source.text, { filename: source.path }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const loose = dialect && parseLooseLines(source.text);
    if (loose === undefined) {
      const { offset, ...problem } = yamlProblem(error, source.text);
      add(report(badYaml, written.span(offset, offset + 1), problem));
      return { source, value: undefined, locations: locationsIn(source.text, written, records), diagnostics };
    }
    parsed = loose;
  }
  const { text, events, offsetOf } = parsed;
  const lines = offsetOf === undefined ? written : shiftedLines(written, offsetOf);
  const at = ({ start, end }: Range) => lines.span(start, end);
  const locations = locationsIn(text, lines, records);

  // Some events are not values, so this also refuses files with fewer values than the limit, but still far more than any project has.
  if (events.length > valueLimit) {
    const start = startOf(events[valueLimit]);
    add(report(tooManyValues, at({ start, end: start + 1 }), { limit: valueLimit }));
    return { source, value: undefined, locations, diagnostics };
  }

  const anchors = new Map<string, Node | 'open'>();
  let next = 0;
  let lastEnd = 0;
  let total = 0;
  let overflow = false;

  const count = (size: number, range: Range): void => {
    total += size;
    if (total <= valueLimit || overflow) return;
    overflow = true;
    add(report(tooManyValues, at(range), { limit: valueLimit }));
  };

  const anchorOf = (event: { readonly anchorStart: number; readonly anchorEnd: number }) =>
    event.anchorStart < 0 ? undefined : text.slice(event.anchorStart, event.anchorEnd);

  const checkTag = (event: { readonly tagStart: number; readonly tagEnd: number }): string | undefined => {
    if (event.tagStart < 0) return undefined;
    const tag = text.slice(event.tagStart, event.tagEnd);
    if (dialect?.tags.has(tag)) return tag;
    // `!!str` and a lone `!` make a scalar text; `!!map` and similar tags repeat what a value already is.
    if (tag === '!' || /^!!(str|map|seq|int|float|bool|null)$/.test(tag)) return tag;
    add(report(customTag, at({ start: event.tagStart, end: event.tagEnd }), { tag, isForeign: dialect !== undefined }));
    return tag;
  };

  /** Applies a node's tag: the node itself, or a mapping from the dialect's tag to it. */
  const tagged = (tag: string | undefined, start: number, node: Node): Node => {
    const key = tag === undefined ? undefined : dialect?.tags.get(tag);
    if (key === undefined) return node;
    const value: Mapping = Object.setPrototypeOf({ [key]: node.value }, null);
    const record: ContainerRecord = {
      start,
      end: node.range.end,
      entries: new Map([[key, { key: node.range, value: node.range, written: node.written }]]),
    };
    records.set(value, record);
    return { value, range: record, size: node.size + 1, written: undefined };
  };

  const readNode = (): Node => {
    const event = events[next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const tag = checkTag(event);
        const isEmpty = event.valueStart < 0;
        const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
        const edge = quoted ? 1 : 0;
        const range = isEmpty
          ? { start: lastEnd, end: lastEnd }
          : { start: event.valueStart - edge, end: event.valueEnd + edge };
        if (!isEmpty) lastEnd = range.end;
        const decoded = isEmpty ? '' : getScalarValue(text, event);
        const [half] = loneSurrogate.exec(decoded) ?? [];
        if (half !== undefined) add(report(halfCharacter, at(range), { half: half.charCodeAt(0).toString(16) }));
        const isTagged = tag === '!' || tag === '!!str' || (tag !== undefined && dialect?.tags.has(tag) === true);
        const plain = event.style === SCALAR_STYLE.PLAIN && !isTagged;
        const value = plain ? (dialect?.words.get(decoded.toLowerCase()) ?? resolvePlain(decoded)) : decoded;
        const hasOtherForms = typeof value === 'number' || typeof value === 'boolean';
        const node = tagged(tag, event.tagStart, { value, range, size: 1, written: hasOtherForms ? range : undefined });
        const anchor = anchorOf(event);
        if (anchor !== undefined) anchors.set(anchor, node);
        return node;
      }
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const tag = checkTag(event);
        const anchor = anchorOf(event);
        if (anchor !== undefined) anchors.set(anchor, 'open');
        lastEnd = Math.max(lastEnd, event.start);
        const node = tagged(
          tag,
          event.tagStart,
          event.type === EVENT_ID.MAPPING ? readMapping(event.start) : readSequence(event.start),
        );
        if (anchor !== undefined) anchors.set(anchor, node);
        return node;
      }
      case EVENT_ID.ALIAS: {
        const range = { start: event.anchorStart - 1, end: event.anchorEnd };
        lastEnd = range.end;
        const anchor = text.slice(event.anchorStart, event.anchorEnd);
        const target = anchors.get(anchor);
        if (target === undefined || target === 'open') {
          const definition = target === undefined ? unknownAnchor : recursiveAnchor;
          add(report(definition, at(range), { anchor }));
          return { value: null, range, size: 1, written: undefined };
        }
        count(target.size, range);
        return { ...target, range };
      }
      default:
        return { value: null, range: { start: lastEnd, end: lastEnd }, size: 1, written: undefined };
    }
  };

  const readSequence = (start: number): Node => {
    const value: unknown[] = [];
    const entries = new Map<string | number, Entry>();
    const record: ContainerRecord = { start, end: start, entries };
    records.set(value, record);
    let size = 1;
    while (events[next]?.type !== EVENT_ID.POP) {
      const element = readNode();
      entries.set(value.length, { key: element.range, value: element.range, written: element.written });
      value.push(element.value);
      size += element.size;
    }
    next += 1;
    record.end = lastEnd;
    return { value, range: record, size, written: undefined };
  };

  const readMapping = (start: number): Node => {
    // `Object.create(null)` would make a hash table, which takes twice the time and space.
    const value: Mapping = Object.setPrototypeOf({}, null);
    const entries = new Map<string | number, Entry>();
    const record: ContainerRecord = { start, end: start, entries };
    records.set(value, record);
    const merges: MergeSource[] = [];
    let size = 1;
    while (events[next]?.type !== EVENT_ID.POP) {
      const keyEvent = events[next];
      const keyNode = readNode();
      const element = readNode();
      size += element.size;
      if (typeof keyNode.value === 'object' && keyNode.value !== null) {
        add(report(complexKey, at(keyNode.range), {}));
        continue;
      }
      const isScalar = keyEvent?.type === EVENT_ID.SCALAR && keyEvent.valueStart >= 0;
      // The text as written, so that `0123:` is the key `0123` and `Null:` is IAM's operator. Empty and `~` are one
      // key, `null`.
      const written = isScalar ? getScalarValue(text, keyEvent) : String(keyNode.value);
      const key = written === '~' && keyNode.value === null ? 'null' : written;
      if (key === '<<' && isScalar && keyEvent.style === SCALAR_STYLE.PLAIN) {
        merges.push(element);
        continue;
      }
      const first = entries.get(key);
      if (first !== undefined) {
        const related = [{ message: 'it first appears here', span: at(first.key) }];
        add(report(duplicateKey, at(keyNode.range), { key }, related));
        continue;
      }
      // The structural checks would skip it and everything below it.
      if (key === '__proto__') add(report(unusableKey, at(keyNode.range), { key }));
      entries.set(key, { key: keyNode.range, value: element.range, written: element.written });
      value[key] = element.value;
    }
    next += 1;
    record.end = lastEnd;
    for (const merge of merges) mergeInto(value, entries, merge);
    return { value, range: record, size, written: undefined };
  };

  const mergeInto = (value: Mapping, entries: Map<string | number, Entry>, merge: MergeSource) => {
    for (const source of Array.isArray(merge.value) ? merge.value : [merge.value]) {
      const record = typeof source === 'object' && source !== null && !Array.isArray(source) && records.get(source);
      if (!record) {
        add(report(badMerge, at(merge.range), {}));
        return;
      }
      count(record.entries.size, merge.range);
      if (overflow) return;
      for (const [key, entry] of record.entries) {
        if (entries.has(key)) continue;
        entries.set(key, entry);
        value[key] = (source as Mapping)[key]; // an entry outside a sequence is in a mapping
      }
    }
  };

  let value: unknown = null;
  let documents = 0;
  while (next < events.length && !overflow) {
    const event = events[next++];
    if (event?.type !== EVENT_ID.DOCUMENT) continue;
    documents += 1;
    if (documents > 1) {
      const separator = text.indexOf('---', lastEnd);
      const start = separator < 0 ? startOf(events[next]) : separator;
      add(report(severalDocuments, at({ start, end: start + 3 }), {}));
      break;
    }
    const root = readNode();
    value = root.value;
  }
  return { source, value: diagnostics.length > 0 ? undefined : value, locations, diagnostics };
}

/** The lines of a text by offsets in another one. A separate function for the same reason as the next one. */
function shiftedLines(lines: LineMap, offsetOf: (offset: number) => number): LineMap {
  return { span: (start, end) => lines.span(offsetOf(start), offsetOf(end)) };
}

/**
 * Returns the spans of values, from the ranges that parsing recorded. A separate function: a closure inside
 * `parseSource` would keep all of the parser's data alive, which is as large as the values.
 */
function locationsIn(text: string, lines: LineMap, records: WeakMap<object, ContainerRecord>): Locations {
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

/** The offset at which an event's subject starts. */
function startOf(event: Event | undefined): number {
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return Math.max(0, event.valueStart);
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    default:
      return 0;
  }
}

/** A plain scalar by the core schema of YAML 1.2. */
function resolvePlain(text: string): unknown {
  // The common case: text whose first letter cannot begin null, true or false.
  if (/^[a-eg-mo-su-zA-EG-MO-SU-Z]/.test(text)) return text;
  for (const tag of [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag]) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}
