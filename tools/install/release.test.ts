import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { changelogAt, manifestAt, obstacles, pinnedAt, type Sources } from '../release/plan.ts';

const workspace = join(import.meta.dirname, '../..');
const fine: Sources = {
  version: '0.2.0',
  manifests: new Map([['packages/core/package.json', '{ "version": "0.1.9" }']]),
  changelog: '# Changelog\n\n## Unreleased\n\n- A change.\n\n## 0.1.9\n\n- Another.\n',
  status: '',
  branch: 'main',
  tags: ['v0.1.9'],
};

describe('a release', () => {
  it('can be made of a clean main with something to say', () => {
    expect(obstacles(fine)).toEqual([]);
    expect(obstacles({ ...fine, version: '0.10.0' })).toEqual([]);
    expect(obstacles({ ...fine, version: '1.0.0' })).toEqual([]);
  });

  it('says everything that stands in its way', () => {
    expect(obstacles({ ...fine, version: 'v0.2.0' })).toEqual([
      'v0.2.0 is no version: write three numbers, such as 0.2.0',
    ]);
    const found = obstacles({
      ...fine,
      version: '0.1.8',
      changelog: '# Changelog\n\n## Unreleased\n\n## 0.1.9\n\n- Another.\n',
      status: ' M a\n',
      branch: 'topic',
      tags: ['v0.1.8'],
    });
    expect(found).toEqual([
      'packages/core/package.json has 0.1.9, which 0.1.8 does not follow',
      'CHANGELOG.md has nothing under `## Unreleased`: a release says what it changes',
      'the checkout has changes that are not committed:\n M a',
      'releases are made from main; this is topic',
      'the tag v0.1.8 exists',
    ]);
  });

  it('gives every package the version, and exactly that version of the others', () => {
    for (const name of readdirSync(join(workspace, 'packages'))) {
      const before = readFileSync(join(workspace, 'packages', name, 'package.json'), 'utf8');
      const { version } = JSON.parse(before);
      const after = manifestAt('7.8.9', before);
      expect(after).toBe(
        before
          .replace(`"version": "${version}"`, '"version": "7.8.9"')
          .replaceAll(/("(?:@keywright\/[a-z-]+|keywright)"): "\d[^"]*"/g, '$1: "7.8.9"'),
      );
    }
  });

  it('moves what names the version, and nothing else', () => {
    const text = 'npx keywright@0.1.0 check\nversion: 0.1.0\nnode: 20.19\n';
    expect(pinnedAt('0.2.0', '0.1.0', text)).toBe('npx keywright@0.2.0 check\nversion: 0.2.0\nnode: 20.19\n');
  });

  it('turns what is unreleased into the notes of the version', () => {
    expect(changelogAt('0.2.0', '2026-11-27', fine.changelog)).toBe(
      '# Changelog\n\n## 0.2.0 (2026-11-27)\n\n- A change.\n\n## 0.1.9\n\n- Another.\n',
    );
  });

  describe('without --write', () => {
    const clone = mkdtempSync(join(tmpdir(), 'keywright-release-'));
    afterAll(() => rmSync(clone, { recursive: true, force: true }));
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: clone });
    const release = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        [join(workspace, 'node_modules/tsx/dist/cli.mjs'), join(workspace, 'tools/release/main.ts'), ...args],
        {
          cwd: clone,
          encoding: 'utf8',
        },
      );

    it('says what it would do, and changes nothing', () => {
      for (const name of readdirSync(join(workspace, 'packages'))) {
        const path = join('packages', name, 'package.json');
        mkdirSync(join(clone, dirname(path)), { recursive: true });
        cpSync(join(workspace, path), join(clone, path));
      }
      writeFileSync(join(clone, 'CHANGELOG.md'), fine.changelog);
      git('init', '--quiet', '--initial-branch', 'main');
      git('add', '.');
      git('commit', '--quiet', '--message', 'All');
      const { status, stdout, stderr } = release('99.0.0');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('would run: bash .ci/run');
      expect(stdout).toContain('the tag v99.0.0');
      expect(git('status', '--porcelain').toString()).toBe('');
      expect(git('tag').toString()).toBe('');
      expect(release('0.0.1').status).toBe(1);
    });
  });
});
