import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';

// These tests run the built command as users run it. `npm test` builds first; without a build, they are skipped.
const bin = fileURLToPath(new URL('../bin/keywright.js', import.meta.url));
const isBuilt = existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)));

let cwd: string;
beforeAll(() => {
  // The environment of the tests may ask for colours, but output is compared without them.
  delete process.env.FORCE_COLOR;
  process.env.NO_COLOR = '1';
  cwd = mkdtempSync(join(tmpdir(), 'keywright-process-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function keywright(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.skipIf(!isBuilt)('the process', () => {
  it('creates a project and its outputs from nothing', () => {
    expect(keywright('init').status).toBe(0);
    expect(keywright('check')).toEqual({ status: 0, stdout: 'no problems\n', stderr: '' });
    expect(keywright('build')).toMatchObject({ status: 0, stderr: '' });
    expect(keywright('build', '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('lists, completes and suggests the codes of all diagnostics', () => {
    const codes = catalogue.map(({ code }) => code);
    const firstWords = (stdout: string) =>
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/\s/)[0]);
    expect(firstWords(keywright('explain').stdout)).toEqual(codes);
    expect(firstWords(keywright('complete', '--', 'explain', 'KW').stdout)).toEqual(codes);
    expect(keywright('explain', 'KW30245')).toMatchObject({ status: 2, stdout: '' });
    expect(keywright('explain', 'KW30245').stderr).toContain('did you mean KW3024?');
  });

  it('loads the code for reporting problems only if there is a problem', () => {
    const folder = mkdtempSync(join(cwd, 'installed-'));
    const installed = join(folder, 'node_modules/keywright');
    for (const part of ['bin', 'bundle', 'package.json'])
      cpSync(fileURLToPath(new URL(`../${part}`, import.meta.url)), join(installed, part), { recursive: true });
    const loadedFor = (text: string) => {
      writeFileSync(join(folder, 'keywright.yaml'), text);
      const { status } = spawnSync(process.execPath, [join(installed, 'bin/keywright.js'), 'check'], { cwd: folder });
      // The cache ends with a list of the loaded files.
      const cache = join(installed, '.cache');
      const [name = ''] = readdirSync(cache);
      const files = readFileSync(join(cache, name), 'latin1').match(/"[\w-]+\.cjs"(?=,\{"modified":)/g) ?? [];
      expect(files).toContain('"main.cjs"');
      return { status, files: files.filter((file) => /^"(?:deferred-|zod)/.test(file)).length };
    };
    const quickstart = new URL('../../../examples/quickstart/keywright.yaml', import.meta.url);
    expect(loadedFor(readFileSync(quickstart, 'utf8'))).toEqual({ status: 0, files: 0 });
    const services = `keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 } }
stacks:
  s: { environment: prod, keys: { k: { rotation: true, services: [{ name: s3, buckets: ["b-\${environment}"] }] } } }
`;
    expect(loadedFor(services)).toEqual({ status: 0, files: 0 });
    const { status, files } = loadedFor('keywright: 1\napp: demo\nstacks: { s: { kesy: {} } }\n');
    expect(status).toBe(1);
    expect(files).toBeGreaterThan(2);
  });

  it('reports wrong usage if its working directory no longer exists', () => {
    const script = `cd "$(mktemp -d)" && rmdir "$PWD" && "${process.execPath}" "${bin}" check; echo $?`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({
      stdout: '2\n',
      stderr: 'error: the working directory does not exist any more\n',
    });
  });

  it('exits with 2 for wrong usage, without a stack trace', () => {
    const { status, stderr } = keywright('biuld');
    expect(status).toBe(2);
    expect(stderr).toBe("error: unknown command 'biuld'\n(Did you mean build?)\n");
  });

  it('exits with the same code if the reader of its output goes away', () => {
    const broken = join(cwd, 'broken');
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, 'keywright.yaml'), `a: [${'!x 1,'.repeat(900)}]`);
    const piped = (argv: string, reader: string) =>
      spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" ${argv} | ${reader}; echo " \${PIPESTATUS[0]}"`], {
        encoding: 'utf8',
      });
    const schema = piped('schema', 'head -c 10');
    expect(schema.stderr).toBe('');
    expect(schema.stdout).toMatch(/^\{\n {2}"\$sche?.* 0\n$/);
    const check = piped(`check "${broken}"`, 'head -n 1');
    expect({ out: check.stdout, err: check.stderr }).toEqual({
      out: 'error[KW0012]: the tag `!x` is not allowed\n 1\n',
      err: '',
    });
  });

  it.runIf(existsSync('/dev/full'))('reports that its output could not be written', () => {
    const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" schema > /dev/full`], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'error: cannot print all of this: no space left on the device\n',
    });
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  it.runIf(hasPython)('prints all of a long output into a non-blocking pipe', () => {
    const script = `import os, subprocess, sys, time
reader, writer = os.pipe()
child = subprocess.Popen(sys.argv[1:], stdout=writer)
# Node makes it wait when it starts.
for _ in range(300):
    os.set_blocking(writer, False)
    time.sleep(0.01)
os.close(writer)
sys.stdout.buffer.write(os.fdopen(reader, 'rb').read())
sys.exit(child.wait())`;
    const argv = ['-c', script, process.execPath, bin, 'schema'];
    const { status, stdout, stderr } = spawnSync('python3', argv, { cwd, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(keywright('schema').stdout);
  });

  it('prints all of a long output before it ends', () => {
    expect(() => JSON.parse(keywright('schema').stdout)).not.toThrow();
  });

  it('exits with 0 when Ctrl-C ends --watch', async () => {
    const child = spawn(process.execPath, [bin, 'check', '--watch'], { cwd });
    const ended = new Promise((done) => child.on('exit', done));
    child.stderr.on('data', (text) => {
      if (String(text).includes('watching')) child.kill('SIGINT');
    });
    expect(await ended).toBe(0);
  });

  it('writes the same outputs wherever and whenever it runs', () => {
    const outputs = (env: Readonly<Record<string, string>>, from: string) => {
      const project = mkdtempSync(join(cwd, 'same-'));
      writeFileSync(join(project, 'keywright.yaml'), stacks(2, 'I\u0130\u0131i'));
      const options = {
        cwd: from === '.' ? project : from,
        env: { ...process.env, ...env },
        encoding: 'utf8',
      } as const;
      const { status, stderr } = spawnSync(process.execPath, [bin, 'build', from === '.' ? '.' : project], options);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return filesBelow(join(project, 'out'));
    };
    const here = outputs({}, '.');
    expect(Object.keys(here).length).toBeGreaterThan(8);
    expect(outputs({ LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' }, '/')).toEqual(here);
    expect(outputs({ LANG: 'C', LC_ALL: 'C', TZ: 'America/St_Johns' }, tmpdir())).toEqual(here);
  });

  it('can run twice at the same time', async () => {
    const project = mkdtempSync(join(cwd, 'beside-'));
    writeFileSync(join(project, 'keywright.yaml'), stacks(4, 'x'));
    const builds = Array.from({ length: 3 }, () => spawn(process.execPath, [bin, 'build'], { cwd: project }));
    expect(await Promise.all(builds.map((build) => new Promise((done) => build.on('exit', done))))).toEqual([0, 0, 0]);
    expect(readdirSync(join(project, 'out')).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(spawnSync(process.execPath, [bin, 'build', '--check'], { cwd: project }).status).toBe(0);
  });

  it('can be killed at any time, and the next run continues', async () => {
    const project = mkdtempSync(join(cwd, 'killed-'));
    const file = join(project, 'keywright.yaml');
    for (const [index, signal] of (['SIGINT', 'SIGKILL'] as const).entries()) {
      // A killed build may have recorded its stacks in the inventory, so the next project contains all of them.
      writeFileSync(file, stacks(4 + index, `v${index}`));
      const build = spawn(process.execPath, [bin, 'build'], { cwd: project });
      // Kills the build as soon as it begins to write. How far it gets depends on the machine.
      const killing = setInterval(() => {
        if (existsSync(join(project, 'out')) && readdirSync(join(project, 'out')).some((name) => name.startsWith('.')))
          build.kill(signal);
      }, 1);
      await new Promise((done) => build.on('exit', done));
      clearInterval(killing);
      writeFileSync(file, stacks(5 + index, `w${index}`));
      expect(spawnSync(process.execPath, [bin, 'build'], { cwd: project, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
      expect(spawnSync(process.execPath, [bin, 'build', '--check'], { cwd: project }).status).toBe(0);
      expect(readdirSync(join(project, 'out')).filter((name) => name.startsWith('.'))).toEqual([]);
    }
  });
});

function stacks(count: number, value: string): string {
  const all = Array.from(
    { length: count },
    (_, index) => `  s${index}:\n    tags: { v: "${value}" }\n    keys: { k: { aliases: [a${index}] } }\n`,
  );
  return `keywright: 1\napp: demo\nstacks:\n${all.join('')}`;
}

function filesBelow(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => [
      relative(folder, join(entry.parentPath, entry.name)),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  );
}
