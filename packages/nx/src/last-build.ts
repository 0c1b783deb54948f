import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { globSync } from 'tinyglobby';

/**
 * The files that `keywright build` writes, as patterns below `out`. Nx must not manage any other file in that folder: a cache that restored
 * the whole folder would delete Terraform's state, lock files and the settings of Pulumi's stacks, which are beside the outputs.
 */
export const outputPatterns: readonly string[] = [
  'keywright.manifest.json',
  'keywright.inventory.json',
  'cfn/*.template.yaml',
  'cfn/*.template.json',
  'cfn/deployments.json',
  'cfn/refactor-*-to-*.json',
  'cfn/changes.md',
  'pulumi/*/Pulumi.yaml',
  'pulumi/*/index.ts',
  'pulumi/*/package.json',
  'pulumi/*/tsconfig.json',
  'pulumi/package.json',
  'pulumi/changes.md',
  'terraform/*/changes.tf',
  'terraform/*/main.tf',
  'terraform/*/outputs.tf',
  'terraform/*/providers.tf',
  'terraform/*/versions.tf',
  'terraform/modules/*/main.tf',
  'terraform/modules/*/outputs.tf',
  'terraform/modules/*/variables.tf',
  'terraform/modules/*/versions.tf',
];

/** Digests are parts of commands, which Nx prints. So a digest is only the start of a SHA-256, long enough to be unique. */
export const digestLength = 16;

/** Returns a digest of the files of `outputPatterns` in an output folder; `none` if there are no such files. */
export function digestOfOutputs(out: string): string {
  const files = globSync([...outputPatterns], { cwd: out, dot: true, expandDirectories: false }).sort();
  if (files.length === 0) return 'none';
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(out, file)))
      .update('\0');
  return hash.digest('hex').slice(0, digestLength);
}

/** The state that a build run by Nx started from, and the state it produced. */
interface BuildRecord {
  /** The digest of the files of the project. */
  readonly sources: string;
  /** The digests of the outputs before and after the build. */
  readonly before: string;
  readonly after: string;
}

/** Returns the path of the record below the workspace's root. */
export function recordFile(projectRoot: string): string {
  return `node_modules/.cache/keywright/${projectRoot === '.' ? 'root' : `${projectRoot}/last`}.json`;
}

/**
 * Returns the digest of the outputs that a build starts from. A build depends on more than the sources: to keep renamed and moved keys, it
 * reads the inventory and templates of the previous build. So the outputs are part of the cache key. But a build changes the outputs, so Nx
 * would build again. Therefore, if the outputs are still those that a build made from the same sources, this returns the digest that this
 * build started from.
 */
export function startingPoint(workspaceRoot: string, projectRoot: string, sources: string, out: string): string {
  const now = digestOfOutputs(out);
  const record = readRecord(join(workspaceRoot, recordFile(projectRoot)));
  return record?.sources === sources && record.after === now ? record.before : now;
}

export function recordBuild(workspaceRoot: string, projectRoot: string, record: BuildRecord): void {
  const file = join(workspaceRoot, recordFile(projectRoot));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record)}\n`);
}

function readRecord(file: string): BuildRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isMapping(value)) return undefined;
    const { sources, before, after } = value;
    return typeof sources === 'string' && typeof before === 'string' && typeof after === 'string'
      ? { sources, before, after }
      : undefined;
  } catch {
    return undefined;
  }
}
