/** The model: the project with all names bound. Policies are decided from it. */
import type { ContextEntry, LookupQuery } from '../context/context.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Expression, Literal } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal } from '../ir/policy.ts';
import type { Environment, Stack } from '../ir/program.ts';
import type { KeyTraits } from '../kms/key-specs.ts';
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
import type { EnvironmentSets } from './environment-sets.ts';
import type { InheritedTag } from './inherited-tags.ts';
import type { KeyProperties } from './key-properties.ts';
import type { Place } from './place.ts';
import type { StackSections } from './sections.ts';
import type { ValueDifferences } from './value-differences.ts';

export interface Model {
  readonly app: string;
  readonly settings: Settings;
  readonly environments: EnvironmentSets;
  /** Each stack in each of its environments, in source order, except deployments that are like an earlier deployment. */
  readonly stacks: readonly StackModel[];
  /** All deployments in source order. Deployments that are like an earlier deployment have no keys here. */
  readonly deployments: readonly StackModel[];
  /** Maps each deployment in an account that is like an earlier account to the corresponding deployment in the earlier account. */
  readonly likenesses: ReadonlyMap<StackModel, StackModel>;
  /** The standards that no key uses, except those that another unused standard builds on; and the keys of key sets that no stack uses. */
  readonly unusedStandards: readonly KeyContent[];
  readonly requirements: readonly RequirementModel[];
  /** The files that decide for the whole project. */
  readonly trustedFiles: ReadonlySet<string>;
}

/** A requirement that some keys have to meet. */
export interface RequirementModel {
  readonly definition: Named<RequirementDefinition>;
  /** The keys and replicas that the requirement applies to, without its exceptions. */
  readonly keys: readonly RequiredKey[];
  readonly exceptions: readonly ExceptionModel[];
  readonly inside: Inside;
  /** Whether the requirement could have applied to a key of which only these names are known. */
  readonly mayHoldFor: (key: GoneKey) => boolean;
  /** Whether all keys that the requirement could apply to are known. */
  readonly isComplete: boolean;
}

/** A key that no longer exists: the names of its stack, of the key and of its environment, if known. */
export interface GoneKey {
  readonly stack?: string;
  readonly key?: string;
  readonly environment?: string;
}

export interface ExceptionModel {
  readonly definition: Located<ExceptionDefinition>;
  /** The keys and replicas that the exception names, among those that the requirement would apply to. */
  readonly keys: readonly RequiredKey[];
}

/** A key that a requirement applies to. */
export interface RequiredKey {
  readonly key: KeyModel;
  /** The principals that have to be among the key's admins. */
  readonly admins: readonly BoundReference[];
  /** The imports through which other stacks add to the key. */
  readonly imports: readonly ImportModel[];
}

/** The organization of a project. */
export interface Inside {
  /** The accounts of the environments in trusted files. */
  readonly accounts: ReadonlySet<string>;
  /** The organization's id, if known. */
  readonly organization?: string;
}

/** A stack in one environment. */
export interface StackModel {
  /** `security`, or `security-prod-eu` when the definition has several environments. */
  readonly name: string;
  readonly app: string;
  readonly definition: Named<StackDefinition>;
  readonly environment: Environment;
  readonly place: Place;
  /** The environments of the stack's replicas, sorted by region and name. */
  readonly replicaEnvironments: readonly Environment[];
  /**
   * The entries of `in` that change the shape of what the stack creates in this environment or in those of its replicas; each once, in no
   * particular order.
   */
  readonly differences: readonly ShapeDifference[];
  readonly targets: readonly string[];
  /** The tags of everything that the stack creates: the tags of its environment, and those under `tags` of the stack. */
  readonly tags: ReadonlyMap<string, InheritedTag>;
  readonly sections: StackSections;
  readonly created: ReadonlyMap<string, CreatedModel>;
  /** Primary keys by name. */
  readonly keys: ReadonlyMap<string, KeyModel>;
  /** The keys that `in` removes in this environment. */
  readonly absentKeys: ReadonlyMap<string, AbsentKey>;
  readonly imports: ReadonlyMap<string, ImportModel>;
  /** Inline policies written statement by statement. */
  readonly identityPolicies: readonly IdentityPolicyModel[];
}

/** An entry of `in` that gives a stack a different shape where it applies. */
export type ShapeDifference = NonNullable<Stack['differences']>[number];

export interface AbsentKey {
  /** The entry that removes the key. */
  readonly by: Span;
  /** All environments in which the stack lacks the key. */
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
  readonly id: string;
  readonly definition: Named<CreatedPrincipal>;
  /** The mapping under `role`, `user` or `group`. */
  readonly body: Located<CreatedBody>;
  /** The name in IAM, if the YAML gives one. */
  readonly givenName?: Literal;
  /** Who may assume a role. */
  readonly assumedBy: readonly BoundReference[];
  readonly stack: StackModel;
}

/** A role has all of these; a user has no description, a group only its names. */
export type CreatedBody = Partial<Omit<Extract<CreatedPrincipal, { role: unknown }>['role'], 'assumedBy'>>;

/** A principal as written, and its grantees: several for a group (`anyOf`), none if the principal has been reported. */
export interface BoundReference {
  readonly reference: Located<PrincipalReference>;
  readonly grantees: readonly Grantee[];
}

