import { spawnSync } from 'node:child_process';

/**
 * Returns those of the given files that `.gitignore` or `.nxignore` excludes. Nx neither hashes nor watches these. Paths are relative to
 * the workspace's root. Empty outside a Git repository.
 */
export function ignoredFiles(workspaceRoot: string, files: readonly string[]): ReadonlySet<string> {
  // `--no-index`, because for Nx it makes no difference whether Git tracks a file.
  const args = ['-c', 'core.excludesFile=.nxignore', 'check-ignore', '--no-index', '--stdin', '-z'];
  const { stdout } = spawnSync('git', args, { cwd: workspaceRoot, input: files.join('\0'), encoding: 'utf8' });
  return new Set((stdout ?? '').split('\0').filter((file) => file !== ''));
}
