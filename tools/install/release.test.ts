import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPublished, changelogAt, manifestAt, obstacles, pinnedAt, pinning, type Sources } from '../release/plan.ts';

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
  it('can be made from a clean main with unreleased changes', () => {
    expect(obstacles(fine)).toEqual([]);
    expect(obstacles({ ...fine, version: '0.10.0' })).toEqual([]);
    expect(obstacles({ ...fine, version: '1.0.0' })).toEqual([]);
  });

  it('reports everything that prevents it', () => {
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

  it('gives every package the version, and makes it depend on exactly that version of the others', () => {
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

  it('updates texts that name the version, and nothing else', () => {
    const text = 'npx keywright@0.1.0 check\nversion: 0.1.0\nnode: 20.19\n';
    expect(pinnedAt('0.2.0', '0.1.0', text)).toBe('npx keywright@0.2.0 check\nversion: 0.2.0\nnode: 20.19\n');
  });

  it('updates every file that tells users which version to take', () => {
    const { version } = JSON.parse(readFileSync(join(workspace, 'packages/cli/package.json'), 'utf8'));
    const named = [`keywright@${version}`, `keywright@v${version}`].flatMap((text) => ['-e', text]);
    const words = ['grep', '--files-with-matches', '--fixed-strings', ...named, '--', '.', ':!tools'];
    const found = execFileSync('git', words, { cwd: workspace, encoding: 'utf8' }).trimEnd().split('\n');
    expect(found).toContain('docs/ci.md');
    expect(found.filter((path) => !pinning.includes(path))).toEqual([]);
  });

  it('removes text that applies only until publication', () => {
    const text = 'Install it.\n\n<!-- until published -->\n\nNot yet.\n\n<!-- end until published -->\n\nUse it.\n';
    expect(asPublished(text)).toBe('Install it.\n\nUse it.\n');
    expect(asPublished(readFileSync(join(workspace, 'README.md'), 'utf8'))).not.toContain('published yet');
  });

  it('turns the unreleased changes into the notes of the version', () => {
    expect(changelogAt('0.2.0', '2026-11-27', fine.changelog)).toBe(
      '# Changelog\n\n## 0.2.0 (2026-11-27)\n\n- A change.\n\n## 0.1.9\n\n- Another.\n',
    );
  });

  describe('in a clone', () => {
    const clone = mkdtempSync(join(tmpdir(), 'keywright-release-'));
    const bin = mkdtempSync(join(tmpdir(), 'keywright-release-bin-'));
    const log = join(bin, 'log');
    afterAll(() => {
      for (const folder of [clone, bin]) rmSync(folder, { recursive: true, force: true });
    });
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trimEnd();
    const release = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      rmSync(log, { force: true });
      const tsx = join(workspace, 'node_modules/tsx/dist/cli.mjs');
      const { status, stdout, stderr } = spawnSync(process.execPath, [tsx, 'tools/release/main.ts', ...args], {
        cwd: clone,
        encoding: 'utf8',
        env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), LOG: log, ...env },
      });
      return { status, stdout, stderr };
    };
    const ran = () => readFileSync(log, 'utf8').trimEnd().split('\n');
    const read = (path: string) => readFileSync(join(clone, path), 'utf8');

    beforeAll(() => {
      // Everything that the release reads, including built packages. The programs that it runs take half an hour, and other tests cover
      // them.
      const copied = ['tools/release', ...pinning];
      const made = readdirSync(join(workspace, 'packages')).flatMap((name) => {
        const { files } = JSON.parse(readFileSync(join(workspace, 'packages', name, 'package.json'), 'utf8'));
        return ['package.json', 'README.md', 'LICENSE', ...files].map((file) => join('packages', name, file));
      });
      for (const path of ['.gitignore', ...copied, ...made]) {
        mkdirSync(join(clone, dirname(path)), { recursive: true });
        cpSync(join(workspace, path), join(clone, path), { recursive: true });
      }
      writeFileSync(join(clone, 'CHANGELOG.md'), fine.changelog);
      writeFileSync(join(clone, 'package.json'), '{ "private": true, "type": "module" }\n');
      const said = (then: string) => `#!/bin/sh\necho "$(basename "$0") $*" >> "$LOG"\n${then}\n`;
      const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
      writeFileSync(join(bin, 'npm'), said(`[ "$1" != pack ] || exec "${npm}" "$@" --silent`), { mode: 0o755 });
      writeFileSync(join(bin, 'npx'), said('[ -z "$UPDATE" ] || echo "UPDATE=$UPDATE" >> "$LOG"'), { mode: 0o755 });
      writeFileSync(join(bin, 'bash'), said('git status --porcelain >> "$LOG"\nexit "${GATE:-0}"'), { mode: 0o755 });
      git('init', '--quiet', '--initial-branch', 'main');
      git('config', 'user.name', 'Anna');
      git('config', 'user.email', 'anna@example.com');
      git('add', '.');
      git('commit', '--quiet', '--message', 'All');
    });

    const steps = [
      'npm install --package-lock-only --no-audit --no-fund',
      'npx nx run-many --target=build',
      'npx vitest run --config ../../vitest.config.ts --root packages/cli src/examples.test.ts',
      'npm run docs',
      'git commit --all --message Release 99.0.0',
      'bash .ci/run',
    ];

    it('reports the changes that it would make, and makes none', () => {
      const { status, stdout, stderr } = release(['99.0.0']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout.split('\n').filter((line) => line.startsWith('would run'))).toEqual(
        steps.map((step) => `would run: ${step}`),
      );
      expect(stdout).toContain('the tag v99.0.0');
      expect(existsSync(log)).toBe(false);
      expect([git('status', '--porcelain'), git('tag')]).toEqual(['', '']);
      expect(release(['0.0.1']).status).toBe(1);
    });

    it('stops if main’s gate fails', () => {
      const { status, stdout, stderr } = release(['99.0.0', '--write'], { GATE: '3' });
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: 'bash ended with 3: nothing is tagged; what was changed is in the checkout\n',
      });
      expect(stdout).not.toContain('npm publish');
      expect(git('tag')).toBe('');
      git('reset', '--quiet', '--hard', 'HEAD~1');
    });

    it('makes the version, notes, commit, packages and tag, in this order, and explains how to publish them', () => {
      const { status, stdout, stderr } = release(['99.0.0', '--write']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const packages = readdirSync(join(clone, 'packages'));
      const packed = ran().slice(6);
      // The examples are generated again, and the gate checks a clean checkout.
      expect(ran().slice(0, 6)).toEqual([...steps.slice(0, 3), 'UPDATE=1', 'npm run docs', 'bash .ci/run']);
      expect(packed.map((line) => line.replace(/\S+$/, ''))).toEqual(
        packages.map(() => 'npm pack --pack-destination out/release '),
      );

      const today = new Date().toISOString().slice(0, 10);
      expect(read('CHANGELOG.md')).toBe(changelogAt('99.0.0', today, fine.changelog));
      for (const path of pinning.filter((path) => path !== 'README.md')) expect(read(path)).toContain('99.0.0');
      expect(read('README.md')).not.toContain('not published');
      for (const name of packages) expect(JSON.parse(read(`packages/${name}/package.json`)).version).toBe('99.0.0');
      expect(git('log', '-1', '--format=%s')).toBe('Release 99.0.0');
      expect(git('cat-file', '-t', 'v99.0.0')).toBe('tag');
      expect(git('rev-parse', 'v99.0.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
      expect(git('status', '--porcelain')).toBe('');
      const archives = readdirSync(join(clone, 'out/release')).sort();
      expect(archives).toContain('keywright-99.0.0.tgz');
      expect(archives).toHaveLength(packages.length);

      const [, said = ''] = stdout.split('tagged v99.0.0; these commands publish it, see docs/releasing.md:\n');
      const [push, ...publish] = said.trimEnd().split('\n');
      expect(push).toBe('  git push --follow-tags');
      const names = publish.map((line) => {
        const [, folder = ''] = /^ {2}npm publish \.\/(\S+)$/.exec(line) ?? [];
        const { name, version, dependencies = {} } = JSON.parse(read(join(folder, 'package.json')));
        const own = Object.entries(dependencies).filter(([other]) => other.startsWith('@keywright/'));
        expect(version).toBe('99.0.0');
        expect(own.map(([, wanted]) => wanted)).toEqual(own.map(() => '99.0.0'));
        return { name, needs: own.map(([other]) => other) };
      });
      for (const [at, { name, needs }] of names.entries()) {
        const before = names.slice(0, at).map((one) => one.name);
        expect(before, `before ${name}`).toEqual(expect.arrayContaining(needs));
      }
      expect(names).toHaveLength(packages.length);
      expect(names.at(-1)?.name).toBe('keywright');
    });
  });
});
