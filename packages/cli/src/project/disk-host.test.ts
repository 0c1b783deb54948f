import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiskHost, fileSizeLimit } from './disk-host.ts';
import { readTemplates } from './templates.ts';

let base: string;
let root: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'keywright-host-'));
  root = join(base, 'project');
  for (const folder of ['teams/a', 'teams/b', 'teams/.hidden', 'teams/node_modules/x', 'out/cfn', 'tpl', 'none']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(base, 'secret.yaml'), 'secret');
  writeFileSync(join(base, 'secret.hbs'), 'secret');
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'keywright.yaml': 'app: ä\n',
    'bom.yaml': '\ufeffapp: x\n',
    'nul.yaml': 'a\0b',
    'latin1.yaml': new Uint8Array([0x61, 0xe4, 0x0a]),
    'teams/a/keys.yaml': '',
    'teams/b/keys.yaml': '',
    'teams/.hidden/keys.yaml': '',
    'teams/node_modules/x/keys.yaml': '',
    'out/keywright.manifest.json': '{}',
    'out/cfn/keys.yaml': '',
    'tpl/main.tf.hbs': 'x {{name}}',
    'tpl/README.md': '',
  };
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  writeFileSync(join(root, 'huge.yaml'), '');
  truncateSync(join(root, 'huge.yaml'), fileSizeLimit * 10);
  symlinkSync(join(base, 'secret.yaml'), join(root, 'link.yaml'));
  symlinkSync('keywright.yaml', join(root, 'inside.yaml'));
  symlinkSync('gone.yaml', join(root, 'dangling.yaml'));
  symlinkSync('loop.yaml', join(root, 'loop.yaml'));
  symlinkSync(base, join(root, 'up'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('reading a file of a project', () => {
  it.each([
    ['keywright.yaml', { kind: 'text', text: 'app: ä\n' }],
    ['./teams/../keywright.yaml', { kind: 'text', text: 'app: ä\n' }],
    ['bom.yaml', { kind: 'text', text: 'app: x\n' }],
    ['inside.yaml', { kind: 'text', text: 'app: ä\n' }],
    ['gone.yaml', { kind: 'missing' }],
    ['keywright.yaml/x', { kind: 'missing' }],
    ['dangling.yaml', { kind: 'missing' }],
    ['a\0b', { kind: 'missing' }],
    ['teams', { kind: 'directory' }],
    ['', { kind: 'directory' }],
    ['nul.yaml', { kind: 'binary' }],
    ['latin1.yaml', { kind: 'binary' }],
    ['huge.yaml', { kind: 'tooLarge', bytes: fileSizeLimit * 10, limit: fileSizeLimit }],
    ['../secret.yaml', { kind: 'outside' }],
    ['../gone.yaml', { kind: 'outside' }],
    ['../project/keywright.yaml', { kind: 'outside' }],
    ['/etc/hostname', { kind: 'outside' }],
    ['link.yaml', { kind: 'outside' }],
    ['up/secret.yaml', { kind: 'outside' }],
    ['loop.yaml', { kind: 'unreadable', reason: 'the symbolic links form a loop' }],
  ])('gives the expected result for %j', (path, reading) => {
    expect(createDiskHost(root).readFile(path)).toEqual(reading);
  });
});

describe('a pattern', () => {
  it.each([
    ['teams/*/keys.yaml', ['teams/a/keys.yaml', 'teams/b/keys.yaml']],
    ['**/keys.yaml', ['teams/a/keys.yaml', 'teams/b/keys.yaml']],
    ['teams/{a,c}/keys.yaml', ['teams/a/keys.yaml']],
    ['teams/a/keys.yaml', ['teams/a/keys.yaml']],
    ['./teams/a/keys.yaml', ['teams/a/keys.yaml']],
    ['gone.yaml', []],
    ['gone/*.yaml', []],
  ])('%j finds sources only', (pattern, paths) => {
    expect(createDiskHost(root).glob(pattern)).toEqual(paths);
  });

  it('that leads out of the folder finds nothing readable', () => {
    const host = createDiskHost(root);
    const found = ['../*.yaml', '../secret.yaml', 'up/*.yaml'].flatMap((pattern) => host.glob(pattern));
    expect(found).toContain('up');
    for (const path of found) {
      expect(host.readFile(path)).toEqual({ kind: 'outside' });
    }
  });

  it('is remembered, and so is every requested file', () => {
    const host = createDiskHost(root);
    host.readFile('gone.yaml');
    host.glob('teams/*/keys.yaml');
    expect([...host.files, ...host.patterns]).toEqual(['gone.yaml', 'teams/*/keys.yaml']);
  });
});

describe('a folder of templates', () => {
  it('gives its *.hbs files and no others', () => {
    expect(readTemplates(root, 'terraform', './tpl')).toEqual({
      templates: { 'main.tf.hbs': 'x {{name}}' },
      diagnostics: [],
    });
  });

  it.each([
    ['gone', 'there is no such folder'],
    ['keywright.yaml', 'it is a file'],
    ['none', 'it has no *.hbs file'],
    ['../', 'it is outside of the project'],
    ['up', 'it is outside of the project'],
  ])('%j is reported', (folder, reason) => {
    expect(readTemplates(root, 'terraform', folder).diagnostics.map(({ message }) => message)).toEqual([
      `cannot use ${folder} as templates of terraform: ${reason}`,
    ]);
  });
});
