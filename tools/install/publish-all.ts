import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MadePackage, makePackages } from '../release/make-packages.ts';
import { type Registry, startRegistry } from './registry.ts';
import { createUser, succeeded } from './user.ts';

/** The registry in npm's configuration. */
const upstream =
  process.env.npm_config_registry ??
  execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: process.platform === 'win32' }).trim();

/** Whether the registry with all other packages can be reached. In CI it must be. */
export async function isUpstreamReachable(): Promise<boolean> {
  const isReachable = await fetch(`${upstream.replace(/\/?$/, '/')}zod`, { method: 'HEAD' })
    .then(({ ok }) => ok)
    .catch(() => false);
  if (!isReachable && process.env.CI === 'true') throw new Error(`${upstream} does not answer; CI needs it`);
  return isReachable;
}

/** Creates a folder outside the clone, so that lookups in parent folders find nothing of the clone. */
export function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'keywright-install-')));
}

export interface Published {
  readonly registry: Registry;
  readonly packages: readonly MadePackage[];
}

/** Makes every package, below `folder`, and publishes it to a local registry. */
export async function publishAll(folder: string): Promise<Published> {
  const packages = makePackages(join(folder, 'packages'));
  const registry = await startRegistry(join(folder, 'registry'), upstream);
  const publisher = createUser(join(folder, 'publisher'), process.execPath, registry.url);
  // Provenance is off, since npm can create it only in a public CI.
  for (const { folder } of packages)
    succeeded(await publisher.run(folder, 'npm', ['publish', '--provenance=false', '--loglevel=error']));
  return { registry, packages };
}
