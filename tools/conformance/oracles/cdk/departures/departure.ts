import type { Comparison } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';

/** A way in which Keywright deliberately differs from the CDK. */
export interface Departure {
  /** A summary of what docs/semantics.md says about it. */
  readonly name: string;
  readonly reason: string;
  /** Whether a difference belongs to this departure: as narrow as possible, so that a mistake beside it is noticed. */
  matches(difference: Difference): boolean;
  /**
   * Departures that are due but missing, in words for people; they cause no difference. Absent if `matches` notices a missing departure,
   * because it requires what the CDK has in another form.
   */
  owed?(comparison: Comparison): readonly string[];
}
