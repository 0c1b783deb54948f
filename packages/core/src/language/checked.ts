import type { Span } from '../source/span.ts';
import type { ParsedSource } from '../syntax/parse.ts';

/** A parsed file, or a value in a file that is checked separately. */
export interface Checked extends ParsedSource {
  /** The span of the value, if it is not the whole file. */
  readonly span?: Span;
}
