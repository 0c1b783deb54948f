import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
// The command's host. This package's host must give the same answers.
import { createDiskHost as createDiskHostOfCommand } from '../../cli/src/project/disk-host.ts';
import { createDiskHost } from './disk-host.ts';

let base: string;
let root: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'keywright-nx-host-'));
  root = join(base, 'project');
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'keywright.yaml': 'app: ä\n',
    'bom.yaml': '\ufeffapp: x\n',
    'latin1.yaml': new Uint8Array([0x61, 0xe4, 0x0a]),
    'huge.yaml': 'x'.repeat(4 * 1024 * 1024 + 1),
    'teams/a/keys.yaml': '',
    'teams/.hidden/keys.yaml': '',
    'teams/node_modules/x/keys.yaml': '',
    'teams/out/keywright.manifest.json':
      '{ "version": 1, "files": { "cfn/keys.yaml": { "target": "cfn", "sha256": "0" } } }',
    'teams/out/cfn/keys.yaml': '',
    'teams/out/own/keys.yaml': '',
    '../secret.yaml': 'secret',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(join(base, 'secret.yaml'), join(root, 'link.yaml'));
  symlinkSync('keywright.yaml', join(root, 'inside.yaml'));
  symlinkSync('loop.yaml', join(root, 'loop.yaml'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

it.each([
  'keywright.yaml',
  './teams/../keywright.yaml',
  'bom.yaml',
  'latin1.yaml',
  'huge.yaml',
  'inside.yaml',
  'gone.yaml',
  'a\0b',
  'teams',
  'loop.yaml',
  'link.yaml',
  '../secret.yaml',
  '../project/keywright.yaml',
  '/etc/hostname',
])('the plugin reads the same text from %j as the command, or none if the command reads none', (path) => {
  const theirs = createDiskHostOfCommand(root).readFile(path);
  const ours = createDiskHost(root).readFile(path);
  expect(ours.kind === 'text' ? ours : 'none').toEqual(theirs.kind === 'text' ? theirs : 'none');
});

it.each([
  'teams/*/keys.yaml',
  '**/keys.yaml',
  '**/*.{yaml,json}',
  'teams/{a,c}/keys.yaml',
  './teams/a/*.yaml',
  '+(a|b).yaml',
])('the pattern %j matches the same files as for the command', (pattern) => {
  expect(createDiskHost(root).glob(pattern)).toEqual(createDiskHostOfCommand(root).glob(pattern));
});

it('the host records what was requested, except outside the project', () => {
  const host = createDiskHost(root);
  for (const path of ['./gone.yaml', 'teams/../keywright.yaml', '../secret.yaml', '/etc/hostname']) host.readFile(path);
  host.glob('./teams/*/keys.yaml');
  expect([...host.files, ...host.patterns]).toEqual(['gone.yaml', 'keywright.yaml', 'teams/*/keys.yaml']);
});
