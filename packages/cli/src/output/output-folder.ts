import { resolve } from 'node:path';

/** The output folder of a project, absolute. `named`: the argument of `--out`, relative to the working directory. */
export function outputFolder(root: string, named: string | undefined, cwd: string): string {
  return named === undefined ? resolve(root, 'out') : resolve(cwd, named);
}
