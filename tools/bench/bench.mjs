/**
 * `npm run bench`: how long `check` and `build` take as whole processes, against bare `node -e 0`, js-yaml's `load` of the same
 * file, and aws-cdk-lib making the same keys, in one run. Runs of all commands are interleaved and the median of each
 * is taken, so that a busy moment of the machine does not fall on one of them. Only ratios of one run mean anything.
 * Exits with 1 when a target is missed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogue as rules } from '@keywright/analyze/rules/rules';
import { projectText } from './project.mjs';

const cli = resolve('packages/cli/bin/keywright.js');
const cdk = resolve('tools/bench/cdk');
const jsYaml = import.meta.resolve('js-yaml');
const work = mkdtempSync(join(tmpdir(), 'keywright-bench-'));
const sizes = [10, 100, 1000, 10_000];

// Prints the largest resident set of the process, in KiB, when it ends.
const memoryHook = join(work, 'memory.mjs');
writeFileSync(
  memoryHook,
  `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)));\n`,
);

function run(args, out) {
  if (out !== undefined) rmSync(out, { recursive: true, force: true });
  const memoryFile = join(work, 'memory');
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--import', pathToFileURL(memoryHook).href, ...args], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_MEMORY: memoryFile },
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return { milliseconds, mebibytes: Number(readFileSync(memoryFile, 'utf8')) / 1024 };
}

function install() {
  if (existsSync(join(cdk, 'node_modules/aws-cdk-lib'))) return;
  console.log('Installing aws-cdk-lib into tools/bench/cdk …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: cdk,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(1);
}

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

install();
const quickstart = resolve('examples/quickstart');
const commands = [
  { name: 'node -e 0', args: ['-e', '0'], runs: 9 },
  { name: 'check quickstart', args: [cli, 'check', quickstart], runs: 9 },
];
for (const size of sizes) {
  const project = join(work, `project${size}`);
  mkdirSync(project);
  const file = join(project, 'keywright.yaml');
  writeFileSync(file, projectText(size));
  const out = join(work, `out${size}`);
  const cdkOut = join(work, `cdk${size}`);
  const load = `import { readFileSync } from 'node:fs'; import { load } from '${jsYaml}'; load(readFileSync(${JSON.stringify(file)}, 'utf8'));`;
  const runs = size >= 10_000 ? 3 : 5;
  commands.push({ name: `load ${size}`, args: ['--input-type=module', '-e', load], runs });
  commands.push({ name: `check ${size}`, args: [cli, 'check', project], runs });
  if (size === 1000) {
    const without = join(work, 'without-rules');
    mkdirSync(without);
    const off = rules.map(({ code }) => `  ${code}: off\n`).join('');
    writeFileSync(join(without, 'keywright.yaml'), `${projectText(size)}rules:\n${off}`);
    commands.push({ name: `check ${size} without rules`, args: [cli, 'check', without], runs: 9 });
  }
  commands.push({ name: `build ${size}`, args: [cli, 'build', project, '--out', out], out, runs });
  if (size <= 1000)
    commands.push({
      name: `cdk ${size}`,
      args: [join(cdk, 'synthesise.mjs'), String(size), cdkOut],
      out: cdkOut,
      runs: 3,
    });
}

const results = new Map(commands.map(({ name }) => [name, { milliseconds: [], mebibytes: 0 }]));
const rounds = Math.max(...commands.map(({ runs }) => runs));
for (let round = 0; round < rounds; round += 1) {
  for (const { name, args, out, runs } of commands) {
    if (round >= runs) continue;
    const { milliseconds, mebibytes } = run(args, out);
    const result = results.get(name);
    result.milliseconds.push(milliseconds);
    result.mebibytes = Math.max(result.mebibytes, mebibytes);
  }
}
rmSync(work, { recursive: true, force: true });

const time = (name) => median(results.get(name).milliseconds);
const node = time('node -e 0');
console.log('\n| command | median ms | × node -e 0 | × load | peak MiB |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const [name, { mebibytes }] of results) {
  const size = Number(name.split(' ')[1]);
  const load = Number.isNaN(size) || name === 'node -e 0' ? '' : (time(name) / time(`load ${size}`)).toFixed(1);
  console.log(
    `| ${name} | ${time(name).toFixed(0)} | ${(time(name) / node).toFixed(1)} | ${load} | ${mebibytes.toFixed(0)} |`,
  );
}

const targets = [
  [
    'aws-cdk-lib for 1,000 keys ÷ build of three targets for 1,000 keys',
    time('cdk 1000') / time('build 1000'),
    'at least',
    20,
  ],
  ['build of 10,000 keys ÷ build of 1,000 keys', time('build 10000') / time('build 1000'), 'at most', 11],
  ['peak memory of build of 10,000 keys, MiB', results.get('build 10000').mebibytes, 'at most', 512],
  [
    'check of 1,000 keys ÷ the same without rules',
    time('check 1000') / time('check 1000 without rules'),
    'at most',
    1.5,
  ],
  ['check of the quickstart ÷ node -e 0', time('check quickstart') / node, 'at most', 4],
];
console.log('\n| target | measured | to reach | |');
console.log('| --- | ---: | --- | --- |');
for (const [name, value, relation, bound] of targets) {
  const reached = relation === 'at least' ? value >= bound : value <= bound;
  if (!reached) process.exitCode = 1;
  console.log(`| ${name} | ${value.toFixed(1)} | ${relation} ${bound} | ${reached ? 'reached' : 'missed'} |`);
}
