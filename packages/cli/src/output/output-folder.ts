import { dirname, resolve } from 'node:path';

/** The output folder of a project, absolute. `named`: the argument of `--out`, relative to the working directory. */
export function outputFolder(root: string, named: string | undefined, cwd: string): string {
  return named === undefined ? resolve(root, 'out') : resolve(cwd, named);
}

/** Why `--out` cannot be this absolute folder; `undefined` if it can. */
export function problemOfOut(folder: string): string | undefined {
  return dirname(folder) === folder ? '--out is the root of the disk: name a folder of its own' : undefined;
}
