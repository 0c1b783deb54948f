import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import type { SourceFile, Span } from '../source/span.ts';

/** The names of a resource in its source. */
export interface ResourceOrigin {
  /** As its tool writes it: a logical id, a Terraform address, a Pulumi URN, an ARN. */
  readonly address: string;
  /** The name in KMS or IAM, if the source knows it: a key id, an alias name, a KMS grant's id, a role's name. */
  readonly physicalId?: string;
  /** Former addresses, the oldest first. A state may still contain them. */
  readonly former?: readonly string[];
  /** Addresses of separate resources in the tool that the IR treats as part of this resource: the `aws_kms_key_policy` of a key. */
  readonly parts?: readonly string[];
}

/** A resource of the source that is not part of the program. */
export interface LeftOut {
  /** As the source writes it: `AWS::S3::Bucket`, `aws_s3_bucket`. */
  readonly type: string;
  readonly address: string;
  readonly span?: Span;
}

/**
 * The result of reading templates, a state, an export or an account. A reader never throws for bad input, never guesses a value and never
 * returns half a resource. A resource that it cannot read completely is left out, and an error says why and where.
 */
export interface Reading {
  /**
   * A stack for each template, root module, export, or account and region. Resources are equal to those of `compileProject`: `source` has
   * the span that the resource was read from, and `names` has the resource's name in the source's tool, under the name of the target.
   */
  readonly program: Program;
  /** Maps the name of a stack to a map from the ids of its resources to their origins. */
  readonly origins: ReadonlyMap<string, ReadonlyMap<string, ResourceOrigin>>;
  /** The other resources of the source, of types that no reader knows. If a key is among them, there is also an error. */
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
  /** The files that spans point to and whose lines may be shown, by path. States and exports are not among them: they contain secrets. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /**
   * Tags that the source's tool puts on everything (Terraform's `default_tags`). No resource of the program has them itself: they belong
   * under `defaultTags` of `targets.terraform` and `targets.pulumi`. Absent if unknown.
   */
  readonly defaultTags?: ReadonlyMap<string, string>;
  /**
   * Key policies that the source does not contain. Each is reported as an error and replaced by a policy of one statement. The map leads
   * from the Sid of that statement to the file that is meant for the policy and does not exist yet.
   */
  readonly unknownPolicies?: ReadonlyMap<string, string>;
}
