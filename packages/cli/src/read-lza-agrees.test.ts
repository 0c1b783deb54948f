/** A Landing Zone Accelerator configuration is read as the same program that a person wrote for it in YAML. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { comparable } from '@keywright/core/testing/comparable';
import { readLza } from '@keywright/read-lza';
import { expect, test } from 'vitest';
import { compileFiles } from './testing/projects.ts';

const folder = join(import.meta.dirname, '../../read-lza/fixtures');

function filesIn(subfolder: string) {
  const paths = readdirSync(join(folder, subfolder), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => /\.(yaml|json)$/.test(path))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(folder, subfolder, path), 'utf8') }));
}

function byPlace(stacks: readonly Stack[]) {
  const nameOf = (resource: Resource) => (resource.kind === 'alias' ? resource.aliasName : resource.kind);
  return Object.fromEntries(
    stacks.map((stack) => [`${stack.environment.account} ${stack.environment.region}`, comparable(stack, nameOf)]),
  );
}

test('a configuration is read as the project that a person wrote for it', () => {
  const { program, diagnostics } = readLza(filesIn('').filter(({ path }) => !path.startsWith('by-hand')));
  expect(diagnostics).toEqual([]);
  const byHand = compileFiles(Object.fromEntries(filesIn('by-hand').map(({ path, text }) => [path, text])));
  expect(byPlace(program.stacks)).toEqual(byPlace(byHand.program?.stacks ?? []));
  expect(program.stacks).toHaveLength(4);
});
