import type { LeftResource, Resource } from '../ir/program.ts';
import type { Outcome } from './declared.ts';

/**
 * The fate of resources in this build: they are in `stack` now, nothing manages them any more (`retain`), or they are deleted (`destroy`).
 */
export type Fate = { readonly stack: string } | Outcome['outcome'];

/** The fate of resources that moved or disappeared in this build, to correct what earlier builds recorded about their former stacks. */
export interface MovedOn {
  /** Records the fate of a resource of the stack `from`, where it had these names (one for each target). */
  add(kind: Resource['kind'], from: string, names: LeftResource['names'], fate: Fate): void;
  /**
   * The resources that have left a stack, each with the stack that it is in now. Resources that have come back, or that every deployment is
   * to delete, are left out.
   */
  corrected(stack: string, left: readonly LeftResource[]): readonly LeftResource[];
}

export function createMovedOn(): MovedOn {
  const fates = new Map<string, Fate>();
  const identity = (kind: string, stack: string, target: string, name: string) => `${kind} ${stack} ${target} ${name}`;
  return {
    add(kind, from, names, fate) {
      for (const [target, name] of Object.entries(names)) fates.set(identity(kind, from, target, name), fate);
    },
    corrected: (stack, left) =>
      left.flatMap((one) => {
        if (one.toStack === undefined) return [one];
        const [target, name] = Object.entries(one.names)[0] ?? [];
        const fate = fates.get(identity(one.kind, stack, target ?? '', name ?? ''));
        if (fate === undefined) return [one];
        const { toStack: _, ...alone } = one;
        if (fate === 'retain') return [alone];
        return fate === 'destroy' || fate.stack === stack ? [] : [{ ...one, toStack: fate.stack }];
      }),
  };
}
