import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

export interface FoundProvider {
  readonly program: string;
  /** The folder of the provider's program. */
  readonly folder: string;
  readonly version: string;
}

/** Folders that cannot contain a provider, or whose files are not real files. */
const leftOut = ['/proc', '/sys', '/dev'].flatMap((path) => ['-path', path, '-o']);

/** Cached, because the search goes through the whole disk. */
let found: { readonly provider: FoundProvider | undefined } | undefined;

/** Says why the AWS provider cannot be used; `undefined` if it can. */
export function providerMissing(): string | undefined {
  found ??= { provider: findProvider() };
  return found.provider === undefined ? 'no AWS provider for Terraform is on this machine' : undefined;
}

/** Returns the AWS provider. Throws if there is none. */
export function awsProvider(): FoundProvider {
  const missing = providerMissing();
  if (found?.provider === undefined) throw new Error(missing);
  return found.provider;
}

/** Returns the text of a settings file that makes Terraform use a provider without `init`, whichever version a module requires. */
export function settingsWith({ folder }: FoundProvider): string {
  return `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(folder)}\n  }\n  direct {}\n}\n`;
}

/**
 * Finds the newest AWS provider for Terraform on this machine that runs. Looks in every folder, because Terraform's settings can name any
 * folder for plugins.
 */
function findProvider(): FoundProvider | undefined {
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
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }, // find reports folders that it may not read
  );
  const found = (stdout ?? '').split('\n').flatMap((path): readonly FoundProvider[] => {
    const [, version] = /^terraform-provider-aws_v(\d+\.\d+\.\d+)/.exec(basename(path)) ?? [];
    // Starts the program, because a provider for another system cannot print its usage.
    return version !== undefined && spawnSync(path, ['-help']).error === undefined
      ? [{ program: path, folder: dirname(path), version }]
      : [];
  });
  return found.sort((one, other) => one.version.localeCompare(other.version, 'en', { numeric: true })).at(-1);
}
