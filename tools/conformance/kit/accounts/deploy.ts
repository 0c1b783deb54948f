import type { Program, Stack } from '@keywright/core/ir/program';

/** Deploys a stack; the stacks before it, as far as they are this tool's, are deployed. */
export type StackDeployer = (stack: Stack) => Promise<StackDeployed>;

/** What the services do not know of a stack; absent is what the deployer does not tell of any. */
export interface StackDeployed {
  /** By ARN. */
  readonly keys?: ReadonlyMap<string, KeySettings>;
  /** Absent where the deployer has no grants or does not track them. */
  readonly grants?: readonly GrantSettings[];
  /** What the user asked to see. */
  readonly outputs?: readonly { readonly name: string; readonly value: unknown }[];
}

/** What a tool keeps about a key beside what KMS shows. */
export interface KeySettings {
  readonly retained: boolean;
  readonly windowDays: number;
  readonly bypassesLockoutCheck: boolean;
}

/** What a tool keeps about a grant beside what KMS shows. */
export interface GrantSettings {
  readonly name: string | undefined;
  readonly grantee: string | undefined;
  readonly retireOnDelete: boolean;
}

export const tools = ['cfn', 'terraform', 'pulumi'] as const;

export type Tool = (typeof tools)[number];

/** What a tool is to deploy of a program. */
export interface Plan {
  /** With the stacks that are deployed. */
  readonly program: Program;
  /** By which tool each is. */
  readonly toolOf: ReadonlyMap<string, Tool>;
}

/**
 * As much as can be is deployed by `tool`. A stack that is not generated for it is deployed by another: one that learns from
 * its producers as its generated code expects, from the same tool's stack or from a parameter. Where a stack would have to
 * be left to another tool for the sake of its consumer, so that none is for `tool`, the consumer is left out. Undefined if
 * nothing is generated for `tool`.
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
    // The wanted tool is tried first: for most projects, the first assignment that works cannot be bettered.
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
