import { dirname, resolve } from 'node:path';

/** The output folder of a project, absolute. `named` is the argument of `--out`, relative to the working directory. */
export function outputFolder(root: string, named: string | undefined, cwd: string): string {
  return named === undefined ? resolve(root, 'out') : resolve(cwd, named);
}

/** Why this absolute folder is refused for `--out`; `undefined` if it is not. */
export function problemOfOut(folder: string): string | undefined {
  return dirname(folder) === folder ? '--out is the root of the disk: name a folder for the output' : undefined;
}
