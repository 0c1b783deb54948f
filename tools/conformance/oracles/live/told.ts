/** What no service knows of a deployment and the tool says: outputs, and what becomes of keys that are to be deleted. */
import type { Program, Stack } from '@keywright/core/ir/program';
import type { StackDeployed } from './deploy.ts';
import type { Meaning } from './meaning.ts';
import type { ToldThing } from './snapshot.ts';

export function toldThings(deployed: ReadonlyMap<string, StackDeployed>): readonly ToldThing[] {
  return [...deployed].flatMap(([stack, { onDeletion, outputs }]) => {
    const deletions = [...(onDeletion ?? [])].map(([arn, value]) => told(stack, `deletion of ${arn}`, value));
    return [...deletions, ...(outputs ?? []).map(({ name, value }) => told(stack, `output ${name}`, value))];
  });
}

/** What the IR says of the same, as far as the tool of a stack says it at all. */
export function expectedTold(
  program: Program,
  meaning: Meaning,
  deployed: ReadonlyMap<string, StackDeployed>,
): readonly ToldThing[] {
  return program.stacks.flatMap((stack) => {
    const { onDeletion, outputs } = deployed.get(stack.name) ?? {};
    return [
      ...(onDeletion === undefined ? [] : deletionsOf(stack, meaning)),
      ...(outputs === undefined ? [] : outputsOf(stack, meaning)),
    ];
  });
}

function outputsOf(stack: Stack, meaning: Meaning): readonly ToldThing[] {
  return stack.outputs.map(({ name, value }) => told(stack.name, `output ${name}`, meaning.text(value, stack)));
}

function deletionsOf(stack: Stack, meaning: Meaning): readonly ToldThing[] {
  return stack.resources.flatMap((resource) => {
    if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return [];
    const value = { retained: resource.removal === 'retain', windowDays: resource.pendingWindowDays ?? 30 };
    return [told(stack.name, `deletion of ${meaning.arn(resource, stack)}`, value)];
  });
}

function told(stack: string, about: string, value: unknown): ToldThing {
  return { kind: 'told', stack, about, value };
}
