import type { Program, Stack } from '@keywright/core/ir/program';
import { type Place, placeOf } from '../cloud/cloud.ts';

/**
 * Returns the place of a stack. A stack without an environment can be anywhere. But parameters and exports are limited to an account and
 * region, so the stack is deployed in the place of the stacks that it shares values with.
 */
export function placeIn({ stacks }: Program, stack: Stack): Place {
  const environments = [...linked(stack, stacks)].map(({ environment }) => environment);
  const nowhere = placeOf({ environment: {} });
  return {
    account: environments.find(({ account }) => account !== undefined)?.account ?? nowhere.account,
    region: environments.find(({ region }) => region !== undefined)?.region ?? nowhere.region,
  };
}

/** Returns the stack, the stacks that it shares values with, the stacks that these share values with, and so on. */
function linked(stack: Stack, stacks: readonly Stack[]): ReadonlySet<Stack> {
  const found = new Set([stack]);
  for (const one of found) {
    if (one.environment.account !== undefined && one.environment.region !== undefined) continue;
    for (const other of stacks) if (shares(one, other) || shares(other, one)) found.add(other);
  }
  return found;
}

function shares(consumer: Stack, producer: Stack): boolean {
  return consumer.imports.some(({ stack }) => stack === producer.name);
}
