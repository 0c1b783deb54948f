import { posix } from 'node:path';

/** The path, relative to the project's folder, of a file that a file of the project names. An absolute path stays one. */
export function pathFrom(file: string, named: string): string {
  return posix.isAbsolute(named) ? named : posix.normalize(posix.join(posix.dirname(file), named));
}
