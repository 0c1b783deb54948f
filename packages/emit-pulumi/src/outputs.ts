import { type Expression, expressionKey } from '@keywright/core/ir/expression';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Stack } from '@keywright/core/ir/program';
import { exportOutputName } from './names.ts';

/** An output of the Pulumi stack. */
export interface ProgramOutput {
  readonly name: string;
  readonly value: Expression;
  /** Whether it exists for other stacks, rather than because the user asked for it. */
  readonly forStacks: boolean;
  readonly source: Provenance;
}

/**
 * The outputs of a stack's program: those that the user asked for, then those that other stacks read by a stack
 * reference. A user's output that has the name and the value of an export serves as both.
 */
export function programOutputs(stack: Stack): readonly ProgramOutput[] {
  const own = stack.outputs.map((output) => ({ ...output, forStacks: false }));
  const taken = new Set(own.map(({ name, value }) => `${name} ${expressionKey(value)}`));
  const exported = stack.exports
    .map(({ id, value, source }) => ({ name: exportOutputName(id), value, forStacks: true, source }))
    .filter(({ name, value }) => !taken.has(`${name} ${expressionKey(value)}`));
  return [...own, ...exported];
}

const claims = new WeakMap<Stack, ReadonlyMap<string, readonly string[]>>();

/**
 * The names of the outputs that exist because other stacks use the resource with this id. A name that something else has
 * too is there once more for each, so that core finds the clash and blames the resource.
 */
export function outputsClaimedBy(resourceId: string, stack: Stack): readonly string[] {
  const known = claims.get(stack) ?? claimsOf(stack);
  claims.set(stack, known);
  return known.get(resourceId) ?? [];
}

function claimsOf(stack: Stack): ReadonlyMap<string, readonly string[]> {
  const outputs = programOutputs(stack);
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
}
