/**
 * `accepts` and zod agree on every schema of Keywright's files. Tested with all projects in this repository, and with copies of them that
 * have a few parts changed, left out or moved.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownResourceSchema } from '@keywright/core/changes/inventory';
import { compileProject } from '@keywright/core/compile';
import { programSchema } from '@keywright/core/ir/program';
import { servicePresets } from '@keywright/core/kms/services/presets';
import { policyFile } from '@keywright/core/language/policy-file';
import { includedSchema, projectSchema, trustedSchema } from '@keywright/core/language/project';
import { accepts, filled } from '@keywright/core/schema/accepts';
import type { Note } from '@keywright/core/schema/note';
import { literal, zodSchemaOf } from '@keywright/core/schema/schema';
import { parseSource } from '@keywright/core/syntax/parse';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';

const workspace = join(import.meta.dirname, '../../..');

const projects = ['examples', 'packages/cli/cases']
  .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => join(workspace, folder, name)))
  .filter((folder) => existsSync(join(folder, 'keywright.yaml')));

const inFolders = projects.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ya?ml|json)$/.test(file) && !file.startsWith('out'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ text }) => text.length < 20_000)
    .map(({ file, text }) => ({ file, value: parseSource({ path: file, text }).value })),
);

const valuesOf = (pattern: RegExp) => inFolders.filter(({ file }) => pattern.test(file)).map(({ value }) => value);

/** Values at limits that few projects reach. */
const rare: readonly unknown[] = [
  ...[128, 129].map((length) => ({ xksKey: 'a'.repeat(length) })),
  ...[127, 128].map((length) => ({ xksKey: `a${'💥'.repeat(length)}` })),
].map((key) => ({ keywright: 1, app: 'a', stacks: { a: { keys: { a: key } } } }));
const yaml = [...valuesOf(/\.ya?ml$/), ...rare];
const backend = (more: object) => ({ backend: { s3: { bucket: 'a', region: 'a', ...more } } });
const programs = projects.map((folder) => {
  const { program } = compileProject(createDiskHost(folder), { targets });
  return JSON.parse(JSON.stringify(program ?? null)) as unknown;
});

/** Returns every value under a YAML key, wherever that YAML key is. */
function under(key: string, values: readonly unknown[]): readonly unknown[] {
  return values.flatMap((value): readonly unknown[] => {
    if (typeof value !== 'object' || value === null) return [];
    const inner = under(key, Object.values(value));
    return Object.hasOwn(value, key) ? [(value as Record<string, unknown>)[key], ...inner] : inner;
  });
}

const inventories = projects
  .map((folder) => join(folder, 'out/keywright.inventory.json'))
  .filter((file) => existsSync(file))
  .map((file): unknown => JSON.parse(readFileSync(file, 'utf8')));
const services = under('services', yaml).flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []));

const subjects: readonly { name: string; schema: z.core.$ZodType; values: readonly unknown[] }[] = [
  { name: 'keywright.yaml', schema: projectSchema, values: yaml },
  { name: 'an included file', schema: includedSchema, values: yaml },
  { name: 'a trusted file', schema: trustedSchema, values: yaml },
  { name: 'a policy file', schema: policyFile, values: valuesOf(/polic.*\.json$/) },
  { name: 'the IR', schema: programSchema, values: programs },
  {
    name: 'a resource of the inventory',
    schema: knownResourceSchema,
    values: [
      ...under('resources', inventories).flatMap((named) => Object.values(named as object) as unknown[]),
      { kind: 'alias', key: 'a', alias: 'a', names: {}, region: undefined },
    ],
  },
  ...targets.map(({ name, options }) => ({
    name: `options of ${name}`,
    schema: options,
    values: [
      ...[{}, backend({ use_lockfile: true }), backend({ other: { inner: ['a'] } }), backend({ other: null })],
      ...under(name, under('targets', yaml)),
    ],
  })),
  ...servicePresets.map(({ name, options }) => ({
    name: `options of ${name}`,
    schema: options.extend({ name: literal(name) }) as z.core.$ZodType,
    values: [{ name }, ...services.filter((one) => (one as { readonly name?: unknown }).name === name)],
  })),
  ...servicePresets.map(({ name, options }) => ({
    name: `options of ${name} with other keys`,
    schema: options.loose() as z.core.$ZodType,
    values: [{ name }, ...services.filter((one) => (one as { readonly name?: unknown }).name === name)],
  })),
];

const others: readonly unknown[] = [
  ...[
    null,
    '',
    'a',
    '1',
    '12',
    'absent',
    '${account}',
    'arn:aws:iam::111122223333:role/a',
    '💥'.repeat(70),
    true,
    false,
  ],
  ...[
    undefined,
    0,
    1,
    2,
    -1,
    1.5,
    Number.NaN,
    1e300,
    [],
    {},
    ['a'],
    [['a']],
    { a: 1 },
    { constructor: 'a' },
    { length: 3 },
  ],
];

function keysIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) found.add(key);
    keysIn(inner, found);
  }
  return found;
}

interface Pool {
  readonly values: readonly unknown[];
  readonly keys: readonly string[];
}

