/** Turns the events of a YAML text into plain values, with the ranges in which they are written. */
import {
  boolCoreTag,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
} from 'js-yaml';
import { type Diagnostic, type DiagnosticDefinition, report } from '../diagnostics/diagnostic.ts';
import { createProblemList } from '../diagnostics/problem-list.ts';
import {
  badMerge,
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
import type { LineMap } from '../source/line-map.ts';
import { isMapping } from './is-mapping.ts';
import type { ContainerRecord, Entry, Range } from './locations.ts';

/** The extensions of another tool's YAML. */
export interface Dialect {
  /** The tool's tags. A tagged value is read as a mapping with one entry: `!Ref x` as `{ Ref: x }`. */
  readonly tags: ReadonlyMap<string, string>;
  /** Words, in lower case, that mean true or false in addition to those of YAML. */
  readonly words: ReadonlyMap<string, boolean>;
}

/** A text with its events; `lines` gives their spans. */
export interface YamlText {
  readonly text: string;
  readonly events: readonly Event[];
  readonly lines: LineMap;
}

interface Composition {
  /** The file's value, if there are no problems. */
  readonly value: unknown;
  readonly records: WeakMap<object, ContainerRecord>;
  readonly diagnostics: readonly Diagnostic[];
}

export function compose(yaml: YamlText, dialect: Dialect | undefined): Composition {
  const composer = new Composer(yaml, dialect);
  const value = composer.file();
  return { value, records: composer.records, diagnostics: composer.diagnostics };
}

/** A value with its range; `size` counts the values in it, with aliases expanded. */
interface Node {
  readonly value: unknown;
  readonly range: Range;
  readonly size: number;
  readonly written: Range | undefined;
}

type Mapping = Record<string, unknown>;
type EventOf<Kind extends keyof typeof EVENT_ID> = Extract<Event, { readonly type: (typeof EVENT_ID)[Kind] }>;

/** The greatest number of values in a file, and how many more its aliases and merge keys may add. */
const valueLimit = 1_000_000;

const loneSurrogate = /\p{Surrogate}/u;

class Composer {
  readonly records = new WeakMap<object, ContainerRecord>();
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #lines: LineMap;
  readonly #dialect: Dialect | undefined;
  readonly #problems = createProblemList();
  readonly #anchors = new Map<string, Node | 'open'>();
  #next = 0;
  /** The end of what was read last, which is also the position of an empty value. */
  #lastEnd = 0;
  /** The number of values added by aliases and merge keys. */
  #added = 0;

  constructor({ text, events, lines }: YamlText, dialect: Dialect | undefined) {
    this.#text = text;
    this.#events = events;
    this.#lines = lines;
    this.#dialect = dialect;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#problems.diagnostics;
  }

  file(): unknown {
    // Some events are not values, so this also refuses some files with fewer values than the limit. No project has nearly as many.
    if (this.#events.length > valueLimit) {
      const start = startOf(this.#events[valueLimit]);
      this.#report(tooManyValues, { start, end: start + 1 }, { limit: valueLimit });
      return undefined;
    }
    const value = this.#document();
    return this.diagnostics.length > 0 ? undefined : value;
  }

  /** The value of the only document; `null` if there is none. */
  #document(): unknown {
    let value: unknown = null;
    let documents = 0;
    while (this.#next < this.#events.length && !this.#hasTooMany) {
      if (this.#events[this.#next++]?.type !== EVENT_ID.DOCUMENT) continue;
      documents += 1;
      if (documents > 1) {
        const separator = this.#text.indexOf('---', this.#lastEnd);
        const start = separator < 0 ? startOf(this.#events[this.#next]) : separator;
        this.#report(severalDocuments, { start, end: start + 3 }, {});
        break;
      }
      ({ value } = this.#node());
    }
    return value;
  }

  #node(): Node {
    const event = this.#events[this.#next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return this.#container(event);
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        return { value: null, range: { start: this.#lastEnd, end: this.#lastEnd }, size: 1, written: undefined };
    }
  }

  #scalar(event: EventOf<'SCALAR'>): Node {
    const tag = this.#tagOf(event);
    const range = this.#rangeOf(event);
    this.#lastEnd = range.end;
    const decoded = event.valueStart < 0 ? '' : getScalarValue(this.#text, event);
    const [half] = loneSurrogate.exec(decoded) ?? [];
    if (half !== undefined) this.#report(halfCharacter, range, { half: half.charCodeAt(0).toString(16) });
    const isText = tag === '!' || tag === '!!str' || (tag !== undefined && this.#dialect?.tags.has(tag) === true);
    const value = event.style === SCALAR_STYLE.PLAIN && !isText ? this.#plainValue(decoded) : decoded;
    const hasOtherForms = typeof value === 'number' || typeof value === 'boolean';
    const scalar = { value, range, size: 1, written: hasOtherForms ? range : undefined };
    const node = this.#tagged(tag, event.tagStart, scalar);
    const anchor = this.#anchorOf(event);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  /** The range of a scalar with its quotes. */
  #rangeOf({ style, valueStart, valueEnd }: EventOf<'SCALAR'>): Range {
    if (valueStart < 0) return { start: this.#lastEnd, end: this.#lastEnd };
    const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
    const edge = isQuoted ? 1 : 0;
    return { start: valueStart - edge, end: valueEnd + edge };
  }

  #plainValue(decoded: string): unknown {
    return this.#dialect?.words.get(decoded.toLowerCase()) ?? resolvePlain(decoded);
  }

  #container(event: EventOf<'SEQUENCE' | 'MAPPING'>): Node {
    const tag = this.#tagOf(event);
    const anchor = this.#anchorOf(event);
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    this.#lastEnd = Math.max(this.#lastEnd, event.start);
    const container = event.type === EVENT_ID.MAPPING ? this.#mapping(event.start) : this.#sequence(event.start);
    const node = this.#tagged(tag, event.tagStart, container);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #sequence(start: number): Node {
    const value: unknown[] = [];
    const record = this.#record(value, start);
    let size = 1;
    while (this.#events[this.#next]?.type !== EVENT_ID.POP) {
      const element = this.#node();
      record.entries.set(value.length, { key: element.range, value: element.range, written: element.written });
      value.push(element.value);
      size += element.size;
    }
    this.#close(record);
    return { value, range: record, size, written: undefined };
  }

  #mapping(start: number): Node {
    const value = emptyMapping();
    const record = this.#record(value, start);
    const merges: Node[] = [];
    let size = 1;
    while (this.#events[this.#next]?.type !== EVENT_ID.POP) {
      const keyEvent = this.#events[this.#next];
      const key = this.#node();
      const element = this.#node();
      size += element.size;
      if (typeof key.value === 'object' && key.value !== null) {
        this.#report(complexKey, key.range, {});
        continue;
      }
      const name = this.#nameOf(keyEvent, key.value);
      if (isMergeKey(name, keyEvent)) merges.push(element);
      else if (this.#isNew(name, key.range, record)) {
        record.entries.set(name, { key: key.range, value: element.range, written: element.written });
        value[name] = element.value;
      }
    }
    this.#close(record);
    for (const merge of merges) this.#mergeInto(value, record.entries, merge);
    return { value, range: record, size, written: undefined };
  }

  #record(container: object, start: number): ContainerRecord {
    const record = { start, end: start, entries: new Map() };
    this.records.set(container, record);
    return record;
  }

  #close(record: ContainerRecord): void {
    this.#next += 1;
    record.end = this.#lastEnd;
  }

  /**
   * The name of a YAML key is its text as written: `0123:` is the key `0123`, and `Null:` is IAM's operator. An empty key and `~` both have
   * the name `null`.
   */
  #nameOf(event: Event | undefined, value: unknown): string {
    const isWritten = event?.type === EVENT_ID.SCALAR && event.valueStart >= 0;
    const written = isWritten ? getScalarValue(this.#text, event) : String(value);
    return written === '~' && value === null ? 'null' : written;
  }

  /** Whether a key is new to a mapping; reports a key that the mapping already has. */
  #isNew(key: string, range: Range, { entries }: ContainerRecord): boolean {
    const first = entries.get(key);
    if (first !== undefined) {
      const related = [{ message: 'it first appears here', span: this.#spanOf(first.key) }];
      this.#problems.add(report(duplicateKey, this.#spanOf(range), { key }, related));
      return false;
    }
    // The structural checks would skip this key and everything below it.
    if (key === '__proto__') this.#report(unusableKey, range, { key });
    return true;
  }

  /** Adds the entries of the mappings under a merge key, unless the mapping has entries of these names. */
  #mergeInto(value: Mapping, entries: Map<string | number, Entry>, { value: merged, range }: Node): void {
    // `null` is either a written null or a YAML alias that has been reported.
    if (merged === null && this.#text[range.start] === '*') return;
    for (const source of Array.isArray(merged) ? merged : [merged]) {
      const record = isMapping(source) ? this.records.get(source) : undefined;
      if (record === undefined) {
        this.#report(badMerge, range, {});
        return;
      }
      this.#addValues(record.entries.size, range);
      if (this.#hasTooMany) return;
      for (const [key, entry] of record.entries) {
        if (entries.has(key)) continue;
        entries.set(key, entry);
        value[key] = source[key];
      }
    }
  }

  #alias(event: EventOf<'ALIAS'>): Node {
    const range = { start: event.anchorStart - 1, end: event.anchorEnd };
    this.#lastEnd = range.end;
    const anchor = this.#text.slice(event.anchorStart, event.anchorEnd);
    const target = this.#anchors.get(anchor);
    if (target === undefined || target === 'open') {
      this.#report(target === undefined ? unknownAnchor : recursiveAnchor, range, { anchor });
      return { value: null, range, size: 1, written: undefined };
    }
    this.#addValues(target.size, range);
    return { ...target, range };
  }

  #anchorOf({ anchorStart, anchorEnd }: EventOf<'SCALAR' | 'SEQUENCE' | 'MAPPING'>): string | undefined {
    return anchorStart < 0 ? undefined : this.#text.slice(anchorStart, anchorEnd);
  }

  #tagOf({ tagStart, tagEnd }: EventOf<'SCALAR' | 'SEQUENCE' | 'MAPPING'>): string | undefined {
    if (tagStart < 0) return undefined;
    const tag = this.#text.slice(tagStart, tagEnd);
    // `!!str` and a lone `!` make a scalar text; `!!map` and similar tags repeat what a value already is.
    const isOfYaml = tag === '!' || /^!!(str|map|seq|int|float|bool|null)$/.test(tag);
    if (!isOfYaml && this.#dialect?.tags.has(tag) !== true) {
      this.#report(customTag, { start: tagStart, end: tagEnd }, { tag, isForeign: this.#dialect !== undefined });
    }
    return tag;
  }

  /** Applies a node's tag: the node itself, or a mapping from the dialect's tag to it. */
  #tagged(tag: string | undefined, start: number, node: Node): Node {
    const key = tag === undefined ? undefined : this.#dialect?.tags.get(tag);
    if (key === undefined) return node;
    const value = emptyMapping();
    const record = this.#record(value, start);
    value[key] = node.value;
    record.entries.set(key, { key: node.range, value: node.range, written: node.written });
    record.end = node.range.end;
    return { value, range: record, size: node.size + 1, written: undefined };
  }

  /** Counts values that an alias or a merge key repeats. */
  #addValues(count: number, range: Range): void {
    const hadTooMany = this.#hasTooMany;
    this.#added += count;
    if (this.#hasTooMany && !hadTooMany) this.#report(tooManyValues, range, { limit: valueLimit });
  }

  get #hasTooMany(): boolean {
    return this.#added > valueLimit;
  }

  #report<Parameters>(definition: DiagnosticDefinition<Parameters>, range: Range, parameters: Parameters): void {
    this.#problems.add(report(definition, this.#spanOf(range), parameters));
  }

  #spanOf({ start, end }: Range) {
    return this.#lines.span(start, end);
  }
}

function emptyMapping(): Mapping {
  // `Object.create(null)` would make a hash table, which takes twice the time and space.
  return Object.setPrototypeOf({}, null);
}

function isMergeKey(name: string, event: Event | undefined): boolean {
  return name === '<<' && event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
}

/** The offset where an event's subject starts. */
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
