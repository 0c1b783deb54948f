import type { PictureKey, StatementRef } from './picture.ts';
import type { Unknown } from './value/value.ts';

/** KMS's answer. */
export type Outcome = 'allow' | 'explicitDeny' | 'implicitDeny';

/**
 * The answer to a request. `dependsOn`: something unknown decides whether the request is allowed; `possible` then has
 * several outcomes, including `allow`. A request that nothing can allow is denied, never `dependsOn`.
 */
export interface Decision {
  readonly decision: Outcome | 'dependsOn';
  readonly possible: readonly Outcome[];
  /** The condition under which the request is allowed, as a formula of undecided tests; only with `dependsOn`. */
  readonly when?: Open;
  /** The tests of `when`, each once. */
  readonly dependsOn: readonly OpenTest[];
  /**
   * The statements and KMS grants that decide the request, or might; `source` has their lines in the YAML. Empty if
   * nothing allows the request.
   */
  readonly by: readonly StatementRef[];
}

export interface Explanation extends Decision {
  readonly steps: readonly Step[];
}

/** One step of an explanation, in reading order. */
export interface Step {
  readonly kind: 'request' | 'keyPolicy' | 'identityPolicies' | 'grants' | 'statement' | 'verdict';
  /** One sentence. */
  readonly text: string;
  /** For a statement or KMS grant: whether it applies to the request. */
  readonly applies?: boolean | 'open';
  readonly statement?: StatementRef;
  /** The tests of a statement, with the results. */
  readonly details?: readonly { readonly text: string; readonly holds: boolean | 'open' }[];
}

/** An undecided condition: a formula of tests. */
export type Open =
  | { readonly kind: 'test'; readonly test: OpenTest }
  | { readonly kind: 'not'; readonly of: Open }
  | { readonly kind: 'all'; readonly of: readonly Open[] }
  | { readonly kind: 'any'; readonly of: readonly Open[] };

/** A test that cannot be decided at build time. `id` distinguishes tests; `describeOpenTest` puts a test into words. */
export type OpenTest =
  /** A condition whose condition key has an unknown value. */
  | {
      readonly kind: 'condition';
      readonly id: string;
      readonly operator: string;
      readonly key: string;
      readonly values: readonly string[];
      /** The unknown condition keys: the condition key itself, or condition keys in the policy variables of the values. */
      readonly unknownKeys: readonly string[];
      /** The parts of the value that the deployment decides. */
      readonly unknowns: readonly Unknown[];
      readonly statement: StatementRef;
    }
  /** Whether a value that only the deployment or the caller decides equals the value in a statement or rule. */
  | {
      readonly kind: 'comparison';
      readonly id: string;
      readonly what: 'principal' | 'session' | 'resource' | 'account' | 'federation';
      readonly left: string;
      readonly right: string;
      readonly unknowns: readonly Unknown[];
      readonly statement?: StatementRef;
    }
  /** A `NotPrincipal` that names a principal but not its account or session: AWS may or may not exempt the principal. */
  | {
      readonly kind: 'notPrincipal';
      readonly id: string;
      readonly missing: readonly string[];
      readonly statement: StatementRef;
    }
  /** Whether policies outside the program allow the principal the operation. */
  | { readonly kind: 'otherPolicies'; readonly id: string; readonly principal: string; readonly action: string }
  /** Whether the key policy of a key outside the program allows the operation, or delegates to the policies of the key's account. */
  | { readonly kind: 'keyPolicy'; readonly id: string; readonly key: PictureKey['id']; readonly action: string }
  /** Whether the user belongs to a group that has policies. */
  | { readonly kind: 'membership'; readonly id: string; readonly group: string }
  /** Whether the request's encryption context satisfies a KMS grant's constraint. */
  | { readonly kind: 'grant'; readonly id: string; readonly statement: StatementRef; readonly asks: string };
