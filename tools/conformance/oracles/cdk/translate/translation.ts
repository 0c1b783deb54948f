import type { CreatedModel, ImportModel, KeyModel, StackModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Limit } from '../compare/limits.ts';
import type { ExistingName, Translated } from '../source/translated.ts';
import type { Library } from './library.ts';

export type CreatedPrincipal = iam.Role | iam.User | iam.Group;

/** A project that is being translated into a CDK app, and the constructs that have been created so far. */
export interface Translation extends Translated {
  readonly library: Library;
  /** Whether the CDK is made to keep what it would drop: see `Dropped`. */
  readonly keeps: boolean;
  /** The parts of grants that the CDK has dropped. */
  readonly dropped: Set<Dropped>;
  readonly app: core.App;
  readonly stacks: Map<StackModel, core.Stack>;
  /** The stacks with the keys that represent replicas, by `<stack>-<environment>`. */
  readonly replicaStacks: Map<string, core.Stack>;
  readonly created: Map<CreatedModel, CreatedPrincipal>;
  readonly keys: Map<KeyModel, kms.Key>;
  readonly imports: Map<ImportModel, kms.IKey>;
  /** The aliases, by their id in their stack. */
  readonly aliases: Map<string, kms.Alias>;
  readonly outputs: Map<core.CfnOutput, string>;
  /** Existing roles and users, by stack, ARN and whether they may be changed. */
  readonly existing: Map<string, iam.IPrincipal>;
  readonly existingNames: ExistingName[];
  readonly limits: Limit[];
}

/**
 * Parts of a grant that the CDK does not write where they were requested. `immutable`: a grant to a role that may not be changed.
 * `elsewhere`: a grant by a stack of another account to a principal of the key's account. `via`: a service that the grantee calls through.
 * `when`: the conditions of an identity policy.
 */
export type Dropped = 'immutable' | 'elsewhere' | 'via' | 'when';

/** Returns an entry of a map. Throws if it is missing. */
export function entryFor<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error('the translator has not made it yet');
  return value;
}

export function stackOf(key: KeyModel, translation: Translation): core.Stack {
  return key.primary === undefined
    ? entryFor(translation.stacks, key.stack)
    : entryFor(translation.replicaStacks, replicaStackName(key));
}

export function replicaStackName(replica: KeyModel): string {
  return `${replica.stack.name}-${replica.environment.name}`;
}
