import type { Target } from '@keywright/core/emit/emitter';
import type { Environment, Program } from '@keywright/core/ir/program';
import { partitionOf } from '@keywright/core/kms/partitions';
import type { EnvironmentDefinition } from '@keywright/core/language/environment';
import type { Draft } from '../draft/draft.ts';
import { type Problem, rawStack } from './raw-stack.ts';

/** Writes a program as it is, without recognising or merging anything. `targetOptions` are the options under `targets`. */
export function rawDraft(
  program: Program,
  targets: readonly Target<unknown>[],
  targetOptions: Readonly<Record<string, unknown>> | undefined,
): { readonly draft: Draft; readonly unsaid: readonly Problem[] } {
  const stacks = program.stacks.map((stack) => ({ name: stack.name, ...rawStack(stack, targets) }));
  const environments = environmentsOf(program);
  const draft: Draft = {
    keywright: 1,
    app: program.app,
    settings: { minimizePolicies: false },
    ...optionsBesideDefaults(targets, targetOptions),
    ...(environments.size > 0 && { environments: Object.fromEntries(environments) }),
    stacks: Object.fromEntries(stacks.map(({ name, definition }) => [name, definition])),
  };
  return { draft, unsaid: stacks.flatMap(({ leftOut: unsaid }) => unsaid) };
}

/** Returns the options of targets that differ from their defaults. */
function optionsBesideDefaults(
  targets: readonly Target<unknown>[],
  options: Readonly<Record<string, unknown>> = {},
): Pick<Draft, 'targets'> {
  const changedTargets = targets.filter(
    ({ name, options: schema }) =>
      options[name] !== undefined && JSON.stringify(options[name]) !== JSON.stringify(schema.parse({})),
  );
  return changedTargets.length === 0
    ? {}
    : { targets: Object.fromEntries(changedTargets.map(({ name }) => [name, options[name]])) };
}

function environmentsOf(program: Program): ReadonlyMap<string, EnvironmentDefinition> {
  const environments = new Map<string, EnvironmentDefinition>();
  const add = (environment: Environment) => {
    const definition = environmentDefinition(environment);
    if (environment.name !== undefined && definition !== undefined) environments.set(environment.name, definition);
  };
  for (const { environment, replicaEnvironments } of program.stacks) {
    for (const one of [environment, ...replicaEnvironments]) add(one);
  }
  return environments;
}

/** Returns the definition of an environment under its name; `undefined` if the environment can be anywhere. */
export function environmentDefinition({
  account,
  region,
  partition,
  purpose,
  values,
  deployRole,
}: Environment): EnvironmentDefinition | undefined {
  if (account === undefined || region === undefined) return undefined;
  return {
    account,
    region,
    ...(partition !== undefined && partition !== partitionOf(region) && { partition }),
    ...(purpose !== undefined && { purpose }),
    // The options of targets can refer to values.
    ...(values !== undefined && { values }),
    ...(deployRole !== undefined && { deployRole }),
  };
}
