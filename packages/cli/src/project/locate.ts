import { existsSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { refusal } from '../disk/system-error.ts';
import type { Io } from '../io.ts';

export const projectFileName = 'keywright.yaml';

/**
 * Returns the absolute folder of the project that a command's argument names: a folder, or its `keywright.yaml`. By default, the working
 * directory. Returns a problem if the argument is wrong; `isMissing` if nothing has that name.
 */
export function locateProject(
  argument: string | undefined,
  io: Io,
): { readonly root: string } | { readonly problem: string; readonly isMissing?: true } {
  const path = resolve(io.cwd, argument ?? '.');
  const shown = `"${argument ?? '.'}"`;
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return { problem: `cannot look at ${shown}: ${refused.reason}` };
  }
  if (stats?.isDirectory()) {
    const advice = existsSync(join(path, projectFileName)) ? undefined : whereProjectIs(path, io.cwd);
    return advice === undefined
      ? { root: path }
      : { problem: `there is no ${projectFileName} in the folder ${shown}: ${advice}` };
  }
  if (stats !== undefined && basename(path) === projectFileName) return { root: dirname(path) };
  if (stats === undefined) return { problem: `there is no folder ${shown}`, isMissing: true };
  return { problem: `${shown} is not a folder; name the folder of ${projectFileName}` };
}

/** Returns advice for a folder that has no `keywright.yaml`, but is inside a project, or has the file under another name. */
function whereProjectIs(folder: string, cwd: string): string | undefined {
  const misnamed = 'keywright.yml';
  if (isFile(join(folder, misnamed))) return `rename ${misnamed}`;
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    if (isFile(join(above, projectFileName))) return `name the folder ${shownPath(cwd, above)}, which has one`;
  }
  return undefined;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A path for people: relative to a folder, with `/`. */
export function shownPath(from: string, path: string): string {
  return relative(from, path).replaceAll(sep, '/') || '.';
}

/**
 * Returns a function that shows paths below a folder, with `/`. The common start is computed once, since there can be thousands of paths.
 */
export function shownBelow(from: string, folder: string): (path: string) => string {
  const start = shownPath(from, folder);
  if (start === '.') return (path) => path;
  // From inside the folder, the relative path may be shorter.
  const isInside = start.split('/').every((part) => part === '..');
  return (path) => (isInside ? shownPath(from, `${folder}/${path}`) : `${start}/${path}`);
}
