import type { Comparison } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';

/** A way in which Keywright is not the CDK, on purpose. */
export interface Departure {
  /** What docs/semantics.md says about it, in short. */
  readonly name: string;
  readonly reason: string;
  /** Whether a difference is one of this departure: as narrow as can be, so that a mistake beside it is seen. */
  matches(difference: Difference): boolean;
  /**
   * Where Keywright should depart and has not, which is no difference: what is missing, for a reader. Absent where `matches`
   * sees it, because it wants to find what the CDK has in another form.
   */
  owed?(comparison: Comparison): readonly string[];
}
