import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { LeftOut } from '@keywright/core/reading/reader';
import type { Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';

/** What the configuration in a plan says of an argument: nothing, or what its expression refers to, the longest first. */
export type Configured = 'absent' | readonly string[];

/** One instance of a resource, as a state or a plan has it. */
export interface SourceResource {
  /** `module.kms["a"].aws_kms_key.this[0]` */
  readonly address: string;
  /** `module.kms["a"]`; empty for the root module. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  /** Its provider configuration, in the words of the source; two resources with the same text have the same provider. */
  readonly provider: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Attributes that are known after apply. */
  readonly unknown: ReadonlySet<string>;
  /** Why an attribute is unknown, if not because it is known after apply. */
  readonly why?: (attribute: string) => Unknown | undefined;
  /** Attributes that Terraform would not show. */
  readonly sensitive: ReadonlySet<string>;
  /** What its configuration says, where the source has it. */
  readonly configured?: (attribute: string) => Configured;
  /** Terraform makes a new one at the next apply. */
  readonly tainted: boolean;
  readonly span: Span;
  spanOf(attribute: string): Span;
}

/** What a state or a plan has. */
export interface Source {
  readonly kind: 'state' | 'plan';
  readonly managed: readonly SourceResource[];
  /** Data sources that say where it is deployed. */
  readonly data: readonly SourceResource[];
  /** The region of the provider without an alias, where the source says it. */
  readonly regionOf: (provider: string) => string | undefined;
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}