/** Returns a copy of a value with one change at the position `at`: a part is replaced or left out, or there is an extra YAML key. */
function changed(value: unknown, at: number, kind: number, pick: number, pool: Pool): unknown {
  if (typeof value !== 'object' || value === null || at === 0) {
    const source = kind % 3 === 0 ? Object.values((pool.values[pick % pool.values.length] ?? {}) as object) : others;
    return structuredClone(source[pick % (source.length || 1)]);
  }
  const present = Object.keys(value);
  const key = present[at % (present.length || 1)];
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  if (kind % 7 === 0 || key === undefined) copy[`${key}x`] = others[pick % others.length];
  else if (kind % 7 === 1) delete copy[key];
  else if (kind % 7 === 2) copy[pool.keys[pick % pool.keys.length] ?? ''] = others[at % others.length];
  else copy[key] = changed(copy[key], Math.floor(at / present.length), kind, pick, pool);
  // A list must not have holes.
  return Array.isArray(copy) ? [...(copy as unknown[])].filter((one) => one !== undefined) : copy;
}

const steps = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });

function changedOnes(values: readonly unknown[], numRuns: number): readonly unknown[] {
  const pool = { values, keys: [...keysIn(values)] };
  return fc
    .sample(fc.tuple(fc.nat(), steps), { numRuns })
    .map(([at, list]) =>
      list.reduce(
        (value, [position, kind, pick]) => changed(value, position, kind, pick, pool),
        values[at % values.length],
      ),
    );
}

const noteOf = (schema: unknown) => schema as Note;
const isValid = (schema: z.core.$ZodType, value: unknown) => z.safeParse(zodSchemaOf(schema), value).success;

/** Equal values have the same text if their YAML keys are in the same order. */
const text = (value: unknown) => JSON.stringify(value);

describe.each(subjects)('$name', ({ schema, values }) => {
  it('is accepted exactly if zod accepts it, with the same defaults', { timeout: 120_000 }, () => {
    let valid = 0;
    for (const value of [...values, ...changedOnes(values, values.length < 20 ? 500 : 3000)]) {
      const found = z.safeParse(zodSchemaOf(schema), value);
      expect(accepts(noteOf(schema), value), text(value)).toBe(found.success);
      if (!found.success) continue;
      valid += 1;
      expect(text(filled(noteOf(schema), value))).toBe(text(found.data));
    }
    expect(valid).toBeGreaterThan(0);
  });
});

/** Returns a copy of a schema that accepts more than it should at every call of `call`. */
function weakened(note: Note, call: string): Note {
  const known = new Map<object, Note>();
  const within = (arg: unknown): unknown => {
    if (Array.isArray(arg)) return arg.map(within);
    if (typeof arg !== 'object' || arg === null) return arg;
    if ('call' in arg) return weak(arg as Note);
    const isPlain = Object.getPrototypeOf(arg) === Object.prototype;
    return isPlain ? Object.fromEntries(Object.entries(arg).map(([name, one]) => [name, within(one)])) : arg;
  };
  const weak = (one: Note): Note => {
    const before = known.get(one);
    if (before !== undefined) return before;
    const of = one.of && weak(one.of);
    const isIt = one.call === call;
    const args = one.call === 'meta' ? [] : one.args.map(within);
    const instead = { strictObject: 'looseObject', exactOptional: 'optional', extend: 'looseObject' }[call];
    const other = instead ?? (of === undefined ? 'unknown' : 'meta');
    const made = { call: isIt ? other : one.call, args, of };
    known.set(one, made);
    return made;
  };
  return weak(note);
}

function callsOf({ call, of, args }: Note, found: Set<string>): Set<string> {
  found.add(call);
  if (of !== undefined) callsOf(of, found);
  for (const arg of args)
    for (const one of typeof arg === 'object' && arg !== null ? [arg, ...Object.values(arg)] : [])
      if (typeof one === 'object' && one !== null && 'call' in one && call !== 'meta') callsOf(one as Note, found);
  return found;
}

/**
 * Whether a schema accepts a value. A condition that throws counts as accepting, since another part should have refused the value before.
 */
function acceptsOrFails(note: Note, value: unknown): boolean {
  try {
    return accepts(note, value);
  } catch {
    return true;
  }
}

describe('the comparison notices a schema that accepts too much', () => {
  const some = subjects
    .filter(({ name }) => /^keywright|^a |^options of (?:cfn|terraform|pulumi)/.test(name))
    .map((subject) => {
      const values = [...subject.values, ...changedOnes(subject.values, 3000)];
      return { ...subject, values: values.filter((value) => !isValid(subject.schema, value)) };
    });
  const harmless = ['meta', 'optional', 'default', 'unknown', 'looseObject', 'object', 'extend'];
  const calls = new Set(some.flatMap(({ schema }) => [...callsOf(noteOf(schema), new Set())]));
  it.each([...calls].filter((call) => !harmless.includes(call)))('in every call of `%s`', (call) => {
    const notices = some.some(({ schema, values }) => {
      const weak = weakened(noteOf(schema), call);
      return values.some((value) => acceptsOrFails(weak, value));
    });
    expect(notices).toBe(true);
  });
});
