import { groupBy } from '../collections/group-by.ts';
import type { Project } from '../project/project.ts';
import type { DifferenceSources } from './differences.ts';
import { type DeclaredNames, partitionsOfAccounts } from './environment-values.ts';
import type { StackModel } from './model.ts';

/** What a project declares for all of its stacks. */
export interface Declarations extends DifferenceSources {
  readonly project: Project;
  /** The values and accounts that texts can name. */
  readonly declared: DeclaredNames;
}

/** The definitions in which names are looked up, and the collections in which look-ups record what they used. */
export interface Scope extends Declarations {
  /** The resolved deployments. */
  readonly stacks: readonly StackModel[];
  /** Maps the name of a definition to all its deployments, including deployments that are like a resolved deployment. */
  readonly byDefinition: ReadonlyMap<string, readonly StackModel[]>;
  /** The partitions of the declared accounts, by account id. */
  readonly partitions: ReadonlyMap<string, string>;
  /** The used names of groups (`anyOf`) and of principals that stacks create. Filled while references are bound. */
  readonly usedNames: Set<string>;
  /** Maps `stack.key` to the environments in which the stack lacks the key. Filled while keys are resolved. */
  readonly absences: Map<string, string[]>;
  /** The standards that something builds on. Filled while keys are resolved. */
  readonly usedStandards: Set<string>;
}

export function createScope(
  declarations: Declarations,
  stacks: readonly StackModel[],
  deployments: readonly StackModel[],
): Scope {
  return {
    ...declarations,
    stacks,
    byDefinition: groupBy(deployments, ({ definition }) => definition.name),
    partitions: partitionsOfAccounts(declarations.declared.accounts),
    usedNames: new Set(),
    absences: new Map(),
    usedStandards: new Set(),
  };
}
