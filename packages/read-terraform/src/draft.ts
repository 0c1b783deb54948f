import type { Environment, Stack } from '@keywright/core/ir/program';
import type { ResourceOrigin } from '@keywright/core/reading/reader';
import type { Marks } from './hcl/marks.ts';
import type { KeyIndex } from './key-index.ts';
import type { CommonStart } from './names.ts';
import type { Places } from './places.ts';
import type { SourceOutput, SourceResource } from './source/resource.ts';

/** The parts that a stack is made of. */
export interface Draft {
  readonly name: string;
  readonly app: string;
  readonly environment: Environment;
  /** Whether resources without a known place are in this stack. */
  readonly isMain: boolean;
  readonly resources: readonly SourceResource[];
  /** The `aws_kms_key_policy` of each key that has one. */
  readonly keyPolicies: ReadonlyMap<SourceResource, SourceResource>;
  readonly keys: KeyIndex;
  readonly commonStart: CommonStart;
  /** All outputs of the root module, including those about other stacks. */
  readonly outputs: readonly SourceOutput[];
  readonly places: Places;
  readonly file: string;
  /** For a module: texts in place of values that only the deployment decides. */
  readonly marks?: Marks;
}

export interface MadeStack {
  readonly stack: Stack;
  readonly origins: ReadonlyMap<string, ResourceOrigin>;
}
