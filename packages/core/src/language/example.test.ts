import { expect, test } from 'vitest';
import * as z from 'zod';
import { parseSource } from '../syntax/parse.ts';
import { exampleOf } from './example.ts';
import { includedSchema, projectSchema, trustedSchema } from './project.ts';
import { unwrap } from './schema-walk.ts';
import { written } from './written.ts';

type Schema = z.core.$ZodType;

/** Every schema of the language that expects something other than plain text or a number, with the path where it first occurs. */
const places = new Map<Schema, string>();
collect(projectSchema, 'project');
collect(includedSchema, 'included');
collect(trustedSchema, 'trusted');

function collect(schema: Schema, path: string): void {
  if (places.has(schema)) return;
  const inner = unwrap(schema);
  const isPlain = [z.ZodString, z.ZodNumber, z.ZodUnknown].some((kind) => inner instanceof kind);
  if (!isPlain) places.set(schema, path);
  if (inner instanceof z.ZodObject)
    for (const [key, value] of Object.entries(inner.shape)) collect(value as Schema, `${path}.${key}`);
  else if (inner instanceof z.ZodUnion) for (const option of inner.options) collect(option as Schema, path);
  else if (inner instanceof z.ZodArray) collect(inner.element as Schema, `${path}[]`);
  else if (inner instanceof z.ZodRecord) collect(inner.valueType as Schema, `${path}.*`);
}

test.each([...places].map(([schema, path]) => [path, schema] as const))('%s has a valid example', (_, schema) => {
  const text = written(exampleOf(schema));
  expect(text).toBeDefined();
  const { value, diagnostics } = parseSource({ path: 'a.yaml', text: text ?? '' });
  expect(diagnostics).toEqual([]);
  expect(z.safeParse(schema, value).success).toBe(true);
});

test('a schema without descriptions has no example', () => {
  expect(exampleOf(z.strictObject({ a: z.string() }))).toBeUndefined();
  expect(exampleOf(z.array(z.string()))).toBeUndefined();
});
