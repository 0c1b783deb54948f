import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { LeftOut } from '@keywright/core/reading/reader';
import type { Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';

/** An argument in a plan's configuration: `absent`, or its expression's references, longest first. */
export type Configured = 'absent' | readonly string[];

/** A part of a resource that only tells Terraform how to work, and does not describe the resource. */
export interface OnlyTerraform {
  /** For example `provisioner "local-exec"`. */
  readonly part: string;
  /** Whether the part runs something, ignores attributes, orders the resource after others, or guides Terraform in another way. */
  readonly effect: 'runs' | 'ignores' | 'orders' | 'guides';
}

/** One instance of a resource, in a state or plan. */
export interface SourceResource {
  /** For example `module.kms["a"].aws_kms_key.this[0]`. */
  readonly address: string;
  /** For example `module.kms["a"]`; empty for the root module. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  /** The provider configuration as the source writes it; resources with equal text share a provider. */
  readonly provider: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Attributes known after apply. */
  readonly unknown: ReadonlySet<string>;
  /** Why an attribute is unknown, other than "known after apply". */
  readonly why?: (attribute: string) => Unknown | undefined;
  /** Why the policy is unknown, unless it is just known after apply. */
  readonly whyNoPolicy?: Unknown;
  /** For an unknown policy: whether its expression mentions KMS; `undefined` if that is unknown too. */
  readonly mentionsKms?: boolean | undefined;
  readonly sensitive: ReadonlySet<string>;
  readonly configured?: (attribute: string) => Configured;
  /** Addresses that the resource may still have in a state because of `moved` blocks, the oldest first. */
  readonly former?: readonly string[];
  /** The id in an `import` block for the resource. */
  readonly importedId?: string;
  /** The parts of the configuration that have an effect only in Terraform, with their spans. */
  readonly onlyTerraform?: readonly (OnlyTerraform & { readonly span: Span })[];
  /** Whether the plan creates the resource, so that nothing has its address yet. */
  readonly isPlanned?: boolean;
  /** Whether the next apply creates a replacement. */
  readonly tainted: boolean;
  readonly span: Span;
  spanOf(attribute: string): Span;
}

/** An output of the root module. */
export interface SourceOutput {
  readonly name: string;
  /** `undefined` if it is known only after apply. */
  readonly value?: unknown;
  /** In a plan, the references of the output's expression, with addresses that start at the root module. */
  readonly references?: readonly string[];
  /** In a module, whether an expression with an unknown value names resources of KMS. */
  readonly mentionsKms?: boolean;
  readonly description?: string;
  readonly sensitive: boolean;
  readonly onlyTerraform: readonly (OnlyTerraform & { readonly span: Span })[];
  readonly span: Span;
}

/** The contents of a state or plan. */
export interface Source {
  readonly managed: readonly SourceResource[];
  readonly outputs: readonly SourceOutput[];
  /** Data sources that say where the configuration is deployed. */
  readonly data: readonly SourceResource[];
  /** Returns the region of a provider, if the source has it. */
  readonly regionOf: (provider: string) => string | undefined;
  /** Returns the account of a provider, if its configuration names it. */
  readonly accountOf?: (provider: string) => string | undefined;
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}
