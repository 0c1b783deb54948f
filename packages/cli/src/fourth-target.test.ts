/** Adding a target takes only a folder (`core/src/testing/fourth-target`) and a line in the list of targets. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';
import { version } from './version.ts';

vi.mock('./targets.ts', async (original) => {
  const [{ targets }, { target: ini }] = await Promise.all([
    original<typeof import('./targets.ts')>(),
    import('@keywright/core/testing/fourth-target/target'),
  ]);
  return { targets: [...targets, ini] };
});

const cwd = mkdtempSync(join(tmpdir(), 'keywright-fourth-'));
cpSync(join(import.meta.dirname, '../../../examples/quickstart'), cwd, { recursive: true });
afterAll(() => rmSync(cwd, { recursive: true }));

async function keywright(...words: readonly string[]): Promise<string> {
  const io = fakeIo({ cwd });
  expect(await run(words, io), io.err()).toBe(0);
  return io.out();
}

test('a fourth target writes its files beside those of the other targets', async () => {
  await keywright('build');
  // A release changes the version, but no expected output.
  const written = readFileSync(join(cwd, 'out/ini/orders.ini'), 'utf8').replace(
    `Keywright ${version()}`,
    'Keywright 0.1.0',
  );
  await expect(written).toMatchFileSnapshot('../../core/src/testing/fourth-target/expected/orders.ini');
  expect(await keywright('build', '--check')).toContain('unchanged');
});

test('a fourth target prints key policies in its own syntax', async () => {
  expect(await keywright('policy', 'orders', '--target', 'ini')).toMatch(
    /^# orders.*\n# .*\n\{"Version": "2012-10-17"/s,
  );
});

test('a fourth target supports options, a team’s own templates and pinned names', async () => {
  const project = readFileSync(join(cwd, 'keywright.yaml'), 'utf8');
  writeFileSync(
    join(cwd, 'keywright.yaml'),
    `${project.replace('      orders:\n', '      orders:\n        names: { ini: the key }\n')}\ntargets: { ini: { templates: . } }\n`,
  );
  writeFileSync(join(cwd, '_resource.hbs'), '[{{section}}]\n');
  await keywright('build', '--target', 'ini');
  expect(readFileSync(join(cwd, 'out/ini/orders.ini'), 'utf8')).toContain('\n[the key]\n\n[alias orders]\n');
});
