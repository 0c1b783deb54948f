import type { Environment, Program } from '@keywright/core/ir/program';

/** The program, in which a stack without an account, region or partition takes it from the environment under its name. */
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
