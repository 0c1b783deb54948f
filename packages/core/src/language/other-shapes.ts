import type * as z from 'zod';
import { knownRegions } from '../kms/regions.ts';
import { zod } from '../schema/zod.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { principalInPlace } from './principal.ts';
import { knownKeys } from './schema-walk.ts';

/** Converts a value of which only the shape is wrong: a list for its single value, a mapping for a list of names. */
export function reshaped(value: unknown, schema: z.core.$ZodType): unknown {
  const isText = typeof value === 'string' || typeof value === 'number';
  // In a mapping of names any key would be valid.
  const candidates = isText
    ? [[value], ...mappingsFor(String(value)).filter((one) => hasKeys(schema, one))]
    : shapesOf(value);
  return candidates.find((candidate) => zod().safeParse(schema, candidate).success);
}

/** The most elements of a list to convert: a message would not show a longer one. */
const most = 20;

function shapesOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return [[value]];
  const items: readonly unknown[] = value;
  if (items.length === 0 || items.length > most) return [];
  return [...(items.length === 1 ? items : []), ...mappingsOf(items)];
}

function hasKeys(schema: z.core.$ZodType, mapping: object): boolean {
  const properties = knownKeys(schema);
  return Object.keys(mapping).every((key) => properties.includes(key));
}

/** What a text means in other tools: a principal, a key by ARN or alias, the place of a replica. */
function mappingsFor(text: string): readonly object[] {
  const { principal } = principalInPlace(text) ?? {};
  return [
    ...(principal === undefined ? [] : [principal]),
    ...(text.startsWith('arn:') ? [{ arn: text }] : []),
    ...(text.startsWith('alias/') ? [{ alias: text }] : []),
    ...(knownRegions.includes(text) ? [{ region: text }] : []),
    { environment: text },
  ];
}

/** A list of names or of mappings as one mapping. */
function mappingsOf(items: readonly unknown[]): readonly unknown[] {
  const names = items.filter((item) => typeof item === 'string');
  if (names.length === items.length) return [Object.fromEntries(names.map((name) => [name, {}]))];
  const mappings = items.filter(isMapping);
  if (mappings.length < items.length) return [];
  const named = mappings.flatMap(({ name, ...rest }) => (typeof name === 'string' ? [[name, rest] as const] : []));
  // If two items have the same name, one of them would get lost: of two statements, for instance.
  return [mappings.flatMap((item) => Object.entries(item)), ...(named.length < items.length ? [] : [named])]
    .filter((entries) => new Set(entries.map(([name]) => name)).size === entries.length)
    .map((entries) => Object.fromEntries(entries));
}
