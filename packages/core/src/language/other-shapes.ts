import type * as z from 'zod';
import { knownRegions } from '../kms/regions.ts';
import { zod } from '../schema/zod.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { listIn } from './other-values.ts';
import { principalInPlace } from './principal.ts';
import { knownKeys } from './schema-walk.ts';

/** Converts a value whose shape alone is wrong: one value into a list or the reverse, a text or a list into a mapping. */
export function reshaped(value: unknown, schema: z.core.$ZodType): unknown {
  const isText = typeof value === 'string' || typeof value === 'number';
  // A mapping with names as YAML keys would accept any text, so such a mapping is no candidate.
  const candidates = isText
    ? [listIn(String(value)), [value], ...mappingsFor(String(value)).filter((one) => hasKeys(schema, one))]
    : shapesOf(value);
  return candidates.find((candidate) => zod().safeParse(schema, candidate).success);
}

/** The greatest length of a list to convert: a message would not show a longer one. */
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

function mappingsFor(text: string): readonly object[] {
  const { principal } = principalInPlace(text) ?? {};
  // `rotation:true`, which needs a space to be a mapping
  const [, key, value = ''] = /^(\w+):([^\s:]+)$/.exec(text) ?? [];
  return [
    ...(key === undefined ? [] : [{ [key]: value === 'true' || value === 'false' ? value === 'true' : value }]),
    ...(principal === undefined ? [] : [principal]),
    ...(text.startsWith('arn:') ? [{ arn: text }] : []),
    ...(text.startsWith('alias/') ? [{ alias: text }] : []),
    ...(knownRegions.includes(text) ? [{ region: text }] : []),
    { environment: text },
  ];
}

function mappingsOf(items: readonly unknown[]): readonly unknown[] {
  const names = items.filter((item) => typeof item === 'string');
  if (names.length === items.length) return [Object.fromEntries(names.map((name) => [name, {}]))];
  const mappings = items.filter(isMapping);
  if (mappings.length < items.length) return [];
  const named = mappings.flatMap(({ name, ...rest }) => (typeof name === 'string' ? [[name, rest] as const] : []));
  // If two items, such as statements, have the same name, one of them would get lost.
  return [mappings.flatMap((item) => Object.entries(item)), ...(named.length < items.length ? [] : [named])]
    .filter((entries) => new Set(entries.map(([name]) => name)).size === entries.length)
    .map((entries) => Object.fromEntries(entries));
}
