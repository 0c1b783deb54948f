import type { KeyOrigin, KeySpec, KeyUsage } from '../kms/key-specs.ts';
import type { Span } from '../source/span.ts';
import type { Expression } from './expression.ts';
import type { PolicyDocument, Provenance } from './policy.ts';

/** Everything a project means, in deployment order: a stack comes after all that it depends on. */
export interface Program {
  readonly app: string;
  readonly stacks: readonly Stack[];
}

/** One deployment unit: a CloudFormation stack (and one more per replica region), a Terraform root module, a Pulumi project. */
export interface Stack {
  /** Unique in the app; `[A-Za-z][A-Za-z0-9-]*`, at most 128 characters; safe as a file name. */
  readonly name: string;
  readonly app: string;
  readonly environment: Environment;
  /** Environments of this stack's replica keys: same account, other regions; sorted by region; each has a region. */
  readonly replicaEnvironments: readonly Environment[];
  /** The names of the targets it is to be generated for. */
  readonly targets: readonly string[];
  /** In an order in which they can be created: what a resource refers to or depends on comes before it. */
  readonly resources: readonly Resource[];
  /** What the user asked to see, in source order. */
  readonly outputs: readonly Output[];
  /** What other stacks of this app use, sorted by id. */
  readonly exports: readonly StackExport[];
  /** What this stack uses of others, sorted by stack and export. */
  readonly imports: readonly StackImport[];
  /** Names of the stacks that have to be deployed before this one, sorted. */
  readonly dependsOn: readonly string[];
  readonly span: Span;
}

/** Where a stack lives. Unknown parts are absent: the stack is then deployable to any account or region. */
export interface Environment {
  /** Its name under `environments`, absent for an environment-agnostic stack. */
  readonly name?: string;
  /** Twelve digits. */
  readonly account?: string;
  readonly region?: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, …; known whenever the region is. */
  readonly partition?: string;
  /** What it is for, where the user says so. Nothing that is generated depends on it. */
  readonly purpose?: 'production' | 'test' | 'development';
}

export type Resource = Key | ReplicaKey | Alias | Role | User | Group | IdentityPolicy | KmsGrant | SharedParameter;

/** What every resource has. */
interface ResourceBase {
  /** Unique in the stack and stable: `key/orders`, `alias/orders/payments/orders`, `role/ordersApi`. */
  readonly id: string;
  /** The region if it is not the stack's own (replicas and what belongs to them). */
  readonly region?: string;
  /** Names pinned per target (`{ cfn: …, terraform: …, pulumi: … }`); a target that is absent uses its default. */
  readonly names: Readonly<Record<string, string>>;
  /**
   * Ids of resources that must exist before this one although no expression refers to them: an alias that an identity
   * policy's condition names, a principal that KMS has to find. What expressions refer to is not repeated here.
   */
  readonly dependsOn: readonly string[];
  readonly source: Provenance;
}

/** A tag; the value may be computed. Sorted by name wherever it occurs. */
export interface Tag {
  readonly name: string;
  readonly value: Expression;
}

/** A stack's KMS key. Its ARN and id are known only when it has been created. */
export interface Key extends ResourceBase {
  readonly kind: 'key';
  /** Its name under `keys`. */
  readonly name: string;
  readonly description?: Expression;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  /** Only with origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE: `cks-…`. */
  readonly customKeyStoreId?: string;
  /** Only with origin EXTERNAL_KEY_STORE: the id of the key in the external key manager. */
  readonly xksKeyId?: string;
  readonly enabled: boolean;
  /** Automatic rotation; the period in days (90 to 2560) where the user gave one. */
  readonly rotation: { readonly enabled: boolean; readonly periodDays?: number };
  /** Days between a deletion being scheduled and done, 7 to 30; absent: the service's 30. */
  readonly pendingWindowDays?: number;
  readonly removal: 'retain' | 'destroy';
  /** Set where KMS is to take a policy that locks out who deploys it. */
  readonly bypassPolicyLockoutSafetyCheck?: true;
  readonly multiRegion: boolean;
  readonly policy: PolicyDocument;
  readonly tags: readonly Tag[];
}

