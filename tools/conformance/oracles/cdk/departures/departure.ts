import type { Comparison } from '../compare/comparison.ts';
import type { Difference } from '../compare/difference.ts';

/** A way in which Keywright deliberately differs from the CDK. */
export interface Departure {
  /** A summary of what docs/semantics.md says. */
  readonly name: string;
  readonly reason: string;
  /** Whether a difference belongs to this departure. This should be as narrow as possible, so that a mistake beside it is noticed. */
  matches(difference: Difference): boolean;
  /**
   * Departures that have to be there but are missing, in words. Such a departure causes no difference. Absent if `matches` notices that a
   * departure is missing, because it requires what the CDK has in another form.
   */
  owed?(comparison: Comparison): readonly string[];
}
