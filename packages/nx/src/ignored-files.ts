import { spawnSync } from 'node:child_process';

/**
 * Which of some files, from the root of a workspace, `.gitignore` or `.nxignore` leaves out. Nx neither hashes nor watches these. None
 * where Git does not know the workspace.
 */
export function ignoredFiles(workspaceRoot: string, files: readonly string[]): ReadonlySet<string> {
  // Tracked or not: Nx goes by the rules alone.
  const args = ['-c', 'core.excludesFile=.nxignore', 'check-ignore', '--no-index', '--stdin', '-z'];
  const { stdout } = spawnSync('git', args, { cwd: workspaceRoot, input: files.join('\0'), encoding: 'utf8' });
  return new Set((stdout ?? '').split('\0').filter((file) => file !== ''));
}
