import type { SourceFile } from '@keywright/core/source/span';
import type { HclValue } from './value.ts';

/** The meaning of names at an expression. */
export interface Scope {
  /** The value of `var`, `each`, `aws_kms_key`, or a `for` variable; `undefined` for an unknown name. */
  get(name: string): HclValue | undefined;
  /** The location, for messages: `main.tf:12`. */
  location(at: number): string;
  /** Counts a step; `false` after too many. */
  mayGoOn(): boolean;
  readonly files: ScopeFiles;
}

/** The files that expressions name, by path. */
export interface ScopeFiles {
  text(path: string): SourceFile | { readonly problem: string };
  /** Whether there is such a file; `undefined` if that is unknown. */
  exists(path: string): boolean | undefined;
  /** The paths of the files in a folder, and in folders at most `depth` levels below it; `undefined` if they are unknown or too many. */
  below(folder: string, depth: number): readonly string[] | undefined;
  /** The absolute path; `undefined` if it is unknown. */
  absolute(path: string): string | undefined;
}

/** No files, and why there are none. */
export function withoutFiles(problem: string): ScopeFiles {
  return { text: () => ({ problem }), exists: () => undefined, below: () => undefined, absolute: () => undefined };
}
