import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// These run the command as users do, built. `npm test` builds first; run alone, without a build, they are left out.
const bin = fileURLToPath(new URL('../bin/keywright.js', import.meta.url));
const isBuilt = existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)));

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-process-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function keywright(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.skipIf(!isBuilt)('the process', () => {
  it('goes from nothing to outputs', () => {
    expect(keywright('init').status).toBe(0);
    expect(keywright('check')).toEqual({ status: 0, stdout: 'no problems\n', stderr: '' });
    expect(keywright('build')).toMatchObject({ status: 0, stderr: '' });
    expect(keywright('build', '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('ends with 2 for wrong usage, without a stack', () => {
    const { status, stderr } = keywright('biuld');
    expect(status).toBe(2);
    expect(stderr).toBe("error: unknown command 'biuld'\n(Did you mean build?)\n");
  });

  it('lets its reader go away', () => {
    const script = `"${process.execPath}" "${bin}" schema | head -c 10; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\{\n {2}"\$sche?.* 0\n$/);
  });

  it('prints all of a long output before it ends', () => {
    expect(() => JSON.parse(keywright('schema').stdout)).not.toThrow();
  });

  it('ends watching on Ctrl-C with 0', async () => {
    const child = spawn(process.execPath, [bin, 'check', '--watch'], { cwd });
    const ended = new Promise((done) => child.on('exit', done));
    child.stderr.on('data', (text) => {
      if (String(text).includes('watching')) child.kill('SIGINT');
    });
    expect(await ended).toBe(0);
  });
});
