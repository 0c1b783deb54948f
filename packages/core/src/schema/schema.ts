/**
 * Zod schemas, built only when they are needed. Modules import this file in place of zod (`import * as z`); it has the same functions and
 * types. Building zod's objects for the whole language takes longer than everything else that a command does with a small project, so a
 * schema first records the calls that define it. The records are enough to see that a value is valid (`accepts.ts`). Everything else (issues,
 * JSON Schema, `instanceof`) comes from zod's schema, which is built on first use.
 */
import type { core, ZodType } from 'zod';
import { accepts, filled } from './accepts.ts';
import type { Note } from './note.ts';
import { type Zod, zod } from './zod.ts';

export type { core, infer, ZodObject, ZodString, ZodType } from 'zod';

type Made = core.$ZodType;

class Schema implements Note {
  readonly call: string;
  readonly args: readonly unknown[];
  readonly of: Schema | undefined;
  #made: Made | undefined;

  constructor(call: string, args: readonly unknown[], of?: Schema) {
    this.call = call;
    this.args = args;
    this.of = of;
  }

  /** Zod's schema, built from the recorded calls. Always the same object. */
  get made(): Made {
    if (this.#made === undefined) {
      const on = (this.of?.made ?? zod()) as unknown as Readonly<Record<string, (...args: unknown[]) => Made>>;
      const make = on[this.call];
      if (make === undefined) throw new Error(`zod has no ${this.call}`);
      this.#made = make.apply(on, this.args.map(madeWithin));
    }
    return this.#made;
  }

  optional() {
    return this.#with('optional');
  }
  exactOptional() {
    return this.#with('exactOptional');
  }
  default(value: unknown) {
    return this.#with('default', value);
  }
  meta(...args: unknown[]) {
    return args.length === 0 ? (this.made as ZodType).meta() : this.#with('meta', ...args);
  }
  min(...args: unknown[]) {
    return this.#with('min', ...args);
  }
  max(...args: unknown[]) {
    return this.#with('max', ...args);
  }
  regex(...args: unknown[]) {
    return this.#with('regex', ...args);
  }
  refine(...args: unknown[]) {
    return this.#with('refine', ...args);
  }
  extend(shape: unknown) {
    return this.#with('extend', shape);
  }
  loose() {
    return this.#with('loose');
  }
  catchall(schema: unknown) {
    return this.#with('catchall', schema);
  }

  /** The alternatives of a union or the values of an enum. */
  get options(): unknown {
    const { call, args } = this.#definition();
    if (call === 'enum') return args[0];
    return call === 'discriminatedUnion' ? args[1] : args[0];
  }
  get element() {
    return this.#definition().args[0];
  }
  get keyType() {
    return this.#definition().args[0];
  }
  get valueType() {
    return this.#definition().args[1];
  }

  parse(value: unknown): unknown {
    return accepts(this, value) ? filled(this, value) : zod().parse(this.made, value);
  }
  safeParse(value: unknown, params?: core.ParseContext<core.$ZodIssue>) {
    return accepts(this, value)
      ? { success: true, data: filled(this, value) }
      : zod().safeParse(this.made, value, params);
  }

  #with(call: string, ...args: unknown[]) {
    return new Schema(call, args, this);
  }

  /** The call of zod's function at the root, without the calls of methods on it. */
  #definition(): Schema {
    return this.of === undefined ? this : this.of.#definition();
  }
}

// Every other property comes from zod's schema. Zod's functions and `instanceof` recognise a schema by `_zod`, so they accept a recorded
// schema.
Object.setPrototypeOf(
  Schema.prototype,
  new Proxy(Object.prototype, {
    get(_, name, schema: Schema) {
      const value: unknown = Reflect.get(schema.made, name);
      return typeof value === 'function' ? value.bind(schema.made) : value;
    },
    has: (_, name) => name === '_zod' || name in Object.prototype,
  }),
);

/** An argument with zod's schemas in place of recorded ones: alone, in a list or in a shape. */
function madeWithin(arg: unknown): unknown {
  if (arg instanceof Schema) return arg.made;
  if (Array.isArray(arg)) return arg.map((one: unknown) => (one instanceof Schema ? one.made : one));
  if (typeof arg !== 'object' || arg === null) return arg;
  const entries = Object.entries(arg);
  if (!entries.some(([, one]) => one instanceof Schema)) return arg;
  return Object.fromEntries(entries.map(([name, one]) => [name, one instanceof Schema ? one.made : one]));
}

/** Zod's schema for a recorded one; a schema that zod itself built stays as it is. Needed where identity counts, as for descriptions. */
export function zodSchemaOf<T extends Made>(schema: T): T {
  return (schema instanceof Schema ? schema.made : schema) as T;
}

/** Whether a schema is known to accept a value. If not, it might still accept the value, and only zod can tell. */
export function isAccepted(schema: Made, value: unknown): boolean {
  return schema instanceof Schema && accepts(schema, value);
}

function noted<Name extends keyof Zod>(call: Name): Zod[Name] {
  return ((...args: unknown[]) => new Schema(call, args)) as unknown as Zod[Name]; // used in place of zod's schema
}

export const array = noted('array');
export const boolean = noted('boolean');
export const discriminatedUnion = noted('discriminatedUnion');
export const int = noted('int');
export const literal = noted('literal');
export const looseObject = noted('looseObject');
export const number = noted('number');
export const object = noted('object');
export const record = noted('record');
export const strictObject = noted('strictObject');
export const string = noted('string');
export const union = noted('union');
export const unknown = noted('unknown');
const enumOf = noted('enum');

export { enumOf as enum };
