import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile } from './replace-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keywright-replace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('replaceFile', () => {
  it('creates a file, replaces it, and leaves nothing beside it', () => {
    for (const text of ['one', 'two']) {
      replaceFile(join(folder, 'file'), text);
      expect(readFileSync(join(folder, 'file'), 'utf8')).toBe(text);
    }
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.skipIf(process.platform === 'win32')('keeps permissions and links', () => {
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'there/file'), 'one');
    chmodSync(join(folder, 'there/file'), 0o640);
    symlinkSync('there/file', join(folder, 'link'));
    replaceFile(join(folder, 'link'), 'two');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'there/file'), 'utf8')).toBe('two');
    expect(statSync(join(folder, 'there/file')).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(folder, 'there'))).toEqual(['file']);
  });

  it('changes nothing if it fails', () => {
    mkdirSync(join(folder, 'file'));
    expect(() => replaceFile(join(folder, 'file'), 'one')).toThrow();
    expect(() => replaceFile(join(folder, 'none/file'), 'one')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
