/** The result of reading a file of the project. */
export type FileReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'directory' }
  /** Not UTF-8 text: it contains a NUL or an invalid sequence. */
  | { readonly kind: 'binary' }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly limit: number }
  /** The path leaves the project's folder, by `..`, an absolute path or a symbolic link. */
  | { readonly kind: 'outside' }
  /** The operating system refused; `reason` is its explanation (`permission denied`). */
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * The project's files as the pure phases see them. Paths are relative to the folder of `keywright.yaml`, with `/`. The CLI reads the disk;
 * tests read a map.
 */
export interface ProjectHost {
  readFile(path: string): FileReading;
  /** The files that match a pattern (`teams/<any>/keys.yaml`), sorted by code unit, without `node_modules` and dot folders. */
  glob(pattern: string): readonly string[];
}

/** A host that records which files and patterns a compilation reads. Nothing else on disk can change the result. */
export interface RecordingHost extends ProjectHost {
  /** The paths that were asked for, existing or not. */
  readonly files: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
}

/** The host of a project that is one file. */
export function hostOfText(text: string): ProjectHost {
  return {
    readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }),
    glob: () => [],
  };
}
