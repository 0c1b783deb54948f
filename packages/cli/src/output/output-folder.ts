import { dirname, resolve } from 'node:path';

/** The output folder of a project, absolute. `named` is the argument of `--out`, relative to the working directory. */
export function outputFolder(root: string, named: string | undefined, cwd: string): string {
  return named === undefined ? resolve(root, 'out') : resolve(cwd, named);
}

/** Returns why this absolute folder is refused; `undefined` if it is not. `named` is the argument of `--out`. */
export function problemOfOut(folder: string, named: string | undefined): string | undefined {
  // An unset variable of the shell would otherwise mean the working directory.
  if (named === '') return '--out is empty: name a folder for the output';
  return dirname(folder) === folder ? '--out is the root of the disk: name a folder for the output' : undefined;
}
