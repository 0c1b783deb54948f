import type { Environment } from '@keywright/core/ir/program';
import type { StackModel } from '@keywright/core/resolve/model';
import type { Source } from './source.ts';

/** A project that was translated into a CDK app, with the facts that explain differences between the two sides. */
export interface Translated {
  readonly source: Source;
  readonly environments: ReadonlyMap<StackModel, Environment>;
  /** Existing roles and users, by their names in the place of the stack. */
  readonly existingNames: readonly ExistingName[];
}

/** An existing role or user, and the stack that would attach a policy to it. */
export interface ExistingName {
  readonly stack: string;
  readonly arn: string;
  /** For example `policy of role Name in stack`. */
  readonly policy: string;
  readonly mutable: boolean;
}
