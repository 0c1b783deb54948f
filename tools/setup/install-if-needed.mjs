/**
 * Installs the packages in the package-lock.json of each named folder (by default `.`), unless they are installed already. Runs before
 * anything is installed, so it uses nothing but Node. A hash of the lock file, in node_modules, records what was installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const folders = process.argv.slice(2);
for (const folder of folders.length > 0 ? folders : ['.']) {
  const stamp = `${folder}/node_modules/.keywright-lock`;
  const wanted = createHash('sha256')
    .update(readFileSync(`${folder}/package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
  console.log(`Installing the dependencies${folder === '.' ? '' : ` of ${folder}`} …`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is a .cmd file there
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}
