import type * as z from 'zod';
import { safeParse } from 'zod/v4/core';
import { isMapping } from '../syntax/is-mapping.ts';

/** A value in the shape that a schema wants, where only the shape is amiss: a list for its one value, a mapping for a list of names. */
export function reshaped(value: unknown, schema: z.core.$ZodType): unknown {
  return shapesOf(value).find((candidate) => safeParse(schema, candidate).success);
}

/** More would not be repeated in a message. */
const most = 20;

function shapesOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return [[value]];
  const items: readonly unknown[] = value;
  if (items.length === 0 || items.length > most) return [];
  const mappings = items.filter(isMapping);
  if (mappings.length < items.length)
    return [...(items.length === 1 ? items : []), Object.fromEntries(items.map((name) => [String(name), {}]))];
  return [
    ...(items.length === 1 ? items : []),
    Object.fromEntries(mappings.flatMap((item) => Object.entries(item))),
    Object.fromEntries(mappings.map(({ name, ...rest }) => [String(name), rest])),
  ];
}
