/**
 * `npm run quickstart`: builds Keywright, generates examples/payments for the three targets into out/quickstart, and shows the written
 * files.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const project = 'examples/payments';
const out = 'out/quickstart';

/** @type {(command: string, args: readonly string[]) => void} */
function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Runs a command, and shows its log only if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
function runQuietly(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}

console.log('Building the packages, which takes about a minute …');
runQuietly('npx', ['nx', 'run-many', '--target=build', '--output-style=static']);

rmSync(out, { recursive: true, force: true });
const command = ['packages/cli/bin/keywright.js', 'build', project, '--out', out];
console.log(`\n$ node ${command.join(' ')}\n`);
run(process.execPath, command);

const files = readdirSync(out, { recursive: true, withFileTypes: true, encoding: 'utf8' })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
  .sort();
console.log(`\n${project}/keywright.yaml became ${files.length} files:\n`);
for (const file of files) console.log(`  ${file}  (${readFileSync(file, 'utf8').split('\n').length - 1} lines)`);

for (const suffix of ['.template.yaml', 'main.tf', 'index.ts']) {
  const file = files.find((name) => name.endsWith(suffix));
  if (file === undefined) continue;
  console.log(`\n── ${file}, the first lines ${'─'.repeat(Math.max(0, 60 - file.length))}\n`);
  console.log(readFileSync(file, 'utf8').split('\n').slice(0, 28).join('\n'));
}
console.log(`\nNext: read ${project}/keywright.yaml, change it, and run the command above again.`);
