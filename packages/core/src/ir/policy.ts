import type { Span } from '../source/span.ts';
import type { Expression } from './expression.ts';

/** A place in a project that says something, and what it came through. */
export interface Origin {
  readonly span: Span;
  /** What it came through, if not written in place: `standard pii`, `service cloudtrail`, `the default key policy`. */
  readonly through?: string;
}

/** Where something in the IR comes from. */
export interface Provenance extends Origin {
  /** Of a statement that others were merged into, or that says what others say too: where these come from, each once. */
  readonly also?: readonly Origin[];
}

/** Who a statement is about, as the policy language groups them. */
export type PolicyPrincipal =
  /** `Principal: { AWS: arn }`: a role, user, assumed-role session or account root. */
  | { readonly kind: 'aws'; readonly arn: Expression }
  /** `Principal: { Service: host }`. */
  | { readonly kind: 'service'; readonly host: Expression }
  /** `Principal: { Federated: arn or host }`. */
  | { readonly kind: 'federated'; readonly provider: Expression }
  /** `Principal: { AWS: "*" }`: anyone; organizations are written so, narrowed by a condition. */
  | { readonly kind: 'anyone' };

/** One test of a statement: `{ operator: { key: values } }`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Expression[];
}

/** One statement, decided. Exactly one of `actions`/`notActions`; in a key policy one of `principals`/`notPrincipals`. */
export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: readonly PolicyPrincipal[];
  readonly notPrincipals?: readonly PolicyPrincipal[];
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** Absent in a role's trust policy, which has no resource. */
  readonly resources?: readonly Expression[];
  readonly notResources?: readonly Expression[];
  readonly conditions: readonly Condition[];
  readonly source: Provenance;
}

/** A policy document, version 2012-10-17. Its statements are decided by the semantics; an emitter only prints them. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}
