import type { Program, Stack } from '@keywright/core/ir/program';

/** Deploys a stack; the stacks before it, as far as they are this tool's, are deployed. */
export type StackDeployer = (stack: Stack) => Promise<StackDeployed>;

/** What the services do not know of a stack; absent is what the deployer does not tell of any. */
export interface StackDeployed {
  /** What will become of a key that is to be deleted, by its ARN. */
  readonly onDeletion?: ReadonlyMap<string, OnDeletion>;
  /** What the user asked to see. */
  readonly outputs?: readonly { readonly name: string; readonly value: unknown }[];
}

export interface OnDeletion {
  readonly retained: boolean;
  readonly windowDays: number;
}

export const tools = ['cfn', 'terraform', 'pulumi'] as const;

export type Tool = (typeof tools)[number];

/**
 * The tool that deploys each stack, so that as many as can be are deployed by `tool`. A stack that is not generated for it
 * is deployed by another: one that learns from its producers as its generated code expects, from the same tool's stack or
 * from a parameter. Undefined if `tool` would deploy nothing.
 */
export function assignTools({ stacks }: Program, tool: Tool): ReadonlyMap<string, Tool> | undefined {
  let best: ReadonlyMap<string, Tool> | undefined;
  const count = (assigned: ReadonlyMap<string, Tool>) => [...assigned.values()].filter((own) => own === tool).length;
  const assign = (index: number, assigned: ReadonlyMap<string, Tool>): void => {
    // Trying the wanted tool first, the first assignment that works for most projects cannot be bettered.
    if (best !== undefined && count(assigned) + stacks.length - index <= count(best)) return;
    const stack = stacks[index];
    if (stack === undefined) {
      best = assigned;
      return;
    }
    const others = tools.filter((other) => other !== tool);
    for (const own of [tool, ...others]) {
      if (stack.targets.includes(own) && canLearn(stack, own, assigned))
        assign(index + 1, new Map([...assigned, [stack.name, own]]));
    }
  };
  assign(0, new Map());
  return best !== undefined && count(best) > 0 ? best : undefined;
}

function canLearn({ imports }: Stack, tool: Tool, assigned: ReadonlyMap<string, Tool>): boolean {
  return imports.every(({ stack, nativeTargets }) => !nativeTargets.includes(tool) || assigned.get(stack) === tool);
}
