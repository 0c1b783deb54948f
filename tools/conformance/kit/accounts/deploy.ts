import type { Program, Stack } from '@keywright/core/ir/program';

/** Deploys a stack, after the stacks of the same tool that come before it. */
export type StackDeployer = (stack: Stack) => Promise<StackDeployed>;

/** What the services do not know about a stack; anything that the deployer never reports is absent. */
export interface StackDeployed {
  /** By ARN. */
  readonly keys?: ReadonlyMap<string, KeySettings>;
  /** Absent if the deployer has no grants or does not track them. */
  readonly grants?: readonly GrantSettings[];
  /** The outputs the user asked for. */
  readonly outputs?: readonly { readonly name: string; readonly value: unknown }[];
}

/** What a tool records about a key that KMS does not show. */
export interface KeySettings {
  readonly retained: boolean;
  readonly windowDays: number;
  readonly bypassesLockoutCheck: boolean;
}

/** What a tool records about a grant that KMS does not show. */
export interface GrantSettings {
  readonly name: string | undefined;
  readonly grantee: string | undefined;
  readonly retireOnDelete: boolean;
}

export const tools = ['cfn', 'terraform', 'pulumi'] as const;

export type Tool = (typeof tools)[number];

/** The part of a program that a tool deploys. */
export interface Plan {
  /** Contains the stacks to deploy. */
  readonly program: Program;
  /** The tool of each stack. */
  readonly toolOf: ReadonlyMap<string, Tool>;
}

/**
 * Deploys as much as possible with `tool`. A stack that is not generated for `tool` is deployed by another tool, which finds values of
 * other stacks where its generated code expects them: in a stack of the same tool or in a parameter. If a consumer would force a stack onto
 * another tool and leave none for `tool`, the consumer is left out. `undefined` if nothing is generated for `tool`.
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
    // The wanted tool is tried first: for most projects, the first assignment that works is the best possible.
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
