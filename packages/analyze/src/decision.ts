import type { PictureKey, StatementRef } from './picture.ts';
import type { Unknown } from './value/value.ts';

/** What KMS answers. */
export type Outcome = 'allow' | 'explicitDeny' | 'implicitDeny';

/**
 * The answer to a request. `dependsOn` when something that is not known decides whether it is allowed; `possible` then has
 * more than one outcome, `allow` among them. A request that nothing can allow is denied, and is never `dependsOn`.
 */
export interface Decision {
  readonly decision: Outcome | 'dependsOn';
  readonly possible: readonly Outcome[];
  /** When it is allowed, as a formula of tests that are not decided; only with `dependsOn`. */
  readonly when?: Open;
  /** The tests of `when`, each once. */
  readonly dependsOn: readonly OpenTest[];
  /** The statements and grants that decide it, or that may: the line of YAML is in their `source`. Empty: nothing allows it. */
  readonly by: readonly StatementRef[];
}

/** A decision and how it came about. */
export interface Explanation extends Decision {
  readonly steps: readonly Step[];
}

/** One step of an explanation, in the order in which a reader follows it. */
export interface Step {
  readonly kind: 'request' | 'keyPolicy' | 'identityPolicies' | 'grants' | 'statement' | 'verdict';
  /** One sentence. */
  readonly text: string;
  /** Of a statement or grant: whether it applies to the request. */
  readonly applies?: boolean | 'open';
  readonly statement?: StatementRef;
  /** Of a statement: what it tests and what came of it. */
  readonly details?: readonly { readonly text: string; readonly holds: boolean | 'open' }[];
}

/** A condition that is not decided: a formula of tests. */
export type Open =
  | { readonly kind: 'test'; readonly test: OpenTest }
  | { readonly kind: 'not'; readonly of: Open }
  | { readonly kind: 'all'; readonly of: readonly Open[] }
  | { readonly kind: 'any'; readonly of: readonly Open[] };

/** One test that cannot be decided at build time. `id` tells tests apart; `describeOpenTest` puts it in words. */
export type OpenTest =
  /** A condition of a statement on a key whose value is not known. */
  | {
      readonly kind: 'condition';
      readonly id: string;
      readonly operator: string;
      readonly key: string;
      readonly values: readonly string[];
      /** The condition keys that are not known: its own, or those of policy variables. */
      readonly unknownKeys: readonly string[];
      /** What the deployment decides in it. */
      readonly unknowns: readonly Unknown[];
      readonly statement: StatementRef;
    }
  /** Whether what the deployment decides, or who asks, is what a statement or rule says. */
  | {
      readonly kind: 'comparison';
      readonly id: string;
      /** `principal`, `resource`, `account`: what is compared. */
      readonly what: 'principal' | 'session' | 'resource' | 'account' | 'federation';
      readonly left: string;
      readonly right: string;
      readonly unknowns: readonly Unknown[];
      readonly statement?: StatementRef;
    }
  /** A `NotPrincipal` that names a principal without its account or its session, which AWS may or may not let through. */
  | {
      readonly kind: 'notPrincipal';
      readonly id: string;
      readonly missing: readonly string[];
      readonly statement: StatementRef;
    }
  /** Whether the principal has policies besides those of the program that allow it. */
  | { readonly kind: 'otherPolicies'; readonly id: string; readonly principal: string; readonly action: string }
  /** Whether the policy of a key that the program only refers to allows it, or has its account's policies decide. */
  | { readonly kind: 'keyPolicy'; readonly id: string; readonly key: PictureKey['id']; readonly action: string }
  /** Whether the user is a member of a group that has policies. */
  | { readonly kind: 'membership'; readonly id: string; readonly group: string }
  /** Whether the request has the encryption context that a KMS grant asks for, or stays within what it lets be delegated. */
  | { readonly kind: 'grant'; readonly id: string; readonly statement: StatementRef; readonly asks: string };
