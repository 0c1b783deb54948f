import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

export interface FoundProvider {
  readonly program: string;
  /** The folder that contains the program. */
  readonly folder: string;
  readonly version: string;
}

/** Folders that cannot contain a provider, or whose files are not real files. */
const leftOut = ['/proc', '/sys', '/dev'].flatMap((path) => ['-path', path, '-o']);

/** Cached, because the search goes through the whole disk. */
let found: { readonly provider: FoundProvider | undefined } | undefined;

/** Why the AWS provider cannot be used; `undefined` if it can. */
export function providerMissing(): string | undefined {
  found ??= { provider: findProvider() };
  return found.provider === undefined ? 'no AWS provider for Terraform is on this machine' : undefined;
}

/** Throws if there is no provider. */
export function awsProvider(): FoundProvider {
  const missing = providerMissing();
  if (found?.provider === undefined) throw new Error(missing);
  return found.provider;
}

/** The text of a settings file. With it, Terraform uses a provider without `init`, whichever version a module requires. */
export function settingsWith({ folder }: FoundProvider): string {
  return `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(folder)}\n  }\n  direct {}\n}\n`;
}

/** The newest AWS provider for Terraform on this machine that runs, in any folder: Terraform's settings can name any folder for plugins. */
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
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }, // find complains about folders it may not read
  );
  const found = (stdout ?? '').split('\n').flatMap((path): readonly FoundProvider[] => {
    const [, version] = /^terraform-provider-aws_v(\d+\.\d+\.\d+)/.exec(basename(path)) ?? [];
    // A provider for another system cannot print how to use it.
    return version !== undefined && spawnSync(path, ['-help']).error === undefined
      ? [{ program: path, folder: dirname(path), version }]
      : [];
  });
  return found.sort((one, other) => one.version.localeCompare(other.version, 'en', { numeric: true })).at(-1);
}
