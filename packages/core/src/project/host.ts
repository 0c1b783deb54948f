/** What came of reading a file of the project. */
export type FileReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'directory' }
  /** Not UTF-8 text: it has a NUL or an invalid sequence. */
  | { readonly kind: 'binary' }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly limit: number }
  /** The path leads out of the project's folder, by `..`, an absolute path or a symbolic link. */
  | { readonly kind: 'outside' }
  /** The operating system refused; `reason` is its word (`permission denied`). */
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * How the pure phases see the project's files. Paths are relative to the folder of `keywright.yaml`, with `/`. The CLI
 * reads the disk; tests read a map.
 */
export interface ProjectHost {
  readFile(path: string): FileReading;
  /** The files that a pattern (`teams/<any>/keys.yaml`) matches, sorted by code unit, `node_modules` and dot folders left out. */
  glob(pattern: string): readonly string[];
}
