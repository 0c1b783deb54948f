import type { StatementRef } from '@keywright/analyze/picture';
import type { Certainty, Holder } from '@keywright/analyze/who-can/who-can';

/** Who can do what with one key. */
export interface KeyAnswer {
  /** The name with its stack, such as `security.orders`. */
  readonly name: string;
  /** The stack that creates the key; `undefined` for a replica and for a key outside the program. */
  readonly stack: string | undefined;
  /** The name within the stack, such as `orders`. */
  readonly key: string;
  readonly arn: string;
  readonly actions: readonly string[];
  /** Actions that KMS refuses for this key, whatever the policies allow. `usage` says why. */
  readonly refused: readonly string[];
  readonly usage: string | undefined;
  readonly holders: readonly Holder[];
  /** Replicas of the key, which have their own policies. */
  readonly replicas: readonly string[];
}

export const policyNames: Readonly<Record<StatementRef['kind'], string>> = {
  keyPolicy: 'key policy',
  identityPolicy: 'identity policy',
  kmsGrant: 'KMS grant',
};

/** A heading for each degree of certainty, in the order of the report. */
export const headings: Readonly<Record<Certainty, string>> = {
  allowed: 'can',
  depends: 'depends on the request or the deployment',
  outside: 'only if a policy outside this project allows it',
  denied: 'cannot, because a Deny applies',
};
