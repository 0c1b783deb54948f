import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceFile } from '@keywright/core/source/span';

interface AnsweringPlace {
  readonly account: string;
  readonly region: string;
}

/** Stores the answers of accounts in a folder, in one file for each place. Lines are appended as they arrive. */
export interface AnswersOnDisk {
  /** The complete lines so far. */
  kept(place: AnsweringPlace): string;
  /** Appends a line. `line` has its own line end. */
  keep(place: AnsweringPlace, line: string): void;
  /** The files of these places, with paths relative to the working directory. Places that answered nothing have no file. */
  sources(places: readonly AnsweringPlace[]): readonly SourceFile[];
  /** The file of a place; `undefined` for any other path. */
  sourceOf(path: string): SourceFile | undefined;
}

/**
 * @param cwd the working directory, absolute
 * @param folder relative to `cwd`; created when the first line is kept
 */
export function answersOnDisk(cwd: string, folder: string): AnswersOnDisk {
  const pathOf = ({ account, region }: AnsweringPlace) => `${folder}/${account}-${region}.jsonl`;
  const onDisk = (place: AnsweringPlace) => join(cwd, pathOf(place));
  return {
    kept(place) {
      const file = onDisk(place);
      if (!existsSync(file)) return '';
      const bytes = readFileSync(file);
      // A killed process may leave half a line, and the next line would be appended to that.
      const whole = bytes.lastIndexOf('\n') + 1;
      if (whole < bytes.length) truncateSync(file, whole);
      return bytes.subarray(0, whole).toString('utf8');
    },
    keep(place, line) {
      mkdirSync(join(cwd, folder), { recursive: true });
      appendFileSync(onDisk(place), line);
    },
    sources: (places) =>
      places.flatMap((place) => {
        const file = onDisk(place);
        return existsSync(file) ? [{ path: pathOf(place), text: readFileSync(file, 'utf8') }] : [];
      }),
    sourceOf(path) {
      const file = join(cwd, path);
      return dirname(path) === folder && existsSync(file) ? { path, text: readFileSync(file, 'utf8') } : undefined;
    },
  };
}
