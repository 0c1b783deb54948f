import * as z from 'zod';
import { isMapping } from '../syntax/is-mapping.ts';

/** A value in the shape that a schema wants, where only the shape is amiss: a list for its one value, a mapping for a list of names. */
export function reshaped(value: unknown, schema: z.core.$ZodType): unknown {
  return shapesOf(value).find((candidate) => z.safeParse(schema, candidate).success);
}

/** More would not be repeated in a message. */
const most = 20;

function shapesOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return [[value]];
  const items: readonly unknown[] = value;
  if (items.length === 0 || items.length > most) return [];
  return [...(items.length === 1 ? items : []), ...mappingsOf(items)];
}

/** What a list of names, or of mappings, would be as one mapping. */
function mappingsOf(items: readonly unknown[]): readonly unknown[] {
  const names = items.filter((item) => typeof item === 'string');
  if (names.length === items.length) return [Object.fromEntries(names.map((name) => [name, {}]))];
  const mappings = items.filter(isMapping);
  if (mappings.length < items.length) return [];
  const merged = Object.fromEntries(mappings.flatMap((item) => Object.entries(item)));
  const named = mappings.flatMap(({ name, ...rest }) => (typeof name === 'string' ? [[name, rest] as const] : []));
  return named.length < items.length ? [merged] : [merged, Object.fromEntries(named)];
}
