import type { Environment, Program } from '@keywright/core/ir/program';

/** Fills in the account, region and partition that a stack lacks, from the environment that `environments` has under the stack's name. */
export function placedAs(program: Program, environments: ReadonlyMap<string, Environment>): Program {
  const stacks = program.stacks.map((stack) => {
    const { account, region, partition } = environments.get(stack.name) ?? {};
    const place = {
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(partition !== undefined && { partition }),
    };
    return { ...stack, environment: { ...place, ...stack.environment } };
  });
  return { ...program, stacks };
}
