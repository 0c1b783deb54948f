import type { Environment } from '@keywright/core/ir/program';

/** Whether two stacks may be in the same account and region. This is uncertain for a template, which does not say where it is deployed. */
export function maySharePlace(one: Environment, other: Environment): boolean {
  return (['account', 'region'] as const).every(
    (part) => one[part] === undefined || other[part] === undefined || one[part] === other[part],
  );
}
