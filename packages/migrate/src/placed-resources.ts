import type { Placed } from '@keywright/analyze/build/resolve-values';
import type { Environment, Program, Stack } from '@keywright/core/ir/program';

/** The resources of stacks, each with its stack. */
export function placedIn(stacks: readonly Stack[]): readonly Placed[] {
  return stacks.flatMap((stack) => stack.resources.map((resource): Placed => ({ stack, resource })));
}

/** The id of a resource in its program: `security/key/orders`. */
export function idInProgram({ stack, resource }: Placed): string {
  return `${stack.name}/${resource.id}`;
}

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
