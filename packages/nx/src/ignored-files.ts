import { spawnSync } from 'node:child_process';

/**
 * The given files that `.gitignore` or `.nxignore` excludes. Nx neither hashes nor watches such files. Paths are relative to the
 * workspace's root. Empty outside a Git repository.
 */
export function ignoredFiles(workspaceRoot: string, files: readonly string[]): ReadonlySet<string> {
  // `--no-index`: whether Git tracks a file makes no difference to Nx.
  const args = ['-c', 'core.excludesFile=.nxignore', 'check-ignore', '--no-index', '--stdin', '-z'];
  const { stdout } = spawnSync('git', args, { cwd: workspaceRoot, input: files.join('\0'), encoding: 'utf8' });
  return new Set((stdout ?? '').split('\0').filter((file) => file !== ''));
}
