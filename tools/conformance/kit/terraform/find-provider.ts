import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

export interface FoundProvider {
  /** The folder that contains the program. */
  readonly folder: string;
  readonly version: string;
}

/** Folders that cannot contain a provider, or whose files are not real ones. */
const leftOut = ['/proc', '/sys', '/dev'].flatMap((path) => ['-path', path, '-o']);

/**
 * The newest AWS provider for Terraform on this machine, wherever it is: Terraform keeps plugins in folders that its settings name.
 * `undefined` if there is none that runs.
 */
export function findProvider(): FoundProvider | undefined {
  const { stdout } = spawnSync(
    'find',
    [
      '/',
      '(',
      ...leftOut,
      '-name',
      'node_modules',
      ')',
      '-prune',
      '-o',
      '-name',
      'terraform-provider-aws_v*',
      '-print',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }, // find complains about folders it may not read
  );
  const found = (stdout ?? '').split('\n').flatMap((path): readonly FoundProvider[] => {
    const [, version] = /^terraform-provider-aws_v(\d+\.\d+\.\d+)/.exec(basename(path)) ?? [];
    // A provider for another system does not print how to use it.
    return version !== undefined && spawnSync(path, ['-help']).error === undefined
      ? [{ folder: dirname(path), version }]
      : [];
  });
  return found.sort((one, other) => one.version.localeCompare(other.version, 'en', { numeric: true })).at(-1);
}
