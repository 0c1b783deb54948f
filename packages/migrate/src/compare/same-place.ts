import type { Environment } from '@keywright/core/ir/program';

/** Whether two stacks can be in one account and region. A template does not say where it is. */
export function canBeInOnePlace(one: Environment, other: Environment): boolean {
  return (['account', 'region'] as const).every(
    (part) => one[part] === undefined || other[part] === undefined || one[part] === other[part],
  );
}
