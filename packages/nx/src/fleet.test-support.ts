/**
 * Creates a workspace with many projects, like that of a team with a fleet of keys, and with Nx installed. tools/install uses this file
 * too.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a fleet into a folder, in areas of ten projects each. An area is a project that includes the keys of its nine teams. Each team is
 * also a separate project, with the same file, so a change of that file affects two projects. Returns the folders of all projects, sorted.
 */
export function writeFleet(workspace: string, projects: number): readonly string[] {
  const folders = Array.from({ length: projects }, (_, at) => {
    const area = `areas/area-${Math.floor(at / 10)}`;
    return at % 10 === 0 ? area : `${area}/team-${at % 10}`;
  });
  for (const [at, folder] of folders.entries()) {
    const include = folder.includes('team') ? 'keys.yaml' : '*/keys.yaml';
    const environments = "environments: { prod: { account: '111122223333', region: eu-west-1 } }";
    write(
      workspace,
      `${folder}/keywright.yaml`,
      `keywright: 1\napp: app-${at}\n${environments}\ninclude: ['${include}']\n`,
    );
    if (folder.includes('team')) write(workspace, keysFile(folder), keysOf(folder, 3));
  }
  write(workspace, '.gitignore', 'node_modules\n.nx\n');
  const nxJson = { analytics: false, neverConnectToCloud: true, defaultBase: 'main', plugins: ['@keywright/nx'] };
  write(workspace, 'nx.json', JSON.stringify(nxJson));
  return folders.sort();
}

/** Returns the file with the keys of a team, which its area includes as well. */
export function keysFile(folder: string): string {
  return `${folder}/keys.yaml`;
}

/** Returns the YAML of a stack of some keys, each with an alias and a role that can use it. */
export function keysOf(folder: string, count: number): string {
  const stack = folder.split('/').at(-1);
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `      key-${at}: { rotation: true, aliases: [${stack}/key-${at}], grants: [{ to: app, can: encryptDecrypt }] }\n`,
  );
  const principals = 'principals: { app: { role: { assumedBy: lambda.amazonaws.com } } }';
  return `stacks:\n  ${stack}:\n    environment: prod\n    ${principals}\n    keys:\n${lines.join('')}`;
}

export function write(workspace: string, path: string, text: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), text);
}

export function commit(workspace: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: workspace });
  if (!existsSync(join(workspace, '.git'))) git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'All');
}

/** The tasks that Nx ran, that it took from any cache, and that it took from a remote cache. Each list is sorted. */
export interface TasksDone {
  readonly ran: readonly string[];
  readonly cached: readonly string[];
  readonly fromRemoteCache: readonly string[];
}

/** Makes Nx print the whole output of every task, and run two tasks at a time. */
export const readableOutput = ['--output-style=static', '--parallel=2'];

/** Without the daemon, because it would outlive the test; without colours; with a cache in the workspace instead of the user's cache. */
export const plainNx = {
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_CACHE_DIRECTORY: '.nx/cache',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

/** The file where Nx records the last run. The output that Nx prints is no substitute: on a busy machine, it lacked some tasks. */
const recordOfLastRun = (workspace: string) => join(workspace, plainNx.NX_CACHE_DIRECTORY, 'run.json');

/** Deletes the record of the last run, so that `tasksDone` cannot return an earlier run's tasks. */
export function forgetLastRun(workspace: string): void {
  rmSync(recordOfLastRun(workspace), { force: true });
}

/** Returns the tasks of the last run in a workspace; none for a run without tasks, such as a generator's. */
export function tasksDone(workspace: string): TasksDone {
  const file = recordOfLastRun(workspace);
  const tasks: readonly { readonly taskId: string; readonly cacheStatus: string }[] = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).tasks
    : [];
  const ended = (...statuses: readonly string[]) =>
    tasks.flatMap(({ taskId, cacheStatus }) => (statuses.includes(cacheStatus) ? [taskId] : [])).sort();
  return {
    ran: ended('cache-miss'),
    cached: ended('local-cache-hit', 'remote-cache-hit'),
    fromRemoteCache: ended('remote-cache-hit'),
  };
}
