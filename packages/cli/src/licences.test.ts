import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAccepted, section } from '../../../tools/bundle/third-party-notices.ts';

const packages = join(import.meta.dirname, '../..');
const folders = readdirSync(packages);
const manifest = (folder: string) => JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));

test.each(folders)('%s contains the project’s licence', (folder) => {
  const own = readFileSync(join(packages, folder, 'LICENSE'), 'utf8');
  expect(own).toBe(readFileSync(join(packages, '../LICENSE'), 'utf8'));
  expect(manifest(folder).license).toBe('Apache-2.0');
});

describe('the notices', () => {
  const notices = (folder: string) => readFileSync(join(packages, folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const named = (text: string) => [...text.matchAll(/^-{80}\n(\S+) \S+ \(.+\)$/gm)].map(([, name]) => name);

  test('name every dependency in the bundle of the command, including transitive ones', () => {
    const dependencies = folders.flatMap((folder) => Object.keys(manifest(folder).dependencies ?? {}));
    const own = ['chokidar', 'commander', 'diff', 'picocolors', 'string-width', 'tinyglobby'];
    const bundled = [...dependencies, ...own].filter((name) => !name.startsWith('@keywright/'));
    expect(named(notices('cli'))).toEqual(expect.arrayContaining([...new Set(bundled)]));
    expect(named(notices('cli'))).toContain('strip-ansi'); // a dependency of string-width
    expect(named(notices('cli'))).not.toContain('bowser'); // The AWS SDK needs it only in browsers.
  });

  test('name everything that the page of the graph contains', () => {
    expect(named(notices('graph'))).toEqual(['@dagrejs/dagre', '@dagrejs/graphlib']);
    expect(manifest('graph').files).toContain('THIRD-PARTY-NOTICES.txt');
    expect(manifest('cli').files).toContain('THIRD-PARTY-NOTICES.txt');
  });

  test('contain the text of each licence', () => {
    const sections = notices('cli')
      .split(/^-{80}$/m)
      .slice(1);
    for (const text of sections) {
      const [, other] = /^The same text as that of (.+)\.$/m.exec(text) ?? [];
      const whole = other === undefined ? text : sections.find((section) => section.startsWith(`\n${other}\n`));
      // Keywright's own licence is the Apache License, which names nobody.
      expect(whole).toMatch(/permission|redistribution|\(Apache-2\.0\)[\s\S]*The text is that of LICENSE\./i);
    }
  });
});

describe('a package cannot be bundled', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-licences-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function packageWith(name: string, license: unknown, files: Readonly<Record<string, string>>): string {
    const own = join(folder, name);
    mkdirSync(own);
    writeFileSync(join(own, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text);
    return own;
  }

  test('if its licence would restrict the product', () => {
    expect(() => section(packageWith('copyleft', 'AGPL-3.0', { LICENSE: 'text' }))).toThrow(
      'copyleft is licensed under AGPL-3.0: it cannot be bundled',
    );
    expect(() => section(packageWith('silent', undefined, { LICENSE: 'text' }))).toThrow('silent is licensed');
  });

  test('if it lacks the text of its licence', () => {
    expect(() => section(packageWith('bare', 'MIT', { 'readme.md': 'MIT' }))).toThrow('bare has no text');
    expect(section(packageWith('ours', 'Apache-2.0', {}))).toContain('The text is that of LICENSE.');
  });

  test('unless it offers an accepted licence', () => {
    expect(isAccepted('(GPL-2.0-only OR MIT)')).toBe(true);
    expect(isAccepted('MIT AND Zlib')).toBe(false);
    expect(section(packageWith('fine', 'MIT', { 'LICENSE.md': 'a text', NOTICE: 'a notice' }))).toContain(
      'a text\n\na notice',
    );
  });
});
