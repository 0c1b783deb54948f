import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import type { SourceFile, Span } from '../source/span.ts';

/** What a resource is called where it was read. */
export interface ResourceOrigin {
  /** As its tool writes it: a logical id, a Terraform address, a Pulumi URN, an ARN. */
  readonly address: string;
  /** What KMS or IAM calls it, where the source knows: a key id, an alias name, a KMS grant's id, a role's name. */
  readonly physicalId?: string;
  /** Addresses of what the tool has as resources of their own and the IR as a part of this one: the `aws_kms_key_policy` of a key. */
  readonly parts?: readonly string[];
}

/** A resource of the source that is no part of the program. */
export interface LeftOut {
  /** As the source writes it: `AWS::S3::Bucket`, `aws_s3_bucket`. */
  readonly type: string;
  readonly address: string;
  readonly span?: Span;
}

/**
 * What a reader makes of templates, a state, an export or an account. A reader never throws for bad input, never guesses a value,
 * and never gives half a resource: one that it cannot read whole is left out, and an error says why and where.
 */
export interface Reading {
  /**
   * A stack for each template, root module, export, or account and region. Resources are those that `compileProject` would make:
   * `source` says where each was read, and `names` has what the tool of the source calls it, under the target's name.
   */
  readonly program: Program;
  /** By the stack's name, then by the resource's id. */
  readonly origins: ReadonlyMap<string, ReadonlyMap<string, ResourceOrigin>>;
  /** What the source has besides: types that nobody reads. Keys are never among them without an error. */
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
  /** The files that spans lead to and whose lines can be shown, by path: not a state or an export, which have secrets in them. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /**
   * Tags that the tool of the source puts on everything (Terraform's `default_tags`), which no resource of the program has for
   * itself: `defaultTags` under `targets.terraform` and `targets.pulumi`. Absent: none are known.
   */
  readonly defaultTags?: ReadonlyMap<string, string>;
}
