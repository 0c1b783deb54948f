import { posix } from 'node:path';

/** Resolves a path that a file of the project names, relative to the project's folder. An absolute path stays as it is. */
export function pathFrom(file: string, named: string): string {
  return posix.isAbsolute(named) ? named : posix.normalize(posix.join(posix.dirname(file), named));
}
