import type { MovedPlaceDefinition, RemovedPlaceDefinition } from '../language/change.ts';
import type { AccountDefinition, EnvironmentDefinition } from '../language/environment.ts';
import type { GroupDefinition } from '../language/group.ts';
import type { KeySetDefinition, StandardDefinition } from '../language/key.ts';
import type { PolicyFile } from '../language/policy-file.ts';
import type { NamedPrincipal } from '../language/principal.ts';
import type { RequirementDefinition } from '../language/requirement.ts';
import type { RuleSeverity } from '../language/rules.ts';
import type { StackDefinition } from '../language/stack.ts';
import type { Located, Named } from './located.ts';

/** A project as written, with the sections of all files merged. Names are not bound yet. */
export interface Project {
  readonly app: string;
  /** Whether all files of the project are valid; an invalid file may define or use more. */
  readonly isWhole: boolean;
  /** Whether every file was read, with all of its sections; otherwise the rest may define a name that nothing else defines. */
  readonly hasAllNames: boolean;
  readonly settings: Settings;
  /** The severities under `rules`, by code. */
  readonly rules: ReadonlyMap<string, Named<RuleSeverity>>;
  readonly requirements: ReadonlyMap<string, Named<RequirementDefinition>>;
  /** The options of targets as written, by target. */
  readonly targetOptions: ReadonlyMap<string, Named<unknown>>;
  readonly accounts: ReadonlyMap<string, Named<AccountDefinition>>;
  /** Including those that accounts define. */
  readonly environments: ReadonlyMap<string, Named<EnvironmentDefinition>>;
  readonly groups: ReadonlyMap<string, Named<GroupDefinition>>;
  readonly moved: readonly Located<MovedPlaceDefinition>[];
  readonly removed: readonly Located<RemovedPlaceDefinition>[];
  readonly principals: ReadonlyMap<string, Named<NamedPrincipal>>;
  readonly standards: ReadonlyMap<string, Named<StandardDefinition>>;
  readonly keySets: ReadonlyMap<string, Named<KeySetDefinition>>;
  readonly stacks: ReadonlyMap<string, Named<StackDefinition>>;
  /** The policies in the files that keys name, by path. A file without a policy has been reported. */
  readonly policyFiles: ReadonlyMap<string, Located<PolicyFile>>;
  /** The rights of each file, by path. */
  readonly access: ReadonlyMap<string, FileAccess>;
}

/** What a file may decide for the project. */
export interface FileAccess {
  /** Whether it is `keywright.yaml`, or included with `trusted: true`. */
  readonly isTrusted: boolean;
  /**
   * Lists of environments: the environments of the file's stacks have to be in every one of these lists; empty if the stacks can be
   * anywhere.
   */
  readonly stacksIn: readonly Located<readonly string[]>[];
}

export interface Settings {
  readonly defaultKeyPolicies: boolean;
  readonly aliasGrants: 'none' | 'identity';
  readonly minimizePolicies: boolean;
  /** The regions that an environment or a service can have: the known ones, and those that the project declares. */
  readonly regions: ReadonlySet<string>;
}
