/**
 * `npm run release -- 0.2.0`: reports what a release of that version would change, and whether it can be made. With `--write`, makes the
 * release: the version, CHANGELOG, generated files, a commit, main's gate, the packages in out/release, and a tag. Nothing leaves this
 * machine; docs/releasing.md says how to publish a release.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { makePackages } from './make-packages.ts';
import { asPublished, changelogAt, manifestAt, obstacles, pinnedAt, pinning } from './plan.ts';

const words = process.argv.slice(2);
const [version = ''] = words.filter((word) => !word.startsWith('--'));
const isWritten = words.includes('--write');
const steps: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>?])[] = [
  ['npm', ['install', '--package-lock-only', '--no-audit', '--no-fund']],
  ['npx', ['nx', 'run-many', '--target=build']],
  // The outputs of examples contain the version that made them.
  [
    'npx',
    ['vitest', 'run', '--config', '../../vitest.config.ts', '--root', 'packages/cli', 'src/examples.test.ts'],
    { UPDATE: '1' },
  ],
  ['npm', ['run', 'docs']],
  ['git', ['commit', '--all', '--message', `Release ${version}`]],
  ['bash', ['.ci/run']],
];

const git = (...args: readonly string[]) => execFileSync('git', args, { encoding: 'utf8' }).trimEnd();
const manifests = new Map(
  readdirSync('packages').map((name) => {
    const path = `packages/${name}/package.json`;
    return [path, readFileSync(path, 'utf8')];
  }),
);
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const found = obstacles({
  version,
  manifests,
  changelog,
  status: git('status', '--porcelain'),
  branch: git('branch', '--show-current'),
  tags: git('tag').split('\n'),
});
for (const obstacle of found) console.error(obstacle);
if (found.length > 0) process.exit(1);

const today = new Date().toISOString().slice(0, 10);
console.log(
  `${isWritten ? 'releasing' : 'a release of'} ${version} (${today}): ${[...manifests.keys()].join(', ')}, ${pinning.join(', ')}, CHANGELOG.md`,
);
for (const [program, args] of steps) if (!isWritten) console.log(`would run: ${[program, ...args].join(' ')}`);
if (!isWritten) {
  console.log(`would make the packages in out/release and the tag v${version}; --write does all of it`);
  process.exit(0);
}

for (const [path, text] of manifests) writeFileSync(path, manifestAt(version, text));
for (const path of pinning)
  writeFileSync(path, asPublished(pinnedAt(version, currentVersion(), readFileSync(path, 'utf8'))));
writeFileSync('CHANGELOG.md', changelogAt(version, today, changelog));
for (const [program, args, env] of steps) run(program, args, env);
rmSync('out/release', { recursive: true, force: true });
mkdirSync('out/release', { recursive: true });
const made = makePackages('out/packages');
for (const { folder } of made) run('npm', ['pack', '--pack-destination', 'out/release', `./${folder}`]);
run('git', ['tag', '--annotate', `v${version}`, '--message', `Release ${version}`]);
console.log(`tagged v${version}; these commands publish it, see docs/releasing.md:`);
for (const command of ['git push --follow-tags', ...made.map(({ folder }) => `npm publish ./${folder}`)])
  console.log(`  ${command}`);

function currentVersion(): string {
  return JSON.parse(manifests.get('packages/cli/package.json') ?? '').version;
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  console.log(`$ ${[program, ...args].join(' ')}`);
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status === 0) return;
  console.error(`${program} ended with ${status}: nothing is tagged; what was changed is in the checkout`);
  process.exit(1);
}
