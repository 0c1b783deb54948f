/**
 * `npm run conformance`: installs what the oracles need, builds nothing (the npm script has), and runs them. Everything after
 * `--` goes to main.ts.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;

function install(folder) {
  const stamp = join(folder, 'node_modules/.keywright-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`Installing what ${folder.slice(here.length + 1) || 'the oracles'} need …`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is a .cmd file there
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}

install(here);
install(join(here, 'legacy'));
const loader = pathToFileURL(join(here, 'node_modules/tsx/dist/loader.mjs')).href;
const { status } = spawnSync(process.execPath, ['--import', loader, join(here, 'main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
  },
});
process.exit(status ?? 1);
