import type { Expression } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal } from '../ir/policy.ts';
import type { CreatedModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';

/** Whom a grant or statement is for, with names bound. */
export type Grantee = CreatedGrantee | ExistingGrantee | OutsideGrantee;

interface GranteeBase {
  /** How messages call it: the name that the user gave it, or what was written in place. */
  readonly label: string;
  /** Where it is named. */
  readonly span: Span;
}

/** A role, user or group that this app creates. */
export interface CreatedGrantee extends GranteeBase {
  readonly kind: 'created';
  readonly created: CreatedModel;
}

/** A role or user that exists already, to which policies can be attached unless it is not `mutable`. */
export interface ExistingGrantee extends GranteeBase {
  readonly kind: 'existing';
  readonly entity: 'role' | 'user';
  readonly arn: Expression;
  /** The account of its ARN; undefined when that is the account of whatever stack is deployed. */
  readonly account?: string;
  /** The last part of its ARN, without the path. */
  readonly entityName: Expression;
  readonly mutable: boolean;
  /** The name of the inline policy on it, where the YAML gives one. */
  readonly policyName?: string;
}

/** Anyone else: only key policies can name them. */
export interface OutsideGrantee extends GranteeBase {
  readonly kind: 'outside';
  readonly category: 'account' | 'callers' | 'service' | 'organization' | 'federated' | 'anyone' | 'session';
  readonly principal: PolicyPrincipal;
  /** Why everyone may have access, where the YAML says so. */
  readonly because?: string;
  /** What narrows `*` to an organization, or to the account. */
  readonly conditions: readonly Condition[];
  /** The account it belongs to, where one is known. */
  readonly account?: string;
}

/** Why everyone may have access, where the YAML says so. */
export function reasonOf(grantee: Grantee): string | undefined {
  return grantee.kind === 'outside' ? grantee.because : undefined;
}
