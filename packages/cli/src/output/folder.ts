import type { Stats } from 'node:fs';
import { existsSync, lstatSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../disk/make-folder.ts';
import { formatManifest } from '../disk/manifest.ts';
import { manifestFileName } from '../disk/safe-path.ts';
import { makeStaging, removeStaleStaging } from '../disk/staging.ts';
import type { FileState, Plan } from './plan.ts';

/** Returns the state of a path below the output folder. Follows no symbolic links below that folder. Throws the system's error. */
export function stateBelow(out: string, path: string): FileState {
  return statesBelow(out)(path);
}

/** Like `stateBelow`, but for many paths: looks up each folder once. Only correct as long as nothing changes. */
export function statesBelow(out: string): (path: string) => FileState {
  const folders = new Map<string, FileState | undefined>();
  /** Says why a folder cannot contain files: it is missing, or something else has its name. */
  const missingOrBlocked = (folder: string): FileState | undefined => {
    if (folder === '.') return undefined;
    if (!folders.has(folder)) folders.set(folder, missingOrBlocked(dirname(folder)) ?? inTheWay(folder, 'isDirectory'));
    return folders.get(folder);
  };
  const inTheWay = (path: string, expected: 'isDirectory' | 'isFile'): FileState | undefined => {
    const stats = lstatSync(below(out, path), { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'missing' };
    return stats[expected]() ? undefined : { kind: 'blocked', obstacle: obstacle(path, stats) };
  };
  return (path) =>
    missingOrBlocked(dirname(path)) ??
    inTheWay(path, 'isFile') ?? { kind: 'file', content: readFileSync(below(out, path)) };
}

/**
 * Joins a folder and a path. Does not use `join`, which would normalise each path several times; `checkPaths` has already accepted the
 * paths.
 */
function below(folder: string, path: string): string {
  return `${folder}/${path}`;
}

function obstacle(path: string, stats: Stats): string {
  if (stats.isSymbolicLink()) return `${path} is a symbolic link`;
  if (stats.isDirectory()) return `${path} is a folder`;
  return stats.isFile() ? `${path} is a file, not a folder` : `${path} is a device or a socket`;
}

/**
 * Carries out a plan without conflicts. All new content is first written to a folder inside `out`, so that a full disk is noticed before
 * anything has changed. Then each file is moved into place, so that it always has either the old or the new content. Meanwhile, the
 * manifest serves as the journal: after an interruption, the next run does not take a half-done change for a person's edit. Unchanged files
 * are not touched. Throws the system's error.
 */
export function applyPlan(out: string, plan: Plan): void {
  const writes = plan.changes.filter((change) => change.kind === 'create' || change.kind === 'update');
  const deletions = plan.changes.filter((change) => change.kind === 'delete');
  if (existsSync(out)) removeStaleStaging(out);
  const manifest = formatManifest(plan.manifest);
  const manifestIsRight = readManifestText(out) === manifest;
  if (writes.length === 0 && deletions.length === 0 && manifestIsRight) return;

  makeFolder(out);
  const staging = makeStaging(out);
  try {
    for (const [index, { content }] of writes.entries()) writeFileSync(below(staging, String(index)), content);
    if (writes.length > 0 || deletions.length > 0) placeManifest(out, staging, formatManifest(plan.journal));
    const folders = new Set<string>();
    for (const [index, { path }] of writes.entries()) {
      const folder = dirname(path);
      if (!folders.has(folder)) makeFolder(below(out, folder));
      folders.add(folder);
      renameSync(below(staging, String(index)), below(out, path));
    }
    for (const { path } of deletions) {
      rmSync(below(out, path), { force: true });
      removeEmptyFolders(out, dirname(path));
    }
    placeManifest(out, staging, manifest);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Returns the text of the manifest in an output folder, with `\n` line ends; `undefined` if there is none. Throws the system's error. */
export function readManifestText(out: string): string | undefined {
  try {
    return readFileSync(join(out, manifestFileName), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function placeManifest(out: string, staging: string, text: string): void {
  writeFileSync(join(staging, manifestFileName), text);
  renameSync(join(staging, manifestFileName), join(out, manifestFileName));
}

/** Removes a folder below `out` and its parents, as long as they are empty. */
function removeEmptyFolders(out: string, folder: string): void {
  for (let emptied = folder; emptied !== '.'; emptied = dirname(emptied)) {
    try {
      rmdirSync(below(out, emptied));
    } catch {
      // The folder is not empty, so its parents are not either.
      return;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
