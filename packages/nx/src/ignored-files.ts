import { spawnSync } from 'node:child_process';

/**
 * The files, relative to the workspace's root, that `.gitignore` or `.nxignore` excludes: Nx neither hashes nor watches
 * them. Empty outside a Git repository.
 */
export function ignoredFiles(workspaceRoot: string, files: readonly string[]): ReadonlySet<string> {
  // Tracked or not: Nx uses the rules alone.
  const args = ['-c', 'core.excludesFile=.nxignore', 'check-ignore', '--no-index', '--stdin', '-z'];
  const { stdout } = spawnSync('git', args, { cwd: workspaceRoot, input: files.join('\0'), encoding: 'utf8' });
  return new Set((stdout ?? '').split('\0').filter((file) => file !== ''));
}
