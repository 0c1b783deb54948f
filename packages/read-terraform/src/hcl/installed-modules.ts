import { posix } from 'node:path';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ModuleHost } from './module-host.ts';
import { satisfies } from './version-constraint.ts';

/** A module of a registry or repository that `terraform init` has installed below the root module. */
interface InstalledModule {
  readonly source: string;
  /** Only modules of registries have versions. */
  readonly version: string;
  readonly folder: string;
}

/** A `module` block whose source is not a local path. */
export interface RemoteCall {
  /** The names of the calls that lead to the module, such as `['team', 'kms']`. */
  readonly path: readonly string[];
  readonly source: string;
  /** The version constraint. */
  readonly version: string | undefined;
}

export interface InstalledModules {
  /** Returns the folder of the module that is called, or why it cannot be read; `undefined` if it is not installed. */
  folderOf(call: RemoteCall): { readonly folder: string } | { readonly problem: string } | undefined;
}

const modulesFolder = '.terraform/modules';

/**
 * Reads the index that `terraform init` and `terraform get` write to `.terraform/modules/modules.json`. Terraform installs each module that
 * is not local in a folder beside the index, so entries with other folders are ignored. Source: Terraform, internal/modsdir/record.go and
 * internal/initwd/module_install.go.
 */
export function installedModules(host: ModuleHost, root: string): InstalledModules {
  const modules = indexed(host, root);
  return {
    folderOf({ path, source, version }) {
      const installed = modules?.get(path.join('.'));
      if (installed === undefined) return undefined;
      if (addressOf(installed.source) !== addressOf(source))
        return {
          problem: `its source is ${JSON.stringify(source)}, but ${JSON.stringify(installed.source)} is installed`,
        };
      if (version !== undefined && !satisfies(installed.version, version))
        return { problem: `it needs version ${JSON.stringify(version)}, but ${installed.version} is installed` };
      return { folder: installed.folder };
    },
  };
}

/** Maps the names of calls, such as `team.kms`, to the modules that the index has for them; `undefined` if no index can be read. */
function indexed(host: ModuleHost, root: string): ReadonlyMap<string, InstalledModule> | undefined {
  const reading = host.readFile(posix.join(root, modulesFolder, 'modules.json'));
  if (reading.kind !== 'text') return undefined;
  let index: unknown;
  try {
    index = JSON.parse(reading.text);
  } catch {
    return undefined;
  }
  const entries = isMapping(index) && Array.isArray(index.Modules) ? index.Modules.filter(isMapping) : [];
  return new Map(
    entries.flatMap(({ Key: key, Source: source, Version: version, Dir: dir }) => {
      if (typeof key !== 'string' || typeof source !== 'string' || typeof dir !== 'string') return [];
      const folder = posix.normalize(dir);
      if (!folder.startsWith(`${modulesFolder}/`)) return [];
      return [[key, { source, version: String(version ?? ''), folder: posix.join(root, folder) }] as const];
    }),
  );
}

/**
 * Returns the same address for all forms of a source: Terraform records `github.com/a/b` as `git::https://github.com/a/b.git`, and
 * `a/b/aws` with the host of its registry.
 */
function addressOf(source: string): string {
  const [, place = '', query = ''] = /^([^?]*)(\?.*)?$/s.exec(source) ?? [];
  const repository = place
    .replace(/^[a-z0-9]+::/, '')
    .replace(/^(?:ssh|https?|file):\/\//, '')
    .replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '')
    .replace(/^([\w.-]+@[\w.-]+):(?!\d+\/)/, '$1/')
    .replace(/^git@/, '')
    .replace(/\.git(?=\/\/|$)/, '');
  return repository + query;
}
