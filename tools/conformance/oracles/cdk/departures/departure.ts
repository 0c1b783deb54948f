import type { Comparison } from '../compare/comparison.ts';
import type { Difference } from '../compare/difference.ts';

/** A way in which Keywright deliberately differs from the CDK. */
export interface Departure {
  /** A summary of what docs/semantics.md says. */
  readonly name: string;
  readonly reason: string;
  /** Whether this departure explains a difference. This should be as narrow as possible, so that a mistake beside it is noticed. */
  matches(difference: Difference): boolean;
  /**
   * Returns, in words, the places where the departure should apply but does not. Only needed if such a place causes no difference. Absent
   * if the CDK has the permission in another form, because that form is then a difference that `matches` does not explain.
   */
  owed?(comparison: Comparison): readonly string[];
}
