import type * as z from 'zod';
import { zodSchemaOf } from '../schema/schema.ts';
import { zod } from '../schema/zod.ts';
import { unwrap } from './schema-walk.ts';

type Schema = z.core.$ZodType;

/**
 * A small valid value for a schema, for messages: the first example in its description or, without one, the smallest
 * value made from its parts' examples. `undefined` if the parts have no examples either.
 */
export function exampleOf(schema: Schema): unknown {
  const example = describedExample(schema) ?? madeExample(unwrap(schema));
  return example !== undefined && zod().safeParse(schema, example).success ? example : undefined;
}

function describedExample(schema: Schema): unknown {
  const inner = unwrap(schema);
  const [example] = examplesOf(schema) ?? examplesOf(inner) ?? [];
  return example;
}

function examplesOf(schema: Schema): readonly unknown[] | undefined {
  const examples = zod().globalRegistry.get(zodSchemaOf(schema))?.examples;
  return Array.isArray(examples) ? examples : undefined;
}

function madeExample(schema: Schema): unknown {
  const z = zod();
  if (schema instanceof z.ZodUnion) return firstExample(schema.options as readonly Schema[]); // the same schemas by their core type
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return [...schema.values][0];
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodArray) {
    const element = exampleOf(schema.element as Schema);
    return element === undefined ? undefined : [element];
  }
  if (schema instanceof z.ZodRecord) {
    const key = exampleOf(schema.keyType as Schema);
    const value = exampleOf(schema.valueType as Schema);
    return typeof key === 'string' && value !== undefined ? { [key]: value } : undefined;
  }
  return schema instanceof z.ZodObject ? objectExample(schema) : undefined;
}

function firstExample(schemas: readonly Schema[]): unknown {
  for (const schema of schemas) {
    const example = exampleOf(schema);
    if (example !== undefined) return example;
  }
  return undefined;
}

/** A mapping with the required keys or, if there are none, the first key with an example. */
function objectExample({ shape }: z.ZodObject): unknown {
  const members = Object.entries(shape as Readonly<Record<string, Schema>>);
  const needed = members.filter(([, schema]) => !zod().safeParse(schema, undefined).success);
  const entries = needed.map(([key, schema]) => [key, exampleOf(schema)] as const);
  if (entries.length > 0)
    return entries.every(([, value]) => value !== undefined) ? Object.fromEntries(entries) : undefined;
  for (const [key, schema] of members) {
    const value = exampleOf(schema);
    if (value !== undefined) return { [key]: value };
  }
  return undefined;
}
