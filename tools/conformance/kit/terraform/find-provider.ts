import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

export interface FoundProvider {
  /** The folder that has the program. */
  readonly folder: string;
  readonly version: string;
}

/** Folders that have no program of Terraform, or whose files are none. */
const leftOut = ['/proc', '/sys', '/dev'].flatMap((path) => ['-path', path, '-o']);

/**
 * The newest AWS provider for Terraform on this machine, wherever it lies: Terraform keeps plugins in folders that its
 * settings name. Undefined if there is none that runs.
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
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }, // it complains of folders that it may not read
  );
  const found = (stdout ?? '').split('\n').flatMap((path): readonly FoundProvider[] => {
    const [, version] = /^terraform-provider-aws_v(\d+\.\d+\.\d+)/.exec(basename(path)) ?? [];
    // One for another system does not say how it is to be used.
    return version !== undefined && spawnSync(path, ['-help']).error === undefined
      ? [{ folder: dirname(path), version }]
      : [];
  });
  return found.sort((one, other) => one.version.localeCompare(other.version, 'en', { numeric: true })).at(-1);
}
