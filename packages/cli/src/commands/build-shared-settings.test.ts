/** Tests `Pulumi.<environment>.yaml`, which is written by Keywright, by Pulumi and by people. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-settings-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

const settings = 'out/pulumi/security/Pulumi.prod.yaml';
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);

function project(purpose: string): void {
  write(
    'keywright.yaml',
    `keywright: 1
app: payments
environments:
  prod: { account: "111122223333", region: eu-west-1, values: { for: ${purpose} } }
  dev: { account: "444455556666", region: eu-west-1, values: { for: trying } }
stacks:
  security:
    environment: [prod, dev]
    targets: [pulumi]
    keys: { orders: { description: "For \${values.for}" } }
`,
  );
}

test('a build keeps the settings that Pulumi and people added, and writes its own beside them', async () => {
  project('customers');
  expect((await keywright('build')).code).toBe(0);
  const ours = read(settings);
  const added = `encryptionsalt: v1:abc=\n${ours}  security:password:\n    secure: AAAB\n  app:size: 3 # large\n`;
  write(settings, added);
  const manifest = read('out/keywright.manifest.json');
  expect(await keywright('build', '--check')).toMatchObject({ code: 0 });
  expect((await keywright('build')).code).toBe(0);
  expect(read(settings)).toBe(added);
  expect(read('out/keywright.manifest.json')).toBe(manifest);

  project('everybody');
  expect((await keywright('build', '--check')).code).toBe(1);
  expect((await keywright('build')).code).toBe(0);
  expect(read(settings)).toBe(added.replace('customers', 'everybody'));
  expect(await keywright('build', '--check')).toMatchObject({ code: 0 });
});

test('a setting that Keywright wrote and a person changed is not overwritten', async () => {
  project('customers');
  await keywright('build');
  const edited = read(settings).replace('eu-west-1', 'eu-west-2');
  write(settings, `${edited}  app:size: 3\n`);
  const refused = await keywright('build');
  expect(refused.code).toBe(1);
  expect(refused.err + refused.out).toContain('KW6003');
  expect(read(settings)).toBe(`${edited}  app:size: 3\n`);
  expect((await keywright('build', '--force')).code).toBe(0);
  expect(read(settings)).toBe(`${edited.replace('eu-west-2', 'eu-west-1')}  app:size: 3\n`);
});
