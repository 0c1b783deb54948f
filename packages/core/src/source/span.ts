/**
 * A stretch of a source file. Lines and columns count from 1; columns count UTF-16 code units; the end is exclusive.
 * `file` is relative to the project's folder and uses `/` on every system, so that outputs do not depend on the machine.
 */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A file as it was read: its project-relative path (with `/`) and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
