/** The part of a deployed state that every target describes. Targets are compared by this part. */

export type Tags = Readonly<Record<string, unknown>>;

export interface DeployedKey {
  readonly kind: 'key' | 'replicaKey';
  readonly region: string;
  readonly description: unknown;
  readonly spec: unknown;
  readonly usage: unknown;
  readonly origin: unknown;
  readonly enabled: unknown;
  readonly rotation: unknown;
  readonly rotationDays: unknown;
  readonly pendingWindowDays: unknown;
  readonly multiRegion: unknown;
  readonly retained: boolean;
  readonly policy: unknown;
  readonly tags: Tags;
  /** For a replica, the ARN of the primary. */
  readonly primary: unknown;
}

export interface DeployedAlias {
  readonly kind: 'alias';
  readonly region: string;
  readonly name: unknown;
  readonly keyId: unknown;
}

export interface DeployedPrincipal {
  readonly kind: 'role' | 'user' | 'group';
  readonly description: unknown;
  readonly trust: unknown;
  readonly tags: Tags;
}

interface DeployedIdentityPolicy {
  readonly kind: 'identityPolicy';
  readonly name: unknown;
  readonly holder: DeployedPrincipal['kind'];
  readonly attachedTo: unknown;
  readonly document: unknown;
}

export interface DeployedKmsGrant {
  readonly kind: 'kmsGrant';
  readonly region: string;
  readonly name: unknown;
  readonly retireOnDelete: unknown;
  /** The id or ARN of the key. */
  readonly keyId: unknown;
  readonly grantee: unknown;
  readonly retiringPrincipal: unknown;
  readonly operations: unknown;
  /** The required encryption context: `equals` must be the whole context, `subset` a part of it. */
  readonly equals: Tags | undefined;
  readonly subset: Tags | undefined;
}

interface DeployedParameter {
  readonly kind: 'sharedParameter';
  readonly name: unknown;
  readonly value: unknown;
  readonly tags: Tags;
}

export type Deployed =
  | DeployedKey
  | DeployedAlias
  | DeployedPrincipal
  | DeployedIdentityPolicy
  | DeployedKmsGrant
  | DeployedParameter;

export interface DeployedStack {
  /** The deployed resources, by the id of the resource in the IR. */
  readonly resources: ReadonlyMap<string, Deployed>;
  /** The outputs of the user, in the order of the IR. */
  readonly outputs: readonly unknown[];
}

/** The values that stacks pass to later stacks. */
export interface Shared {
  /** The values by the tool's name for them: the name of an export, or `stack/output`. */
  readonly values: Map<string, unknown>;
  /** SSM parameters, whichever tool made them. */
  readonly parameters: Map<string, unknown>;
}
