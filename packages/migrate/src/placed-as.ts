import type { Environment, Program } from '@keywright/core/ir/program';

/**
 * The program with an account, region and partition for stacks that lack them, taken from the environment that `environments` has under the
 * stack's name.
 */
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
