import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseSource } from '../syntax/parse.ts';
import { projectSchema } from './project.ts';
import { surelyFits } from './surely-fits.ts';

const folders = ['../../../../examples', '../../../cli/cases'].map((path) => join(import.meta.dirname, path));
const projects = folders.flatMap((folder) =>
  readdirSync(folder).map((name): [string, unknown] => {
    const text = readFileSync(join(folder, name, 'keywright.yaml'), 'utf8');
    return [name, parseSource({ path: 'keywright.yaml', text }).value];
  }),
);

type Container = Record<string, unknown>;

/** What may stand in the place of any value. */
const other = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, 1.5, '', 'a', 'a b', '180 days', [], {}, ['a'], { a: 'b' }, { role: 'x' }),
  fc.string(),
);

/** Every mapping and list in a value. */
function containersOf(value: unknown): readonly Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containersOf)]; // a list has indexes for keys
}

describe('what surely fits the schema of a project', () => {
  const valid = projects.filter(([, value]) => projectSchema.safeParse(value).success);

  test('is every project that is valid', () => {
    expect(valid.length).toBeGreaterThan(60);
    for (const [name, value] of valid) expect([name, surelyFits(projectSchema, value)]).toEqual([name, true]);
  });

  test('is what zod accepts, whatever stands where', () => {
    const changed = fc
      .tuple(fc.constantFrom(...valid.map(([, value]) => value)), fc.nat(), fc.nat(), fc.string(), other)
      .map(([project, at, index, name, replacement]) => {
        const copy: unknown = structuredClone(project);
        const containers = containersOf(copy);
        const container = containers[at % containers.length] ?? {};
        const keys = Object.keys(container);
        // No list of a file has gaps.
        const isNew = !Array.isArray(container) && index % 5 === 0;
        const key = isNew ? name : (keys[index % keys.length] ?? '');
        if (index % 7 === 0 && !Array.isArray(container)) delete container[key];
        else if (key !== '' && key !== '__proto__') container[key] = replacement;
        return copy;
      });
    fc.assert(
      fc.property(changed, (value) => {
        expect(surelyFits(projectSchema, value)).toBe(projectSchema.safeParse(value).success);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each<[string, z.ZodType, unknown]>([
  ['a mapping that loses keys', z.object({}), {}],
  ['a text in a format of zod’s', z.email(), 'a@b.example'],
  ['a value that is transformed', z.string().transform(Number), '1'],
  ['a value with a default', z.string().default('a'), 'b'],
  ['a record of an enumeration', z.record(z.enum(['a']), z.string()), { a: 'b' }],
])('%s is left to zod', (_, schema, value) => {
  expect(surelyFits(schema, value)).toBe(false);
});
