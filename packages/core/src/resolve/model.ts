/** The project with all names bound: what the policy semantics work on. */
import type { ContextEntry, LookupQuery } from '../context/context.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Expression } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal } from '../ir/policy.ts';
import type { Environment, Stack } from '../ir/program.ts';
import type { KeyOrigin, KeySpec, KeyUsage } from '../kms/key-specs.ts';
import type { ServicePreset } from '../kms/services/preset.ts';
import type { GrantDefinition, KmsGrantDefinition } from '../language/grant.ts';
import type { IdentityPolicyDefinition } from '../language/identity-policy.ts';
import type { ImportDefinition } from '../language/import.ts';
import type { KeyDefinition, ReplicaDefinition } from '../language/key.ts';
import type { PolicyFile } from '../language/policy-file.ts';
import type { CreatedPrincipal, PrincipalReference } from '../language/principal.ts';
import type { ExceptionDefinition, RequirementDefinition } from '../language/requirement.ts';
import type { StackDefinition } from '../language/stack.ts';
import type { StatementDefinition } from '../language/statement.ts';
import type { Located, Named } from '../project/located.ts';
import type { Settings } from '../project/project.ts';
import type { Span } from '../source/span.ts';
import type { KeyProperties } from './key-properties.ts';
import type { Place } from './place.ts';
import type { StackSections } from './sections.ts';

export interface Model {
  readonly app: string;
  readonly settings: Settings;
  /** In source order; a stack with a list of environments is several. */
  readonly stacks: readonly StackModel[];
  /** The standards on which no key builds, without those on which others of them do. */
  readonly unusedStandards: readonly KeyContent[];
  readonly requirements: readonly RequirementModel[];
}

/** What some keys have to be. */
export interface RequirementModel {
  readonly definition: Named<RequirementDefinition>;
  /** The keys and replicas that it holds for, other than its exceptions. */
  readonly keys: readonly RequiredKey[];
  readonly exceptions: readonly ExceptionModel[];
  /** Who is not outside. */
  readonly inside: Inside;
  /** The files that decide for the whole project. */
  readonly trustedFiles: ReadonlySet<string>;
  /** Whether it may hold for a key of which this is known, and nothing of what the key is like. */
  readonly mayHoldFor: (key: GoneKey) => boolean;
  /** Whether all keys that it could hold for are known. */
  readonly isComplete: boolean;
}

/** A key that is no longer there: the names of its stack, of itself and of its environment, where they are known. */
export interface GoneKey {
  readonly stack?: string;
  readonly key?: string;
  readonly environment?: string;
}

export interface ExceptionModel {
  readonly definition: Located<ExceptionDefinition>;
  /** The keys and replicas in all environments that it is about, of those that the requirement would hold for. */
  readonly keys: readonly RequiredKey[];
}

/** A key that a requirement is about. */
export interface RequiredKey {
  readonly key: KeyModel;
  /** Who has to be among its admins. */
  readonly admins: readonly BoundReference[];
  /** What other stacks add to it. */
  readonly imports: readonly ImportModel[];
}

/** The organization of a project. */
export interface Inside {
  /** The accounts of the environments in trusted files. */
  readonly accounts: ReadonlySet<string>;
  /** Its id, where it is known. */
  readonly organization?: string;
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
  /** The entries of `in` that hold in it, or for its replicas, and change the shape of what it creates; each once, in no order. */
  readonly differences: readonly ShapeDifference[];
  /** What the project says it is generated for. */
  readonly targets: readonly string[];
  /** Of all that it creates: those of its environment and its own. */
  readonly tags: ReadonlyMap<string, Named<string>>;
  readonly sections: StackSections;
  readonly created: ReadonlyMap<string, CreatedModel>;
  /** Primary keys by name. */
  readonly keys: ReadonlyMap<string, KeyModel>;
  /** The keys that `in` takes away in its environment. */
  readonly absentKeys: ReadonlyMap<string, AbsentKey>;
  readonly imports: ReadonlyMap<string, ImportModel>;
  /** Inline policies that are written statement by statement. */
  readonly identityPolicies: readonly IdentityPolicyModel[];
}

/** An entry of `in` that makes a stack another one in shape than where it does not hold. */
export type ShapeDifference = NonNullable<Stack['differences']>[number];

export interface AbsentKey {
  /** The entry that takes it away. */
  readonly by: Span;
  /** All environments in which the stack does not have the key. */
  readonly environments: readonly string[];
}

export interface IdentityPolicyModel {
  readonly definition: Named<IdentityPolicyDefinition>;
  readonly attachTo: BoundReference;
}

/** A role, user or group that a stack creates. */
export interface CreatedModel {
  readonly kind: 'role' | 'user' | 'group';
  readonly name: string;
  /** Its resource id. */
  readonly id: string;
  readonly definition: Named<CreatedPrincipal>;
  /** What stands under `role`, `user` or `group`. */
  readonly body: Located<CreatedBody>;
  /** Who may assume a role. */
  readonly assumedBy: readonly BoundReference[];
  readonly stack: StackModel;
}

/** A role has all of these; a user has no description, a group only its names. */
export type CreatedBody = Partial<Omit<Extract<CreatedPrincipal, { role: unknown }>['role'], 'assumedBy'>>;

