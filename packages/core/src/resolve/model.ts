/** The project with all names bound: what the policy semantics work on. */
import type { ContextEntry } from '../context/context.ts';
import type { Expression } from '../ir/expression.ts';
import type { Environment, Tag } from '../ir/program.ts';
import type { KeyOrigin, KeySpec, KeyUsage } from '../kms/key-specs.ts';
import type { ServicePreset } from '../kms/services/preset.ts';
import type { ImportDefinition } from '../language/import.ts';
import type { KeyDefinition, ReplicaDefinition } from '../language/key.ts';
import type { PolicyFile } from '../language/policy-file.ts';
import type { CreatedPrincipal } from '../language/principal.ts';
import type { StackDefinition } from '../language/stack.ts';
import type { Located, Named } from '../project/located.ts';
import type { Settings } from '../project/project.ts';
import type { Span } from '../source/span.ts';
import type { Place } from './place.ts';
import type { KeyProperties } from './standards.ts';

export interface Model {
  readonly app: string;
  readonly settings: Settings;
  /** In source order; a stack with a list of environments is several. */
  readonly stacks: readonly StackModel[];
}

/** One stack in one environment. */
export interface StackModel {
  /** `security`, or `security-prod-eu` when the definition has several environments. */
  readonly name: string;
  readonly app: string;
  readonly definition: Named<StackDefinition>;
  readonly environment: Environment;
  readonly place: Place;
  /** The environments of its replicas, sorted by region. */
  readonly replicaEnvironments: readonly Environment[];
  /** The environments in other regions of its account, one for each region, sorted by region. */
  readonly siblingEnvironments: readonly Environment[];
  /** What the project says it is generated for. */
  readonly targets: readonly string[];
  readonly tags: readonly Tag[];
  readonly created: ReadonlyMap<string, CreatedModel>;
  /** Primary keys by name. */
  readonly keys: ReadonlyMap<string, KeyModel>;
  readonly imports: ReadonlyMap<string, ImportModel>;
}

/** A role, user or group that a stack creates. */
export interface CreatedModel {
  readonly kind: 'role' | 'user' | 'group';
  readonly name: string;
  /** Its resource id. */
  readonly id: string;
  readonly definition: Named<CreatedPrincipal>;
  readonly stack: StackModel;
}

/** What decides which operations a key can do. */
export interface KeyTraits {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly multiRegion: boolean;
}

/** A key of this app: a primary key or a replica. Both have a key policy of their own. */
export interface KeyModel {
  readonly kind: 'key' | 'replicaKey';
  /** Its resource id. */
  readonly id: string;
  /** The name under `keys`, of a replica that of its primary key. */
  readonly name: string;
  readonly stack: StackModel;
  /** Where it lives: for a replica not where its stack does. */
  readonly environment: Environment;
  readonly place: Place;
  readonly traits: KeyTraits;
  readonly definition: Located<KeyDefinition | ReplicaDefinition>;
  /** Where a reader finds it: the key's name, or the replica. */
  readonly nameSpan: Span;
  readonly properties: KeyProperties;
  readonly services: readonly ServiceModel[];
  /** The policy in the file that `policy` names; absent where it names none, or one that holds none, which has been reported. */
  readonly policyFile?: Located<PolicyFile>;
  readonly aliases: readonly AliasModel[];
  /** The replicas of a primary key. */
  readonly replicas: readonly KeyModel[];
  /** The primary key of a replica. */
  readonly primary?: KeyModel;
}

/** A service that can use a key. */
export interface ServiceModel {
  readonly preset: ServicePreset;
  /** Absent where the preset does not take them, which has been reported. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Where it is named. */
  readonly span: Span;
}

export interface AliasModel {
  /** Its resource id. */
  readonly id: string;
  /** With its prefix. */
  readonly aliasName: string;
  /** The name under `keys` or `imports`. */
  readonly keyName: string;
  readonly environment: Environment;
  readonly names: Readonly<Record<string, string>>;
  readonly source: Located<unknown>;
}

/** The keys that a stack creates: primary keys, each followed by its replicas. */
export function keysOf(stack: StackModel): readonly KeyModel[] {
  return [...stack.keys.values()].flatMap((key) => [key, ...key.replicas]);
}

interface ImportBase {
  readonly name: string;
  readonly stack: StackModel;
  readonly definition: Named<ImportDefinition>;
  /** Where the key lives. */
  readonly place: Place;
  /** Aliases that this stack creates for it. */
  readonly aliases: readonly AliasModel[];
}

/** A key that a stack uses and does not create. */
export type ImportModel =
  | (ImportBase & { readonly kind: 'arn'; readonly arn: Expression; readonly id: Expression })
  /** `entry` is absent when the context file does not have it, which has been reported. */
  | (ImportBase & { readonly kind: 'lookup'; readonly alias: string; readonly entry?: ContextEntry })
  | (ImportBase & { readonly kind: 'alias'; readonly alias: string })
  | (ImportBase & { readonly kind: 'key'; readonly key: KeyModel; readonly reference: Located<string> });
