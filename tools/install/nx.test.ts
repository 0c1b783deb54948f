import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  commit,
  keysFile,
  keysOf,
  plainNx,
  readableOutput,
  tasksIn,
  write,
  writeFleet,
} from '../../packages/nx/src/fleet.test-support.ts';
import { isUpstreamReachable, newPlace, publishAll } from './publish-all.ts';
import type { Registry } from './registry.ts';
import { createUser, succeeded, type User } from './user.ts';

const workspaceOfOurs = join(import.meta.dirname, '../..');
const place = newPlace();
const isReachable = await isUpstreamReachable();

describe.skipIf(!isReachable)('an Nx workspace of 200 projects, with the plugin from a registry', () => {
  let registry: Registry;
  let user: User;
  let folder: string;
  let folders: readonly string[];
  const nx = async (...args: readonly string[]) => {
    const ended = succeeded(await user.run(folder, 'npx', ['nx', ...args], plainNx));
    return { ...tasksIn(ended.stdout), stdout: ended.stdout };
  };
  const run = (...args: readonly string[]) => nx(...args, ...readableOutput);
  const tasks = (target: string, of: readonly string[]) => of.map((project) => `${project}:${target}`).sort();

  beforeAll(async () => {
    ({ registry } = await publishAll(place));
    user = createUser(join(place, 'nx'), process.execPath, registry.url);
    folder = join(user.home, 'fleet');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "fleet", "private": true }\n');
    // The version that the workspace has itself, so that nothing changes by itself.
    const { version } = JSON.parse(readFileSync(join(workspaceOfOurs, 'node_modules/nx/package.json'), 'utf8'));
    const packages = ['keywright', '@keywright/nx', `nx@${version}`];
    succeeded(await user.run(folder, 'npm', ['install', '--save-dev', ...packages]));
    folders = writeFleet(folder, 200);
    const { plugins: _, ...nxJson } = JSON.parse(readFileSync(join(folder, 'nx.json'), 'utf8'));
    write(folder, 'nx.json', JSON.stringify(nxJson));
    await nx('generate', '@keywright/nx:init', '--no-interactive');
    commit(folder);
  });
  afterAll(() => {
    registry?.close();
    rmSync(place, { recursive: true, force: true });
  });

  it('builds all of them once', async () => {
    expect(await run('run-many', '--targets=build')).toMatchObject({ ran: tasks('build', folders), cached: [] });
    expect(await run('run-many', '--targets=build')).toMatchObject({ ran: [], cached: tasks('build', folders) });
    commit(folder);
  });

  it('runs exactly the projects that include a file that changed', async () => {
    const team = 'areas/area-7/team-3';
    write(folder, keysFile(team), keysOf(team, 4));
    const { ran } = await run('affected', '--targets=check,build', '--uncommitted');
    const concerned = ['areas/area-7', team];
    expect(ran).toEqual([...tasks('build', concerned), ...tasks('check', concerned)].sort());
    const { cached, ran: again } = await run('run-many', '--targets=build');
    expect([cached.length, again]).toEqual([200, []]);
  });

  it('runs every project when the version of Keywright changes', async () => {
    commit(folder);
    const lockFile = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    const lock = JSON.parse(lockFile);
    lock.packages['node_modules/keywright'].version = '0.0.1';
    write(folder, 'package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`);
    const { stdout } = await nx('affected', '--targets=check', '--uncommitted', '--graph=stdout');
    expect(Object.keys(JSON.parse(stdout).tasks.tasks)).toHaveLength(200);
    write(folder, 'package-lock.json', lockFile);
  });

  it('gets new projects and keys from generators', async () => {
    await nx('generate', '@keywright/nx:init', 'teams/new', '--no-interactive');
    const key = ['invoices', '--project=teams/new', '--standard=sensitive', '--alias=invoices'];
    await nx('generate', '@keywright/nx:add-key', ...key, '--no-interactive');
    expect(readFileSync(join(folder, 'teams/new/keywright.yaml'), 'utf8')).toContain('      invoices:\n');
    expect(await run('run', 'teams/new:build')).toMatchObject({ ran: ['teams/new:build'] });
    expect(await run('run', 'teams/new:verify')).toMatchObject({ ran: ['teams/new:verify'] });
  });
});