/** A replica of a multi-Region key of the same stack, in another region of the same account. */
export interface ReplicaKey extends ResourceBase {
  readonly kind: 'replicaKey';
  /** The name of the primary key under `keys`. */
  readonly name: string;
  readonly region: string;
  /** The name of the environment it lives in. */
  readonly environmentName: string;
  /** Id of the primary, a `key` resource. */
  readonly primary: string;
  /** The primary's key spec, key usage and origin, which a replica shares and cannot change. */
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly description?: Expression;
  readonly enabled: boolean;
  readonly pendingWindowDays?: number;
  readonly removal: 'retain' | 'destroy';
  /** Set where KMS is to take a policy that locks out who deploys it. */
  readonly bypassPolicyLockoutSafetyCheck?: true;
  readonly policy: PolicyDocument;
  readonly tags: readonly Tag[];
}

/** An alias of a key of this stack, or of an imported one. */
export interface Alias extends ResourceBase {
  readonly kind: 'alias';
  /** With its prefix: `alias/orders`. */
  readonly aliasName: string;
  /** The name under `keys` or `imports` of what it points to. */
  readonly keyName: string;
  /** The key id or ARN: a reference to a key or replica of this stack (its `id`), or literal text, or cross-stack. */
  readonly target: Expression;
}

export interface Role extends ResourceBase {
  readonly kind: 'role';
  /** Its name under `principals`. */
  readonly name: string;
  /** The IAM name, only where the user gave one or another account or region has to know it beforehand; 64 characters at most. */
  readonly physicalName?: string;
  readonly description?: Expression;
  /** The trust policy: statements with action `sts:AssumeRole` (or its web-identity or SAML form) and no resource. */
  readonly assumeRolePolicy: PolicyDocument;
  readonly tags: readonly Tag[];
}

export interface User extends ResourceBase {
  readonly kind: 'user';
  readonly name: string;
  readonly physicalName?: string;
  readonly tags: readonly Tag[];
}

export interface Group extends ResourceBase {
  readonly kind: 'group';
  readonly name: string;
  readonly physicalName?: string;
}

/** An inline policy on one role, user or group, either of this stack or one that exists already. */
export interface IdentityPolicy extends ResourceBase {
  readonly kind: 'identityPolicy';
  /** The name under `principals` of whom it is attached to. */
  readonly name: string;
  /** The inline policy's name in IAM, at most 128 characters. */
  readonly policyName: Expression;
  readonly attachTo: { readonly kind: 'role' | 'user' | 'group'; readonly name: Expression };
  readonly document: PolicyDocument;
}

/** A KMS grant (CreateGrant). */
export interface KmsGrant extends ResourceBase {
  readonly kind: 'kmsGrant';
  /** Its name under `kmsGrants`; also the grant's name in KMS, unless it has none there. */
  readonly name: string;
  readonly named: boolean;
  /** Whether it is retired rather than revoked when it leaves the stack. */
  readonly retireOnDelete: boolean;
  /** The name under `keys` or `imports` of the key. */
  readonly keyName: string;
  /** The key id (reference) or ARN (literal). */
  readonly key: Expression;
  readonly grantee: Expression;
  readonly retiringPrincipal?: Expression;
  /** `Decrypt`, `GenerateDataKey`, …; without the `kms:` prefix. */
  readonly operations: readonly string[];
  /** Pairs that a request's encryption context must equal, or must contain; sorted by name. */
  readonly encryptionContext?: {
    readonly match: 'equals' | 'subset';
    readonly pairs: readonly { readonly name: string; readonly value: string }[];
  };
}

/** An SSM parameter (String) by which a consumer generated for another tool learns of a value. */
export interface SharedParameter extends ResourceBase {
  readonly kind: 'sharedParameter';
  /** `/keywright/<app>/<stack>/<export>` */
  readonly parameterName: string;
  readonly value: Expression;
}

/** One of the user's `outputs`. */
export interface Output {
  readonly name: string;
  readonly value: Expression;
  readonly source: Provenance;
}

/** A value that other stacks of this app use. */
export interface StackExport {
  /** `keys.orders.arn`, `principals.ordersApi.arn`: unique in the stack. */
  readonly id: string;
  readonly value: Expression;
  readonly source: Provenance;
}

/** A value of another stack that this stack uses. */
export interface StackImport {
  readonly stack: string;
  readonly export: string;
  /** The targets in which both stacks are generated, so that the tool's own sharing serves; the others use the parameter. */
  readonly nativeTargets: readonly string[];
  /** Set when some target needs it: the SSM parameter that the producer writes. */
  readonly parameterName?: string;
  readonly source: Provenance;
}
