import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  commit,
  forgetLastRun,
  keysFile,
  keysOf,
  plainNx,
  readableOutput,
  tasksDone,
  write,
  writeFleet,
} from './fleet.test-support.ts';
import { digestOfOutputs, outputPatterns } from './last-build.ts';

const packages = join(import.meta.dirname, '../..');
const nxFile = join(packages, '../node_modules/nx/dist/bin/nx.js');

/** A workspace with the built packages of this repository. */
function newWorkspace(): string {
  const workspace = mkdtempSync(join(tmpdir(), 'keywright-fleet-'));
  mkdirSync(join(workspace, 'node_modules/@keywright'), { recursive: true });
  mkdirSync(join(workspace, 'node_modules/.bin'));
  symlinkSync(join(packages, 'nx'), join(workspace, 'node_modules/@keywright/nx'));
  symlinkSync(join(packages, 'cli'), join(workspace, 'node_modules/keywright'));
  for (const name of ['nx', '@nx'])
    symlinkSync(join(packages, '../node_modules', name), join(workspace, 'node_modules', name));
  symlinkSync('../keywright/bin/keywright.js', join(workspace, 'node_modules/.bin/keywright'));
  symlinkSync('../@keywright/nx/bin/keywright-nx.js', join(workspace, 'node_modules/.bin/keywright-nx'));
  write(workspace, 'package.json', '{ "name": "fleet", "private": true }\n');
  return workspace;
}

function runNx(workspace: string, ...args: readonly string[]) {
  // The test may itself run as a task of Nx. Nx's variables then describe another workspace.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NX_|CI$)/.test(name)));
  forgetLastRun(workspace);
  const { status, stdout, stderr } = spawnSync(process.execPath, [nxFile, ...args, ...readableOutput], {
    cwd: workspace,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    env: { ...environment, ...plainNx },
  });
  return { status, ...tasksDone(workspace), output: stdout + stderr };
}

describe('a workspace of twelve projects', { timeout: 300_000 }, () => {
  let workspace: string;
  let folders: readonly string[];
  const nx = (...args: readonly string[]) => runNx(workspace, ...args);
  const tasks = (target: string, of: readonly string[]) => of.map((folder) => `${folder}:${target}`).sort();
  const team = 'areas/area-0/team-3';

  beforeAll(() => {
    workspace = newWorkspace();
    folders = writeFleet(workspace, 12);
    commit(workspace);
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it('builds every project, and none the second time', () => {
    const first = nx('run-many', '--targets=build');
    expect(first).toMatchObject({ status: 0, ran: tasks('build', folders), cached: [] });
    const second = nx('run-many', '--targets=build');
    expect(second).toMatchObject({ status: 0, ran: [], cached: tasks('build', folders) });
    expect(nx('run-many', '--targets=verify')).toMatchObject({ status: 0, ran: tasks('verify', folders) });
    commit(workspace);
  });

  it('builds exactly the projects that include a changed file', () => {
    write(workspace, keysFile(team), keysOf(team, 4));
    const concerned = ['areas/area-0', team];
    const affected = nx('affected', '--targets=build', '--uncommitted', '--graph=stdout');
    expect(Object.keys(JSON.parse(affected.output).tasks.tasks).sort()).toEqual(tasks('build', concerned));
    expect(nx('run-many', '--targets=build')).toMatchObject({ status: 0, ran: tasks('build', concerned) });
    expect(nx('run-many', '--targets=build')).toMatchObject({ status: 0, ran: [] });
    expect(readFileSync(join(workspace, team, 'out/terraform/team-3/main.tf'), 'utf8')).toContain('key-3');
  });

  it('restores the files of a build, and nothing else beside them', () => {
    const out = join(workspace, team, 'out');
    const built = digestOfOutputs(out);
    // Restores the outputs that the build with the new key started from.
    execFileSync('git', ['checkout', '--quiet', '--', `${team}/out`], { cwd: workspace });
    expect(digestOfOutputs(out)).not.toBe(built);
    write(workspace, `${team}/out/terraform/team-3/terraform.tfstate`, 'state');
    expect(nx('run', `${team}:build`)).toMatchObject({ status: 0, ran: [], cached: [`${team}:build`] });
    expect(digestOfOutputs(out)).toBe(built);
    expect(readFileSync(join(out, 'terraform/team-3/terraform.tfstate'), 'utf8')).toBe('state');
  });

  it('builds again if the cached build of these sources started from other outputs', () => {
    // The sources are those of the first build again, but its cached outputs lack the key that was added since.
    write(workspace, keysFile(team), keysOf(team, 3));
    const { status, ran, output } = nx('run', `${team}:build`);
    expect({ status, ran }).toEqual({ status: 1, ran: [`${team}:build`] });
    expect(output).toContain('the key `key-3` of stack `team-3` has disappeared since the last build');
    write(workspace, keysFile(team), keysOf(team, 4));
    expect(nx('run', `${team}:build`)).toMatchObject({ status: 0, ran: [] });
  });

  it('verifies again after an edit', () => {
    const verify = ['run', `${team}:verify`];
    expect(nx(...verify)).toMatchObject({ status: 0, ran: [`${team}:verify`] });
    expect(nx(...verify)).toMatchObject({ status: 0, ran: [] });
    const file = `${team}/out/terraform/team-3/main.tf`;
    const text = readFileSync(join(workspace, file), 'utf8');
    write(workspace, file, `${text}# edited\n`);
    expect(nx(...verify)).toMatchObject({ status: 1, ran: [`${team}:verify`] });
    write(workspace, file, text);
  });

  it('checks again if the last build had other keys', () => {
    const check = ['run', `${team}:check`];
    expect(nx(...check)).toMatchObject({ status: 0, ran: [`${team}:check`] });
    const file = `${team}/out/keywright.inventory.json`;
    const text = readFileSync(join(workspace, file), 'utf8');
    write(workspace, file, text.replaceAll('key-3', 'key-x'));
    const { status, ran, output } = nx(...check);
    expect({ status, ran }).toEqual({ status: 1, ran: [`${team}:check`] });
    expect(output).toContain('key-x');
    write(workspace, file, text);
    expect(nx(...check)).toMatchObject({ status: 0, ran: [] });
  });

  it('counts every file of a build among its outputs, including JSON and moves between stacks', () => {
    const stack = (name: string, body: string) => `  ${name}: { environment: prod, ${body} }\n`;
    const key = 'keys: { k: { rotation: true } }';
    const project = (stacks: string) =>
      `keywright: 1\napp: moves\nenvironments: { prod: { account: '111122223333', region: eu-west-1 } }\ntargets: { cfn: { format: json } }\nstacks:\n${stacks}`;
    const other = 'keys: { other: { rotation: true } }';
    write(workspace, 'moves/keywright.yaml', project(stack('one', key) + stack('two', other)));
    expect(nx('run', 'moves:build').status).toBe(0);
    const two = `keys: { k: { rotation: true }, other: { rotation: true } }, moved: [{ from: one.k, to: k }]`;
    write(workspace, 'moves/keywright.yaml', project(stack('two', two)));
    expect(nx('run', 'moves:build')).toMatchObject({ status: 0, ran: ['moves:build'] });
    const manifest = readFileSync(join(workspace, 'moves/out/keywright.manifest.json'), 'utf8');
    const files = Object.keys(JSON.parse(manifest).files);
    expect(files).toContain('cfn/refactor-one-to-two.json');
    expect(files).toContain('cfn/two.template.json');
    expect(files.filter((file) => !outputPatterns.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
  });
});
