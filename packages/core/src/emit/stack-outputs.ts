import { type Expression, expressionKey } from '../ir/expression.ts';
import type { Provenance } from '../ir/policy.ts';
import type { Stack } from '../ir/program.ts';

/** An output in a target's version of a stack, for targets in which stacks read each other's outputs. */
export interface StackOutput {
  readonly name: string;
  readonly value: Expression;
  readonly description?: string;
  /** Whether the output exists because other stacks read it, not because the YAML declares it. */
  readonly forStacks: boolean;
  /** The id of the export, if it exists for other stacks. */
  readonly exportId?: string;
  readonly source: Provenance;
}

export interface StackOutputs {
  /**
   * The outputs in the YAML, then the outputs that other stacks read. An output in the YAML with the name and value of an export serves as
   * that export too.
   */
  of(stack: Stack): readonly StackOutput[];
  /**
   * The names of the outputs that exist because other stacks use the resource with this id. If several outputs have the
   * same name, the name is repeated that many times, so that core finds the clash and blames the resource.
   */
  claimedBy(resourceId: string, stack: Stack): readonly string[];
}

/** The outputs of stacks for a target; `nameOf` gives the target's name for a value that other stacks read (`keys_orders_arn`). */
export function createStackOutputs(nameOfExport: (exportId: string) => string): StackOutputs {
  const claims = new WeakMap<Stack, ReadonlyMap<string, readonly string[]>>();

  const outputsOf = (stack: Stack): readonly StackOutput[] => {
    const userOutputs = stack.outputs.map((output) => ({ ...output, forStacks: false }));
    const taken = new Set(userOutputs.map(({ name, value }) => `${name} ${expressionKey(value)}`));
    const exported = stack.exports
      .map(({ id, value, source }) => ({ name: nameOfExport(id), value, forStacks: true, exportId: id, source }))
      .filter(({ name, value }) => !taken.has(`${name} ${expressionKey(value)}`));
    return [...userOutputs, ...exported];
  };

  const claimsOf = (stack: Stack): ReadonlyMap<string, readonly string[]> => {
    const outputs = outputsOf(stack);
    const uses = new Map<string, number>();
    for (const { name } of outputs) uses.set(name, (uses.get(name) ?? 0) + 1);
    const byResource = new Map<string, string[]>();
    for (const { name, value, forStacks } of outputs) {
      if (!forStacks || value.kind !== 'reference') continue;
      const claimed = byResource.get(value.resource) ?? [];
      claimed.push(...Array.from({ length: uses.get(name) ?? 1 }, () => name));
      byResource.set(value.resource, claimed);
    }
    return byResource;
  };

  return {
    of: outputsOf,
    claimedBy(resourceId, stack) {
      const cached = claims.get(stack) ?? claimsOf(stack);
      claims.set(stack, cached);
      return cached.get(resourceId) ?? [];
    },
  };
}
