/** Whatever a file contains, the reader says what is wrong, returns a valid program in order of creation, and shows no secret. */
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import { programSchema } from '@keywright/core/ir/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtures, secretText } from './fixtures.test-support.ts';
import { readPulumi } from './read-pulumi.ts';

function read(path: string, text: string) {
  const reading = readPulumi({ path, text });
  const { program, diagnostics, leftOut, origins } = reading;
  expect(programSchema.safeParse(program).error).toBeUndefined();
  expect(JSON.stringify([program, diagnostics, leftOut, [...origins].map(([, all]) => [...all])])).not.toContain(
    secretText,
  );
  for (const { resources } of program.stacks) {
    const before = new Set<string>();
    for (const resource of resources) {
      for (const reference of expressionsOf(resource)) {
        if (reference.kind === 'reference') expect(before).toContain(reference.resource);
      }
      expect(before).not.toContain(resource.id);
      before.add(resource.id);
    }
  }
  return reading;
}

describe.each(fixtures)('$path', ({ path, text }) => {
  test('is refused if it is truncated anywhere', { timeout: 120_000 }, () => {
    for (let length = 0; length < text.length - 2; length += 50) {
      expect(hasErrors(read(path, text.slice(0, length)).diagnostics)).toBe(true);
    }
  });

  test('is read or refused, but never throws, if any of its values is replaced', { timeout: 120_000 }, () => {
    const paths = pathsIn(JSON.parse(text));
    const other = fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, -1.5, 1e300, '', 'x', '*', 'arn:aws:kms:x:y:z', [], {}, [[]], [null]),
      fc.constant({ '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: secretText }),
      fc.json(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), other, (place, value) => {
        read(path, JSON.stringify(withValue(JSON.parse(text), place, value)));
      }),
      { numRuns: 150, seed: 20261127 },
    );
  });
});

test.each([
  ['deep nesting', `{"version":3,"deployment":${'['.repeat(50_000)}`],
  ['a deep policy', policyText(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
  ['__proto__', '{"version":3,"deployment":{"resources":[{"__proto__":{"urn":"x"}}]}}'],
  ['binary content', '\u0000\u0001\u0002'],
])('%s is refused', (_, text) => {
  expect(hasErrors(read('export.json', text).diagnostics)).toBe(true);
});

function policyText(policy: string): string {
  const urn = 'urn:pulumi:dev::shop::aws:kms/key:Key::a';
  const resource = {
    urn,
    type: 'aws:kms/key:Key',
    custom: true,
    id: 'a',
    outputs: { policy, arn: 'arn:aws:kms:r:a:key/a' },
  };
  return JSON.stringify({ version: 3, deployment: { resources: [resource] } });
}

type Place = readonly (string | number)[];

function pathsIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const inner = Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...place, name]));
  return place.length === 0 ? inner : [place, ...inner];
}

function withValue(value: unknown, [first, ...rest]: Place, other: unknown): unknown {
  if (first === undefined) return other;
  const inner = (value as Readonly<Record<string, unknown>>)[first]; // the value was found under `first`
  if (Array.isArray(value)) return value.with(Number(first), withValue(inner, rest, other));
  return { ...(value as object), [first]: withValue(inner, rest, other) };
}
