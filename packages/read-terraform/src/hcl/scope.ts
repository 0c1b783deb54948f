import type { SourceFile } from '@keywright/core/source/span';
import type { HclValue } from './value.ts';

/** Gives the names in an expression their meaning. */
export interface Scope {
  /** Returns the value of `var`, `each`, `aws_kms_key`, or a `for` variable; `undefined` for an unknown name. */
  get(name: string): HclValue | undefined;
  /** Returns a location for messages, such as `main.tf:12`. */
  location(at: number): string;
  /** Counts a step. Returns `false` after too many steps. */
  mayGoOn(): boolean;
  readonly files: ScopeFiles;
}

/** The files that expressions name, by path. */
export interface ScopeFiles {
  text(path: string): SourceFile | { readonly problem: string };
  /** Whether a file exists; `undefined` if that is unknown. */
  exists(path: string): boolean | undefined;
  /**
   * Returns the paths of the files in a folder, and in folders at most `depth` levels below it; `undefined` if they are unknown or too
   * many.
   */
  below(folder: string, depth: number): readonly string[] | undefined;
  /** Returns the absolute path; `undefined` if it is unknown. */
  absolute(path: string): string | undefined;
}

/** Gives access to no files. `problem` says why. */
export function withoutFiles(problem: string): ScopeFiles {
  return { text: () => ({ problem }), exists: () => undefined, below: () => undefined, absolute: () => undefined };
}
