import type { Program, Stack } from '@keywright/core/ir/program';

export const tools = ['cfn', 'terraform', 'pulumi'] as const;

export type Tool = (typeof tools)[number];

/** The part of a program that a tool deploys. */
export interface Plan {
  /** The stacks to deploy, as a program. */
  readonly program: Program;
  readonly toolOf: ReadonlyMap<string, Tool>;
}

/**
 * Plans to deploy as much as possible with `tool`. If a stack is not generated for `tool`, another tool deploys it. The generated code of
 * each stack must find values of other stacks where it expects them: in a stack of the same tool, or in a parameter. A consumer is left out
 * if it would force a stack onto another tool and leave none for `tool`. Returns `undefined` if nothing is generated for `tool`.
 */
export function planFor(program: Program, tool: Tool): Plan | undefined {
  const whole = assignAll(program.stacks, tool);
  if (whole !== undefined && count(whole, tool) > 0) return { program, toolOf: whole };
  const part = new Map<string, Tool>();
  for (const { name, targets, imports } of program.stacks)
    if (targets.includes(tool) && imports.every(({ stack }) => part.has(stack))) part.set(name, tool);
  if (part.size === 0) return undefined;
  return { program: { ...program, stacks: program.stacks.filter(({ name }) => part.has(name)) }, toolOf: part };
}

function assignAll(stacks: readonly Stack[], tool: Tool): ReadonlyMap<string, Tool> | undefined {
  let best: ReadonlyMap<string, Tool> | undefined;
  const assign = (index: number, assigned: ReadonlyMap<string, Tool>): void => {
    // Stops if the rest cannot give more stacks to `tool`. `tool` is tried first: for most projects, the first assignment that works is the
    // best.
    if (best !== undefined && count(assigned, tool) + stacks.length - index <= count(best, tool)) return;
    const stack = stacks[index];
    if (stack === undefined) {
      best = assigned;
      return;
    }
    for (const own of [tool, ...tools.filter((other) => other !== tool)]) {
      if (stack.targets.includes(own) && canLearn(stack, own, assigned))
        assign(index + 1, new Map([...assigned, [stack.name, own]]));
    }
  };
  assign(0, new Map());
  return best;
}

function count(assigned: ReadonlyMap<string, Tool>, tool: Tool): number {
  return [...assigned.values()].filter((own) => own === tool).length;
}

function canLearn({ imports }: Stack, tool: Tool, assigned: ReadonlyMap<string, Tool>): boolean {
  return imports.every(({ stack, nativeTargets }) => !nativeTargets.includes(tool) || assigned.get(stack) === tool);
}
