import type { Note } from './note.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** A mapping with fixed keys: their schemas, the required keys, and the schema of other keys. */
interface Fields {
  readonly shape: Readonly<Record<string, Note>>;
  readonly required: readonly string[];
  /** `keep`: other keys can have any value and stay; `drop`: other keys can have any value and are left out. */
  readonly others: Note | 'refuse' | 'keep' | 'drop';
}

/**
 * Whether a schema accepts a value. If this returns `true`, zod accepts it too. If it returns `false`, zod decides: it may accept values
 * that no parser produces, such as instances of classes, and it knows calls that this function does not.
 */
export function accepts(note: Note, value: unknown): boolean {
  const { call, args, of } = note;
  switch (call) {
    case 'meta':
      return of !== undefined && accepts(of, value);
    case 'optional':
    case 'default':
      return of !== undefined && (value === undefined || accepts(of, value));
    case 'exactOptional':
      return of !== undefined && accepts(of, value);
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return Number.isFinite(value);
    case 'int':
      return Number.isSafeInteger(value);
    case 'unknown':
      return true;
    case 'literal':
      return value === args[0];
    case 'enum':
      return typeof value === 'string' && (args[0] as readonly string[]).includes(value);
    case 'regex':
      return of !== undefined && accepts(of, value) && (args[0] as RegExp).test(value as string);
    case 'min':
      return of !== undefined && accepts(of, value) && sizeOf(value, args[0] as number) >= (args[0] as number);
    case 'max':
      return of !== undefined && accepts(of, value) && sizeOf(value, args[0] as number) <= (args[0] as number);
    case 'refine':
      return of !== undefined && accepts(of, value) && Boolean((args[0] as (value: unknown) => unknown)(value));
    case 'array':
      return Array.isArray(value) && value.every((element) => accepts(args[0] as Note, element));
    case 'union':
      return (args[0] as readonly Note[]).some((option) => accepts(option, value));
    case 'discriminatedUnion':
      return (args[1] as readonly Note[]).some((option) => accepts(option, value));
    case 'record':
      return isPlain(value) && acceptsEntries(args[0] as Note, args[1] as Note, value);
    case 'object':
    case 'strictObject':
    case 'looseObject':
    case 'extend':
    case 'loose':
    case 'catchall':
      return isPlain(value) && acceptsFields(fieldsOf(note), value);
    default:
      return false;
  }
}

function acceptsEntries(key: Note, value: Note, mapping: Mapping): boolean {
  for (const name of Object.keys(mapping))
    if (name === '__proto__' || !accepts(key, name) || !accepts(value, mapping[name])) return false;
  return true;
}

function acceptsFields({ shape, required, others }: Fields, mapping: Mapping): boolean {
  for (const name of Object.keys(mapping)) {
    if (Object.hasOwn(shape, name)) {
      if (!accepts(shape[name] as Note, mapping[name])) return false;
    } else if (others === 'refuse' || name === '__proto__') return false;
    else if (typeof others !== 'string' && !accepts(others, mapping[name])) return false;
  }
  return required.every((name) => Object.hasOwn(mapping, name));
}

/** An accepted value as zod returns it: a copy with the defaults, and without properties that the schema does not know. */
export function filled(note: Note, value: unknown): unknown {
  const { call, args, of } = note;
  switch (call) {
    case 'default':
      return value === undefined ? copy(args[0]) : filled(of as Note, value);
    case 'array':
      return (value as readonly unknown[]).map((element) => filled(args[0] as Note, element));
    case 'union':
    case 'discriminatedUnion': {
      const options = args[call === 'union' ? 0 : 1] as readonly Note[];
      return filled(options.find((option) => accepts(option, value)) as Note, value); // one option accepts the value
    }
    case 'record':
      return Object.fromEntries(
        Object.entries(value as Mapping).map(([name, one]) => [name, filled(args[1] as Note, one)]),
      );
    case 'object':
    case 'strictObject':
    case 'looseObject':
    case 'extend':
    case 'loose':
    case 'catchall':
      return filledFields(fieldsOf(note), value as Mapping);
    case 'optional':
      return value === undefined ? value : filled(of as Note, value);
    default:
      return of === undefined ? value : filled(of, value);
  }
}

function filledFields({ shape, others }: Fields, mapping: Mapping): Mapping {
  const result: Record<string, unknown> = {};
  for (const [name, note] of Object.entries(shape)) {
    if (Object.hasOwn(mapping, name)) result[name] = filled(note, mapping[name]);
    else if (hasDefault(note)) result[name] = filled(note, undefined);
  }
  if (others === 'drop') return result;
  for (const [name, value] of Object.entries(mapping)) {
    if (!Object.hasOwn(shape, name)) result[name] = typeof others === 'string' ? value : filled(others, value);
  }
  return result;
}

const fieldsByNote = new WeakMap<Note, Fields>();

function fieldsOf(note: Note): Fields {
  const cached = fieldsByNote.get(note);
  if (cached !== undefined) return cached;
  const made = makeFields(note);
  fieldsByNote.set(note, made);
  return made;
}

function makeFields({ call, args, of }: Note): Fields {
  if (call === 'catchall') return { ...fieldsOf(definition(of)), others: args[0] as Note };
  if (call === 'loose') return { ...fieldsOf(definition(of)), others: 'keep' };
  const before = call === 'extend' ? fieldsOf(definition(of)) : undefined;
  const shape = { ...before?.shape, ...(args[0] as Fields['shape']) };
  const others = before?.others ?? ({ strictObject: 'refuse', looseObject: 'keep' } as const)[call] ?? 'drop';
  return { shape, required: Object.keys(shape).filter((name) => !canBeAbsent(shape[name] as Note)), others };
}

/** The call that defines a mapping, without its description. A mapping with a condition cannot be extended. */
function definition(note: Note | undefined): Note {
  if (note?.call === 'meta') return definition(note.of);
  if (note === undefined || note.call === 'refine') throw new Error('a mapping with a condition cannot be extended');
  return note;
}

function canBeAbsent({ call, of }: Note): boolean {
  if (call === 'meta' && of !== undefined) return canBeAbsent(of);
  return call === 'optional' || call === 'exactOptional' || call === 'default';
}

function hasDefault({ call, of }: Note): boolean {
  return call === 'default' || (call === 'meta' && of !== undefined && hasDefault(of));
}

/**
 * The size of a value, to compare with a bound: the value of a number, or the length of a list or text. The length of a text is counted in
 * characters only if the number of UTF-16 units does not decide the comparison.
 */
function sizeOf(value: unknown, bound: number): number {
  if (typeof value === 'number') return value;
  const { length } = value as string | readonly unknown[];
  return typeof value === 'string' && length >= bound && length <= 2 * bound ? [...value].length : length;
}

function isPlain(value: unknown): value is Mapping {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function copy(value: unknown): unknown {
  return isPlain(value) ? { ...value } : value;
}
