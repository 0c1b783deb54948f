import { sha256 } from '@keywright/core/ir/digest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatManifest, type ManifestEntry, parseManifest } from './manifest.ts';
import { checkPaths, isSafePath } from './safe-path.ts';

const entry: ManifestEntry = { target: 'cfn', stack: 'a', sha256: sha256('x') };

describe('the manifest', () => {
  it('is sorted by path, with one line for each field', () => {
    const text = formatManifest(
      new Map([
        ['cfn/b', { target: 'cfn', sha256: 'b' }],
        ['cfn/B', { target: 'cfn', stack: 'B', sha256: 'c' }],
      ]),
    );
    expect(text).toBe(`{
  "version": 1,
  "files": {
    "cfn/B": {
      "target": "cfn",
      "stack": "B",
      "sha256": "c"
    },
    "cfn/b": {
      "target": "cfn",
      "sha256": "b"
    }
  }
}
`);
  });

  it('can be parsed again, including names with a meaning in JavaScript', () => {
    const manifest = new Map([
      ['cfn/__proto__', entry],
      ['cfn/a', { ...entry, previous: sha256('y') }],
    ]);
    expect(parseManifest(formatManifest(manifest))).toEqual({ kind: 'manifest', manifest });
  });

  it.each([
    ['{', 'it is not JSON'],
    ['[]', 'it does not list files'],
    ['{"version":1}', 'it does not list files'],
    ['{\n<<<<<<< HEAD\n  "version": 1\n=======\n>>>>>>> x\n}', 'Git left a merge conflict in it'],
    ['{"version":2,"files":{}}', 'it has version 2, and only version 1 is read: a newer Keywright wrote it'],
    ['{"version":0,"files":{}}', 'it has version 0, and only version 1 is read'],
    ['{"version":1,"files":{"a":{"target":"cfn"}}}', 'its entry for "a" is incomplete'],
    ['{"version":1,"files":{"../a":{"target":"cfn","sha256":"x"}}}', 'it lists "../a", which is not in its folder'],
    [
      '{"version":1,"files":{"keywright.yaml":{"target":"cfn","sha256":"x"}}}',
      'it lists "keywright.yaml", which is not an output of a target',
    ],
    [
      '{"version":1,"files":{"cfn2/a":{"target":"cfn","sha256":"x"}}}',
      'it lists "cfn2/a", which is not an output of a target',
    ],
    [
      '{"version":1,"files":{"/etc/passwd":{"target":"cfn","sha256":"x"}}}',
      'it lists "/etc/passwd", which is not in its folder',
    ],
  ])('is not used when it is %s', (text, reason) => {
    expect(parseManifest(text)).toMatchObject({ kind: 'unusable', reason });
  });
});

describe('paths', () => {
  it.each(['cfn/a.template.yaml', 'terraform/a/main.tf', 'a', '.hidden/x', 'a..b/c'])('may be %j', (path) => {
    expect(isSafePath(path)).toBe(true);
  });

  it.each([
    '',
    '..',
    '../a',
    'cfn/../../a',
    '/etc/passwd',
    'cfn//a',
    './a',
    'C:/a',
    'a\\..\\b',
    'a/.. ',
    'cfn/...',
    'cfn/aux.tf',
    'a\0b',
    'a\nb',
    `${'a'.repeat(256)}`,
  ])('may not be %j', (path) => {
    expect(isSafePath(path)).toBe(false);
    expect(checkPaths([path]).map(({ code }) => code)).toEqual(['KW6001']);
  });

  it('may not differ only in case from each other or from the path of the manifest', () => {
    expect(checkPaths(['cfn/Orders', 'cfn/orders', 'Keywright.Manifest.json']).map(({ message }) => message)).toEqual([
      'cfn/Orders and cfn/orders are the same file on systems that ignore the case of file names',
      'keywright.manifest.json and Keywright.Manifest.json are the same file on systems that ignore the case of file names',
    ]);
  });

  it('may not lead out of the folder, on POSIX or Windows', async () => {
    const { posix, win32 } = await import('node:path');
    const piece = fc.constantFrom('..', '.', '', '/', '\\', 'a', 'C:', ' ', '...', '\0', 'x.tf', '~', '$HOME');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('/')),
        ),
        (path) => {
          if (!isSafePath(path)) return;
          expect(posix.resolve('/out', path).startsWith('/out/')).toBe(true);
          expect(win32.resolve('C:\\out', path).startsWith('C:\\out\\')).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
