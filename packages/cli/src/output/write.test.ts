import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { inventoryFileName } from '@keywright/core/changes/inventory';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatManifest, parseManifest } from '../disk/manifest.ts';
import { compareOutputs } from './compare.ts';
import { planOutputs, type Writing, writeOutputs } from './write.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keywright-write-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function writing(files: Readonly<Record<string, string>>, more: Partial<Writing> = {}): Writing {
  return {
    out: join(root, 'out'),
    cwd: root,
    root,
    sources: new Set(),
    wanted: Object.entries(files).map(([path, content]) => ({
      path,
      content,
      target: path.split('/')[0] ?? '',
      stack: 'a',
    })),
    formerStacks: new Map(),
    scope: { targets: new Set(['cfn', 'terraform']) },
    force: false,
    inventory: '{}\n',
    ...more,
  };
}

function tree(folder = root): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.name === inventoryFileName) continue;
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found[relative(root, path)] = readFileSync(path, 'utf8');
    else if (entry.isDirectory() && readdirSync(path).length === 0) found[`${relative(root, path)}/`] = '';
  }
  return found;
}

const manifest = 'out/keywright.manifest.json';

describe('writing outputs', () => {
  it('writes files and a manifest, and leaves nothing else behind', () => {
    const written = writeOutputs(writing({ 'cfn/a.yaml': 'one\n', 'terraform/a/main.tf': 'two\n' }));
    expect(written).toEqual({
      diagnostics: [],
      files: [
        { path: 'out/cfn/a.yaml', folder: 'out/cfn', action: 'create' },
        { path: 'out/terraform/a/main.tf', folder: 'out/terraform', action: 'create' },
      ],
    });
    expect(Object.keys(tree()).sort()).toEqual(['out/cfn/a.yaml', manifest, 'out/terraform/a/main.tf']);
  });

  it('touches no file, manifest or folder if nothing changes', () => {
    writeOutputs(writing({ 'cfn/a.yaml': 'one\n' }));
    const then = new Date(1_000_000_000_000);
    const paths = ['out/cfn/a.yaml', manifest, 'out', 'out/cfn'].map((path) => join(root, path));
    for (const path of paths) utimesSync(path, then, then);
    expect(writeOutputs(writing({ 'cfn/a.yaml': 'one\n' })).files).toEqual([
      { path: 'out/cfn/a.yaml', folder: 'out/cfn', action: 'keep' },
    ]);
    for (const path of paths) expect(statSync(path).mtime).toEqual(then);
  });

  it('deletes unwanted files and the folders that become empty, but no others', () => {
    writeOutputs(writing({ 'terraform/a/main.tf': 'x', 'terraform/b/main.tf': 'x', 'cfn/c': 'x' }));
    writeFileSync(join(root, 'out/terraform/b/notes.txt'), 'mine');
    writeOutputs(writing({ 'cfn/c': 'x' }));
    expect(Object.keys(tree()).sort()).toEqual(['out/cfn/c', manifest, 'out/terraform/b/notes.txt']);
  });

  it('writes nothing at all if one file was edited', () => {
    writeOutputs(writing({ 'cfn/a': 'one', 'cfn/b': 'one' }));
    writeFileSync(join(root, 'out/cfn/b'), 'edited');
    const before = tree();
    const written = writeOutputs(writing({ 'cfn/a': 'two', 'cfn/b': 'two', 'cfn/c': 'two' }));
    expect(written.files).toBeUndefined();
    expect(written.diagnostics.map(({ code }) => code)).toEqual(['KW6003']);
    expect(tree()).toEqual(before);
    expect(writeOutputs(writing({ 'cfn/b': 'two' }, { force: true })).diagnostics).toEqual([]);
    expect(tree()['out/cfn/b']).toBe('two');
  });

  it.each([
    ['a link to a file', 'cfn/a', (at: string, outside: string) => symlinkSync(join(outside, 'file'), at)],
    ['a link to nowhere', 'cfn/a', (at: string, outside: string) => symlinkSync(join(outside, 'new'), at)],
    ['a link to a folder', 'cfn', (at: string, outside: string) => symlinkSync(outside, at)],
    ['a file in place of a folder', 'cfn', (at: string) => writeFileSync(at, 'mine')],
    ['a folder in place of a file', 'cfn/a', (at: string) => mkdirSync(at)],
  ])('refuses %s, even with --force', (_name, path, put) => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'file'), 'precious');
    const at = join(root, 'out', path);
    mkdirSync(dirname(at), { recursive: true });
    put(at, outside);
    const kind = lstatSync(at).mode;
    const before = tree();
    const written = writeOutputs(writing({ 'cfn/a': 'x' }, { force: true }));
    expect(written.diagnostics.map(({ code }) => code)).toEqual(['KW6002']);
    expect(tree()).toEqual(before);
    expect(lstatSync(at).mode).toBe(kind);
  });

  it('deletes no file outside the output folder, even if a forged manifest lists it', () => {
    mkdirSync(join(root, 'out'));
    writeFileSync(join(root, 'precious'), 'x');
    const forged = formatManifest(new Map([['../precious', { target: 'cfn', sha256: 'x' }]]));
    writeFileSync(join(root, manifest), forged);
    expect(writeOutputs(writing({})).diagnostics.map(({ code }) => code)).toEqual(['KW6007']);
    expect(writeOutputs(writing({}, { force: true })).diagnostics).toEqual([]);
    expect(existsSync(join(root, 'precious'))).toBe(true);
  });

  it('reports that the system refuses to write', () => {
    writeFileSync(join(root, 'file'), '');
    const [problem] = writeOutputs(writing({ a: 'x' }, { out: join(root, 'file', 'out') })).diagnostics;
    expect(problem?.code).toBe('KW6006');
    expect(problem?.message).toMatch(/^cannot write file\/out.*: a part of the path is a file, not a folder$/);
  });

  it('continues after an interrupted run, even if the project has changed since', () => {
    writeOutputs(writing({ 'cfn/a': '1', 'cfn/b': '1', 'cfn/gone': '1' }));
    const interrupted = planOutputs(writing({ 'cfn/a': '2', 'cfn/b': '2', 'cfn/new': '2' }));
    if (!('journal' in interrupted)) throw new Error('no plan');
    // Leaves the disk as a process would that died after moving one file into place.
    writeFileSync(join(root, manifest), formatManifest(interrupted.journal));
    writeFileSync(join(root, 'out/cfn/a'), '2');
    mkdirSync(join(root, 'out/.keywright-staging-999999999-abc'));
    const written = writeOutputs(writing({ 'cfn/a': '3', 'cfn/b': '3' }));
    expect(written.diagnostics).toEqual([]);
    expect(tree()).toEqual({ 'out/cfn/a': '3', 'out/cfn/b': '3', [manifest]: tree()[manifest] });
    const parsed = parseManifest(tree()[manifest] ?? '');
    expect(parsed.kind === 'manifest' && [...parsed.manifest.values()].some(({ previous }) => previous)).toBe(false);
  });

  it('changes nothing outside the output folder, whatever is there and whatever is generated', () => {
    const path = fc.constantFrom('a', 'b/c', 'b/d', 'b/c/e', 'cfn/x.tf');
    const content = fc.constantFrom('1', '2', '3');
    const files = fc.dictionary(path, content, { maxKeys: 4 });
    const step = fc.record({ files, force: fc.boolean(), edit: fc.option(fc.tuple(path, content)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), (steps) => {
        rmSync(root, { recursive: true, force: true });
        mkdirSync(root);
        writeFileSync(join(root, 'keywright.yaml'), 'untouched');
        for (const { files, force, edit } of steps) {
          if (
            edit !== null &&
            existsSync(dirname(join(root, 'out', edit[0]))) &&
            lstatSync(dirname(join(root, 'out', edit[0]))).isDirectory() &&
            !lstatSync(join(root, 'out', edit[0]), { throwIfNoEntry: false })?.isDirectory()
          ) {
            writeFileSync(join(root, 'out', edit[0]), edit[1]);
          }
          const before = tree();
          const written = writeOutputs(writing(files, { force }));
          const after = tree();
          const rest = Object.keys(after).filter((path) => !path.startsWith('out/'));
          expect(rest).toEqual(['keywright.yaml']);
          if (written.files === undefined && written.diagnostics.every(({ code }) => code !== 'KW6006'))
            expect(after).toEqual(before);
          if (written.files !== undefined) {
            for (const [path, content] of Object.entries(files)) expect(after[`out/${path}`]).toBe(content);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('comparing outputs', () => {
  it('reports nothing if everything is up to date, and never writes anything', () => {
    writeOutputs(writing({ 'cfn/a': 'one\n' }));
    const before = tree();
    expect(compareOutputs(writing({ 'cfn/a': 'one\n' })).diagnostics).toEqual([]);
    expect(compareOutputs(writing({ 'cfn/a': 'two\n', 'cfn/b': 'x\n' })).diagnostics).toHaveLength(2);
    expect(tree()).toEqual(before);
  });

  it('shows a changed, a missing and an extra file as unified diffs', () => {
    writeOutputs(writing({ 'cfn/a': 'one\ntwo\n', 'cfn/b': 'x\n' }));
    const compared = compareOutputs(writing({ 'cfn/a': 'one\n2\n', 'cfn/c': 'y\n' }));
    expect(compared.diagnostics.map(({ message, span }) => [message, span?.file, span?.line])).toEqual([
      ['out/cfn/a differs from what would be generated', 'out/cfn/a', 2],
      ['out/cfn/b is no longer generated', 'out/cfn/b', 1],
      ['out/cfn/c would be generated but does not exist', undefined, undefined],
    ]);
    expect(compared.files?.map(({ diff }) => diff)).toEqual([
      '--- out/cfn/a\n+++ out/cfn/a\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n',
      '--- out/cfn/b\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n',
      '--- /dev/null\n+++ out/cfn/c\n@@ -0,0 +1,1 @@\n+y\n',
    ]);
  });

  it('reports a missing manifest even if every file is up to date', () => {
    writeOutputs(writing({ 'cfn/a': 'one\n' }));
    rmSync(join(root, manifest));
    expect(compareOutputs(writing({ 'cfn/a': 'one\n' })).diagnostics.map(({ message }) => message)).toEqual([
      `${manifest} would be generated but does not exist`,
    ]);
  });
});
