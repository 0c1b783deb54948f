import type * as z from 'zod';
import { nearest } from '../diagnostics/suggestion.ts';
import { zod } from '../schema/zod.ts';
import { normal } from './other-values.ts';
import { knownKeys, schemaAt } from './schema-walk.ts';
import { type OtherWords, otherWords, principalWriters, strayWords } from './words-of-other-tools.ts';
import { roomForPolicy, written } from './written.ts';

type Schema = z.core.$ZodType;

/** The translation of another tool's property: our property and how to write it, or what to do if we have none. */
export interface Translation {
  readonly ours?: string;
  readonly advice: string;
  /** Our properties, if users write this word in place of them. */
  readonly insteadOf?: readonly string[];
  /** Whether the value could be converted into a value of the language. */
  readonly isWhole: boolean;
}

const rowsOfWord = new Map<string, OtherWords[]>();
for (const row of otherWords)
  for (const word of new Set([row.ours, ...row.words].map(normal)))
    rowsOfWord.set(word, [...(rowsOfWord.get(word) ?? []), row]);

/** Shorter words resemble too many others. */
const shortest = 8;

/** The other tool's word that a YAML key probably misspells. */
export function nearestWord(key: string): string | undefined {
  const word = normal(key);
  return word.length < shortest ? undefined : nearest(word, rowsOfWord.keys());
}

/** What to write for a YAML key of another tool in a mapping of this schema; `undefined` if no tool has such a key. */
export function translationOf(key: string, value: unknown, mapping: Schema): Translation | undefined {
  const properties = knownKeys(mapping);
  if (properties.length === 0 || properties.includes(key)) return undefined;
  const has = (property: string | undefined) => property === undefined || properties.includes(property);
  const word = normal(key);
  const rows = (rowsOfWord.get(word) ?? []).filter(({ ours, beside }) => has(ours) && has(beside));
  for (const { ours, write } of rows) {
    const text = written(fitting(write(value), mapping, ours), roomForPolicy);
    if (text !== undefined) return { ours, advice: `write \`${ours}: ${text}\``, isWhole: true };
  }
  const stray = strayWords.find(({ at, words }) => at.every(has) && words.some((other) => normal(other) === word));
  const [row] = rows;
  if (row !== undefined)
    return { ours: row.ours, advice: `write \`${row.ours}:\` followed by ${row.form}`, isWhole: false };
  if (stray !== undefined) {
    const { advice, insteadOf } = stray;
    return { advice, isWhole: false, ...(insteadOf !== undefined && { insteadOf }) };
  }
  const same = properties.find((property) => normal(property) === word);
  return same === undefined ? undefined : { ours: same, advice: `write \`${same}: …\``, isWhole: false };
}

/** The value of a property, given in another tool's form, as the language writes it; `undefined` if it cannot be converted. */
export function rewritten(property: string, value: unknown, mapping: Schema): string | undefined {
  const properties = knownKeys(mapping);
  if (!properties.includes(property)) return undefined;
  for (const { ours, beside, byWord, write } of otherWords) {
    if (ours !== property || byWord || principalWriters.includes(write)) continue;
    if (beside !== undefined && !properties.includes(beside)) continue;
    const text = written(fitting(write(value), mapping, ours), roomForPolicy);
    if (text !== undefined) return text;
  }
  return undefined;
}

function fitting(value: unknown, mapping: Schema, property: string): unknown {
  if (value === undefined) return undefined;
  const schema = schemaAt(mapping, [property]);
  return schema !== undefined && zod().safeParse(schema, value).success ? value : undefined;
}