/** A principal as it is written, and who it is: several where it is a group (`anyOf`), nobody where that has been reported. */
export interface BoundReference {
  readonly reference: Located<PrincipalReference>;
  readonly grantees: readonly Grantee[];
}

/** What decides which operations a key can do. */
export interface KeyTraits {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly multiRegion: boolean;
}

/** What a key, a replica or a standard says of its policy, with the names in it bound. */
export interface KeyContent {
  readonly name: string;
  /** Where a reader finds it: the key's name, or the replica. */
  readonly nameSpan: Span;
  readonly place: Place;
  readonly properties: KeyProperties;
  /** The names of the standards that it builds on, the most general first. */
  readonly standards: readonly string[];
  readonly admins: readonly BoundReference[];
  readonly policy?: PolicyModel;
  readonly statements: readonly StatementModel[];
  readonly services: readonly ServiceModel[];
  readonly grants: readonly GrantModel[];
  /** What is wrong with the names in it; a key can suppress some of it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What `policy` says instead of the default; `file` is absent where it holds no policy, which has been reported. */
export type PolicyModel =
  | { readonly kind: 'statements'; readonly statements: readonly StatementModel[] }
  | { readonly kind: 'file'; readonly file: Located<PolicyFile> | undefined; readonly because: string | undefined };

export interface StatementModel {
  readonly definition: Located<StatementDefinition>;
  readonly principals: readonly Grantee[];
  readonly notPrincipals: readonly Grantee[];
}

export interface GrantModel {
  readonly definition: Located<GrantDefinition>;
  readonly grantees: readonly Grantee[];
}

export interface KmsGrantModel {
  readonly definition: Named<KmsGrantDefinition>;
  readonly grantee: BoundReference;
  readonly retiringPrincipal?: BoundReference;
}

/** A key of this app: a primary key or a replica. Both have a key policy of their own. */
export interface KeyModel extends KeyContent {
  readonly kind: 'key' | 'replicaKey';
  /** Its resource id. A replica has the name of its primary key. */
  readonly id: string;
  readonly stack: StackModel;
  /** Where it lives: for a replica not where its stack does. */
  readonly environment: Environment;
  readonly traits: KeyTraits;
  /** The tags of its environment and its stack. */
  readonly inheritedTags: ReadonlyMap<string, Named<string>>;
  readonly definition: Located<KeyDefinition | ReplicaDefinition>;
  readonly kmsGrants: readonly KmsGrantModel[];
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
  /** The same with the placeholders that it is written with, where it has any. */
  readonly written?: string;
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

export interface ImportBase {
  readonly name: string;
  readonly stack: StackModel;
  readonly definition: Named<ImportDefinition>;
  /** Where the key lives. */
  readonly place: Place;
  readonly grants: readonly GrantModel[];
  readonly kmsGrants: readonly KmsGrantModel[];
  /** Aliases that this stack creates for it. */
  readonly aliases: readonly AliasModel[];
  /** What is wrong with the names in its grants, which it can suppress. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A key that a stack uses and does not create. */
export type ImportModel =
  | (ImportBase & { readonly kind: 'arn'; readonly arn: Expression; readonly id: Expression })
  /** `entry` is absent when the context file does not have it, which has been reported. */
  | (ImportBase & {
      readonly kind: 'lookup';
      readonly alias: string;
      readonly query: LookupQuery;
      readonly entry?: ContextEntry;
    })
  | (ImportBase & { readonly kind: 'alias'; readonly alias: string })
  | (ImportBase & { readonly kind: 'key'; readonly key: KeyModel; readonly reference: Located<string> });

/** Whom a grant or statement is for, with names bound. */
export type Grantee = CreatedGrantee | ExistingGrantee | OutsideGrantee;

interface GranteeBase {
  /** How messages call it: the name that the user gave it, or what was written in place. */
  readonly label: string;
  /** Where it is named. */
  readonly span: Span;
}

/** A role, user or group that this app creates. */
export interface CreatedGrantee extends GranteeBase {
  readonly kind: 'created';
  readonly created: CreatedModel;
}

/** A role or user that exists already, to which policies can be attached unless it is not `mutable`. */
export interface ExistingGrantee extends GranteeBase {
  readonly kind: 'existing';
  readonly entity: 'role' | 'user';
  readonly arn: Expression;
  /** The account of its ARN; undefined when that is the account of whatever stack is deployed. */
  readonly account?: string;
  /** The last part of its ARN, without the path. */
  readonly entityName: Expression;
  readonly mutable: boolean;
  /** The name of the inline policy on it, where the YAML gives one. */
  readonly policyName?: string;
}

/** Anyone else: only key policies can name them. */
export interface OutsideGrantee extends GranteeBase {
  readonly kind: 'outside';
  readonly category: 'account' | 'callers' | 'service' | 'organization' | 'federated' | 'anyone' | 'session';
  readonly principal: PolicyPrincipal;
  /** Why everyone may have access, where the YAML says so. */
  readonly because?: string;
  /** What narrows `*` to an organization, or to the account. */
  readonly conditions: readonly Condition[];
  /** The account it belongs to, where one is known. */
  readonly account?: string;
}

/** Why everyone may have access, where the YAML says so. */
export function reasonOf(grantee: Grantee): string | undefined {
  return grantee.kind === 'outside' ? grantee.because : undefined;
}
