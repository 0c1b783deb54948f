/** Runs the oracles for `npm run conformance`, which has installed the packages that they need. Everything after `--` goes to main.ts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;

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