/** The properties of a key, a replica or a standard that affect its policy, with the names in them bound. */
export interface KeyContent {
  readonly name: string;
  /** Where messages point: the key's name, or the replica. */
  readonly nameSpan: Span;
  readonly place: Place;
  readonly properties: KeyProperties;
  /** The names of the standards that the content builds on, the most general first. */
  readonly standards: readonly string[];
  readonly admins: readonly BoundReference[];
  readonly policy?: PolicyModel;
  readonly statements: readonly StatementModel[];
  readonly services: readonly ServiceModel[];
  readonly grants: readonly GrantModel[];
  /** The problems with the names in these properties. A key can suppress some of these problems. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The content of `policy`, if it replaces the default; `file` is absent if the file contains no policy, which has been reported. */
export type PolicyModel =
  | { readonly kind: 'statements'; readonly statements: readonly StatementModel[] }
  | { readonly kind: 'kmsDefault' }
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

/** A key of this app: a primary key or a replica, each with its own key policy. */
export interface KeyModel extends KeyContent {
  readonly kind: 'key' | 'replicaKey';
  /** The resource id. A replica has the name of its primary key. */
  readonly id: string;
  readonly stack: StackModel;
  /** The environment of this key. A replica is in a different environment from its stack. */
  readonly environment: Environment;
  readonly traits: KeyTraits;
  /** The tags of the environment and the stack. */
  readonly inheritedTags: ReadonlyMap<string, InheritedTag>;
  readonly differences: ValueDifferences;
  readonly definition: Located<KeyDefinition | ReplicaDefinition>;
  readonly kmsGrants: readonly KmsGrantModel[];
  readonly aliases: readonly AliasModel[];
  readonly replicas: readonly KeyModel[];
  readonly primary?: KeyModel;
}

/** A service that may use a key. */
export interface ServiceModel {
  readonly preset: ServicePreset;
  /** Absent if the preset does not accept the options, which has been reported. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The span that names the service. */
  readonly span: Span;
}

export interface AliasModel {
  readonly id: string;
  /** With its prefix. */
  readonly aliasName: string;
  /** `aliasName` with its origins. */
  readonly nameText: Literal;
  /** `aliasName` with its original placeholders, if it has any. */
  readonly written?: string;
  /** The name under `keys` or `imports`. */
  readonly keyName: string;
  readonly environment: Environment;
  readonly names: Readonly<Record<string, string>>;
  readonly source: Located<unknown>;
}

/** The principals that KMS grants name, as grantees and as retiring principals. */
export function granteesOfKmsGrants(kmsGrants: readonly KmsGrantModel[]): readonly Grantee[] {
  return kmsGrants
    .flatMap(({ grantee, retiringPrincipal }) => [
      grantee,
      ...(retiringPrincipal === undefined ? [] : [retiringPrincipal]),
    ])
    .flatMap(({ grantees }) => grantees);
}

/** The keys that a stack creates: primary keys, each followed by its replicas. */
export function keysOf(stack: StackModel): readonly KeyModel[] {
  return [...stack.keys.values()].flatMap((key) => [key, ...key.replicas]);
}

export interface ImportBase {
  readonly name: string;
  readonly stack: StackModel;
  readonly definition: Named<ImportDefinition>;
  /** The place of the key. */
  readonly place: Place;
  readonly grants: readonly GrantModel[];
  readonly kmsGrants: readonly KmsGrantModel[];
  /** Aliases that this stack creates for the key. */
  readonly aliases: readonly AliasModel[];
  /** The problems with names in the grants, which the import can suppress. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A key that a stack uses and does not create. */
export type ImportModel =
  | (ImportBase & { readonly kind: 'arn'; readonly arn: Expression; readonly id: Expression })
  /** `entry` is absent if the context file lacks it, which has been reported. */
  | (ImportBase & {
      readonly kind: 'lookup';
      readonly alias: Literal;
      readonly query: LookupQuery;
      readonly entry?: ContextEntry;
    })
  | (ImportBase & { readonly kind: 'alias'; readonly alias: Literal })
  | (ImportBase & { readonly kind: 'key'; readonly key: KeyModel });

/** The principal of a grant or statement, with its name bound. */
export type Grantee = CreatedGrantee | ExistingGrantee | OutsideGrantee;

interface GranteeBase {
  /** The principal's name in messages: the name in the YAML, or the principal as written. */
  readonly label: string;
  /** The span that names the principal. */
  readonly span: Span;
}

/** A role, user or group that this app creates. */
export interface CreatedGrantee extends GranteeBase {
  readonly kind: 'created';
  readonly created: CreatedModel;
  /**
   * The file that decides which stack creates the principal: the file with its entry under `principals`, or else the file with the
   * reference.
   */
  readonly writtenIn: string;
}

/** An existing role or user. Policies can be attached to it if it is `mutable`. */
export interface ExistingGrantee extends GranteeBase {
  readonly kind: 'existing';
  readonly entity: 'role' | 'user';
  readonly arn: Expression;
  /** The account in the ARN; `undefined` if it is the account in which the stack is deployed. */
  readonly account?: string;
  /** The last part of the ARN, without the path. */
  readonly entityName: Expression;
  /**
   * The label with placeholders for what its environment decides, so that this text is the same in every environment. Absent if it equals
   * the label.
   */
  readonly writtenLabel?: string;
  readonly mutable: boolean;
  readonly policyName?: string;
  /** The file that sets `policyName`. */
  readonly policyNameIn?: string;
}

/** Any other principal: only key policies can name it. */
export interface OutsideGrantee extends GranteeBase {
  readonly kind: 'outside';
  readonly category: 'account' | 'callers' | 'service' | 'organization' | 'federated' | 'anyone' | 'session';
  readonly principal: PolicyPrincipal;
  /** The reason the YAML gives for access by everyone. */
  readonly because?: string;
  /** The conditions that restrict `*` to an organization, or to the account. */
  readonly conditions: readonly Condition[];
  /** The principal's account, if known. */
  readonly account?: string;
}

/** The reason the YAML gives for access by everyone. */
export function reasonOf(grantee: Grantee): string | undefined {
  return grantee.kind === 'outside' ? grantee.because : undefined;
}
