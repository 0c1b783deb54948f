/**
 * Installs what the package-lock.json of a folder (`.` if none is named) asks for, unless it is there already. Runs before
 * anything is installed, so it uses nothing but Node. What was installed is remembered by a copy of the lock file's hash in
 * node_modules.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [folder = '.'] = process.argv.slice(2);
const stamp = `${folder}/node_modules/.keywright-lock`;
const wanted = createHash('sha256')
  .update(readFileSync(`${folder}/package-lock.json`))
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;

if (installed !== wanted) {
  console.log(`Installing the dependencies${folder === '.' ? '' : ` of ${folder}`} …`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is a .cmd file there
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}
