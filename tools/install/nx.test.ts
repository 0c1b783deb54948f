import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
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
} from '../../packages/nx/src/fleet.test-support.ts';
import { isUpstreamReachable, newFolder, publishAll } from './publish-all.ts';
import type { Registry } from './registry.ts';
import { createUser, succeeded, type User } from './user.ts';

const workspaceOfOurs = join(import.meta.dirname, '../..');
const temporary = newFolder();
const isReachable = await isUpstreamReachable();

describe.skipIf(!isReachable)('an Nx workspace of 60 projects, with the plugin from a registry', () => {
  let registry: Registry;
  let user: User;
  let folder: string;
  let folders: readonly string[];
  let cache: CacheServer;
  const nxIn = async (workspace: string, ...args: readonly string[]) => {
    const env = { ...plainNx, NX_SELF_HOSTED_REMOTE_CACHE_SERVER: cache.url };
    forgetLastRun(workspace);
    const ended = succeeded(await user.run(workspace, 'npx', ['nx', ...args], env));
    return { ...tasksDone(workspace), stdout: ended.stdout };
  };
  const nx = (...args: readonly string[]) => nxIn(folder, ...args);
  const run = (...args: readonly string[]) => nx(...args, ...readableOutput);
  const tasks = (target: string, of: readonly string[]) => of.map((project) => `${project}:${target}`).sort();

  beforeAll(async () => {
    ({ registry } = await publishAll(temporary));
    cache = await startCacheServer();
    user = createUser(join(temporary, 'nx'), process.execPath, registry.url);
    folder = join(user.home, 'fleet');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "fleet", "private": true }\n');
    // The version of Nx in this workspace, so that the test does not change with every release of Nx.
    const { version } = JSON.parse(readFileSync(join(workspaceOfOurs, 'node_modules/nx/package.json'), 'utf8'));
    const packages = ['keywright', '@keywright/nx', `nx@${version}`];
    succeeded(await user.run(folder, 'npm', ['install', '--save-dev', ...packages]));
    folders = writeFleet(folder, 60);
    const { plugins: _, ...nxJson } = JSON.parse(readFileSync(join(folder, 'nx.json'), 'utf8'));
    write(folder, 'nx.json', JSON.stringify(nxJson));
    await nx('generate', '@keywright/nx:init', '--no-interactive');
    commit(folder);
  });
  afterAll(() => {
    registry?.close();
    cache?.close();
    rmSync(temporary, { recursive: true, force: true });
  });

  it('builds every project once', async () => {
    expect(await run('run-many', '--targets=build')).toMatchObject({ ran: tasks('build', folders), cached: [] });
    expect(await run('run-many', '--targets=build')).toMatchObject({ ran: [], cached: tasks('build', folders) });
    commit(folder);
  });

  it('builds exactly the projects that include a changed file', async () => {
    const team = 'areas/area-4/team-3';
    write(folder, keysFile(team), keysOf(team, 4));
    const { ran } = await run('affected', '--targets=check,build', '--uncommitted');
    const concerned = ['areas/area-4', team];
    expect(ran).toEqual([...tasks('build', concerned), ...tasks('check', concerned)].sort());
    const { cached, ran: again } = await run('run-many', '--targets=build');
    expect([cached.length, again]).toEqual([60, []]);
  });

  it('builds every project if the version of Keywright changes', async () => {
    commit(folder);
    const lockFile = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    const lock = JSON.parse(lockFile);
    lock.packages['node_modules/keywright'].version = '0.0.1';
    write(folder, 'package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`);
    const { stdout } = await nx('affected', '--targets=check', '--uncommitted', '--graph=stdout');
    expect(Object.keys(JSON.parse(stdout).tasks.tasks)).toHaveLength(60);
    write(folder, 'package-lock.json', lockFile);
  });

  it('uses a remote cache that another machine has filled', async () => {
    const other = join(user.home, 'another/place');
    writeFleet(other, 60);
    symlinkSync(join(folder, 'node_modules'), join(other, 'node_modules'));
    for (const file of ['package.json', 'package-lock.json', 'nx.json'])
      write(other, file, readFileSync(join(folder, file), 'utf8'));
    commit(other);
    const { ran, fromRemoteCache } = await nxIn(other, 'run-many', '--targets=build', ...readableOutput);
    expect([ran, fromRemoteCache.length]).toEqual([[], 60]);
    const file = 'areas/area-5/team-9/out/terraform/team-9/main.tf';
    expect(readFileSync(join(other, file), 'utf8')).toBe(readFileSync(join(folder, file), 'utf8'));
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

interface CacheServer {
  readonly url: string;
  close(): void;
}

/** Starts a remote cache with Nx's protocol on this machine: `PUT` and `GET` of `/v1/cache/<hash>`. */
async function startCacheServer(): Promise<CacheServer> {
  const stored = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'PUT') stored.set(path, Buffer.concat(chunks));
      const content = stored.get(path);
      response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' });
      response.end(request.method === 'GET' ? content : undefined);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // The address of a server that listens on a port is an `AddressInfo`.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
