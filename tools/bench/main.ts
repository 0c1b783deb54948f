/**
 * `npm run bench`: measures how long `check` and `build` of the installed package take as whole processes. It compares this with `node -e
 * 0`, with js-yaml's `load` of the same file, and with aws-cdk-lib making the same keys. The runs of all commands are interleaved and the
 * median of each command is taken, so that a busy moment of the machine does not affect just one of them. Only ratios within one run are
 * meaningful. Exits with 1 if a target is missed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogue as rules } from '@keywright/analyze/rules/rules';
import { fleetText } from './fleet.ts';
import { changedText, projectText } from './project.ts';

const cdk = resolve('tools/bench/cdk');
const jsYaml = import.meta.resolve('js-yaml');
const work = mkdtempSync(join(tmpdir(), 'keywright-bench-'));
// Installs the package where npm would, because the command caches compiled code only in `node_modules`.
const installed = join(work, 'node_modules/keywright');
for (const part of ['bin', 'bundle', 'package.json'])
  cpSync(resolve('packages/cli', part), join(installed, part), { recursive: true });
const cli = join(installed, 'bin/keywright.js');
const sizes = [10, 100, 1000, 10_000];

// Prints the maximum resident set of the process, in KiB, when the process ends.
const memoryHook = join(work, 'memory.mjs');
writeFileSync(
  memoryHook,
  `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)));\n`,
);

/** A command to measure, as arguments of `node`. */
interface Measured {
  readonly name: string;
  readonly args: readonly string[];
  /** The output folder, which is deleted before each run. */
  readonly out?: string;
  /** The expected exit code; absent if it is 0. */
  readonly exits?: number;
  readonly runs: number;
}

interface Result {
  readonly milliseconds: number[];
  mebibytes: number;
}

function run({ args, out, exits = 0 }: Measured): { readonly milliseconds: number; readonly mebibytes: number } {
  if (out !== undefined) rmSync(out, { recursive: true, force: true });
  const memoryFile = join(work, 'memory');
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--import', pathToFileURL(memoryHook).href, ...args], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_MEMORY: memoryFile },
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== exits) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return { milliseconds, mebibytes: Number(readFileSync(memoryFile, 'utf8')) / 1024 };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const quickstart = resolve('examples/quickstart');
const commands: Measured[] = [
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
  if (size === 10_000) {
    const changed = join(work, 'changed');
    mkdirSync(changed);
    writeFileSync(join(changed, 'keywright.yaml'), changedText(size));
    commands.push({ name: `diff ${size}`, args: [cli, 'diff', project, changed], exits: 1, runs });
  }
  if (size <= 1000)
    commands.push({
      name: `cdk ${size}`,
      args: [join(cdk, 'synthesise.mjs'), String(size), cdkOut],
      out: cdkOut,
      runs: 3,
    });
}

/** Measures 600 deployments of a stack, and one deployment of the same stack. */
const fleetOut = join(work, 'fleet-out');
for (const [name, text] of [
  ['fleet', fleetText(200)],
  ['one', fleetText(1, ['eu-west-1'])],
] as const) {
  const project = join(work, name);
  mkdirSync(project);
  writeFileSync(join(project, 'keywright.yaml'), text);
  const out = join(work, `${name}-out`);
  commands.push({ name: `build ${name}`, args: [cli, 'build', project, '--out', out], out, runs: 5 });
}
const fleetCdk = join(work, 'fleet-cdk');
commands.push({ name: 'cdk fleet', args: [join(cdk, 'fleet.mjs'), '200', fleetCdk], out: fleetCdk, runs: 1 });

const results = new Map(commands.map(({ name }): [string, Result] => [name, { milliseconds: [], mebibytes: 0 }]));
const resultOf = (name: string): Result => {
  const result = results.get(name);
  if (result === undefined) throw new Error(`${name} is not measured`);
  return result;
};
const rounds = Math.max(...commands.map(({ runs }) => runs));
for (let round = 0; round < rounds; round += 1) {
  for (const command of commands.filter(({ runs }) => round < runs)) {
    const { milliseconds, mebibytes } = run(command);
    const result = resultOf(command.name);
    result.milliseconds.push(milliseconds);
    result.mebibytes = Math.max(result.mebibytes, mebibytes);
  }
}
const fleetFiles = readdirSync(fleetOut, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const fleetBytes = fleetFiles.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
rmSync(work, { recursive: true, force: true });

const time = (name: string) => median(resultOf(name).milliseconds);
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

interface Bound {
  readonly name: string;
  readonly measured: number;
  readonly relation: 'at least' | 'at most';
  readonly bound: number;
}

const bounds: readonly Bound[] = [
  {
    name: 'aws-cdk-lib for 1,000 keys ÷ build of three targets for 1,000 keys',
    measured: time('cdk 1000') / time('build 1000'),
    relation: 'at least',
    bound: 20,
  },
  {
    name: 'build of 10,000 keys ÷ build of 1,000 keys',
    measured: time('build 10000') / time('build 1000'),
    relation: 'at most',
    bound: 11,
  },
  {
    name: 'peak memory of build of 10,000 keys, MiB',
    measured: resultOf('build 10000').mebibytes,
    relation: 'at most',
    bound: 512,
  },
  {
    name: 'diff of two projects of 10,000 keys ÷ check of one',
    measured: time('diff 10000') / time('check 10000'),
    relation: 'at most',
    bound: 2,
  },
  {
    name: 'check of 1,000 keys ÷ the same without rules',
    measured: time('check 1000') / time('check 1000 without rules'),
    relation: 'at most',
    bound: 1.5,
  },
  {
    name: 'check of the quickstart ÷ node -e 0',
    measured: time('check quickstart') / node,
    relation: 'at most',
    bound: 2,
  },
  {
    name: 'aws-cdk-lib for CloudFormation of 600 deployments ÷ build of three targets for them',
    measured: time('cdk fleet') / time('build fleet'),
    relation: 'at least',
    bound: 15,
  },
  {
    name: 'build of 600 deployments ÷ (twice that of one, and 1 ms for each further one)',
    measured: time('build fleet') / (2 * time('build one') + 599),
    relation: 'at most',
    bound: 1,
  },
  {
    name: 'peak memory of build of 600 deployments, MiB',
    measured: resultOf('build fleet').mebibytes,
    relation: 'at most',
    bound: 300,
  },
  { name: 'outputs of 600 deployments, MB', measured: fleetBytes / 1e6, relation: 'at most', bound: 3 },
  { name: 'outputs of 600 deployments, files', measured: fleetFiles.length, relation: 'at most', bound: 2500 },
];
console.log('\n| target | measured | to reach | |');
console.log('| --- | ---: | --- | --- |');
for (const { name, measured, relation, bound } of bounds) {
  const isReached = relation === 'at least' ? measured >= bound : measured <= bound;
  if (!isReached) process.exitCode = 1;
  console.log(`| ${name} | ${measured.toFixed(1)} | ${relation} ${bound} | ${isReached ? 'reached' : 'missed'} |`);
}
