import type * as z from 'zod';
import { zodSchemaOf } from '../schema/schema.ts';
import { zod } from '../schema/zod.ts';

type Schema = z.core.$ZodType;

/** A schema without the wrappers for optional values. */
export function unwrap(schema: Schema): Schema {
  const z = zod();
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) {
    inner = inner.unwrap() as Schema; // the same schema by its core type
  }
  return inner;
}

/** The schema of the value at a path; `undefined` if there is none. In a union, the first alternative with a value at the path counts. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[]): Schema | undefined {
  const z = zod();
  let node: Schema | undefined = schema;
  for (const step of path) {
    if (node === undefined) return undefined;
    const inner: Schema = unwrap(node);
    if (inner instanceof z.ZodObject) node = ownOf(inner.shape, String(step));
    else if (inner instanceof z.ZodRecord) node = inner.valueType as Schema;
    else if (inner instanceof z.ZodArray) node = typeof step === 'number' ? (inner.element as Schema) : undefined;
    else if (inner instanceof z.ZodUnion) {
      node = (inner.options as readonly Schema[])
        .map((option) => schemaAt(option, [step]))
        .find((innerSchema) => innerSchema !== undefined);
    } else return undefined;
  }
  return node;
}

/** Looks only at own properties: a shape is an ordinary object, whose prototype has a `constructor`. */
function ownOf(shape: Readonly<Record<string, Schema>>, name: string): Schema | undefined {
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

/** The YAML keys that a mapping of this schema may have; none if the schema does not fix them. */
export function knownKeys(schema: Schema): readonly string[] {
  const z = zod();
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
  if (inner instanceof z.ZodUnion) return [...new Set((inner.options as readonly Schema[]).flatMap(knownKeys))];
  return [];
}

/** The mappings that a schema allows, each with its YAML keys and the required ones among them. */
export function mappingsOf(schema: Schema): readonly { keys: readonly string[]; required: readonly string[] }[] {
  const z = zod();
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) return (inner.options as readonly Schema[]).flatMap(mappingsOf);
  if (!(inner instanceof z.ZodObject)) return [];
  const keys = Object.keys(inner.shape);
  return [{ keys, required: keys.filter((key) => !(inner.shape[key] instanceof z.ZodOptional)) }];
}

/** Whether a mapping of this schema accepts no YAML keys but those that the schema names. */
export function isStrict(schema: Schema): boolean {
  const z = zod();
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject && inner.def.catchall instanceof z.ZodNever;
}

/** Whether the YAML keys of a mapping of this schema are names that the user gives. */
export function hasNames(schema: Schema): boolean {
  const z = zod();
  return unwrap(schema) instanceof z.ZodRecord;
}

/** What a schema expects, in the user's words: its title, or the kind of value. */
export function describeSchema(schema: Schema): string {
  const z = zod();
  const title = titleOf(schema) ?? titleOf(unwrap(schema));
  if (title !== undefined) return title;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) {
    const parts = [...new Set(alternativesOf(inner).map(describeSchema))];
    return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
  }
  if (inner instanceof z.ZodEnum) {
    const [first] = inner.options;
    return inner.options.length > fewWords ? `a word such as ${first}` : valuesOf(inner);
  }
  if (inner instanceof z.ZodLiteral) return [...inner.values].map(String).join(' or ');
  if (inner instanceof z.ZodArray) return 'a list';
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return 'a mapping';
  if (inner instanceof z.ZodBoolean) return 'true or false';
  if (inner instanceof z.ZodNumber) return 'a number';
  return 'text';
}

/** The schema of the texts that another schema accepts, alone or as one of several alternatives. */
export function textIn(schema: Schema): Schema | undefined {
  const z = zod();
  const inner = unwrap(schema);
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum) return schema;
  if (!(inner instanceof z.ZodUnion)) return undefined;
  return (inner.options as readonly Schema[]).map(textIn).find((text) => text !== undefined);
}

/** The number of words that a reader takes in at a glance. */
const fewWords = 6;

/** Whether a schema lists all the values that it accepts. */
export function listsItsValues(schema: Schema): boolean {
  const z = zod();
  const inner = unwrap(schema);
  return inner instanceof z.ZodBoolean || inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral;
}

/** Whether a schema accepts only one value. */
export function hasOneValue(schema: Schema): boolean {
  const inner = unwrap(schema);
  return inner instanceof zod().ZodLiteral && inner.values.size === 1;
}

/** The values that a schema lists, in the user's words. */
export function valuesOf(schema: Schema): string {
  const z = zod();
  const inner = unwrap(schema);
  return inner instanceof z.ZodEnum ? `one of ${inner.options.join(', ')}` : describeSchema(inner);
}

/** The options of a union, including those of nested unions without a title of their own. */
function alternativesOf(union: z.ZodUnion): readonly Schema[] {
  const z = zod();
  return (union.options as readonly Schema[]).flatMap((option) => {
    const inner = unwrap(option);
    const isPlain = inner instanceof z.ZodUnion && titleOf(option) === undefined && titleOf(inner) === undefined;
    return isPlain ? alternativesOf(inner) : [option];
  });
}

function titleOf(schema: Schema): string | undefined {
  return zod().globalRegistry.get(zodSchemaOf(schema))?.title;
}

/** The kind of a value, in the user's words. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    case 'object':
      return 'a mapping';
    default:
      return 'text';
  }
}
