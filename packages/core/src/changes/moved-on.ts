import type { LeftResource, Resource } from '../ir/program.ts';

/** Where resources are that have moved in this build: so that what an earlier build said about their former stacks can be corrected. */
export interface MovedOn {
  /** A resource that had these names, by target, in the stack `from` is in the stack `to` now. */
  add(kind: Resource['kind'], from: string, names: LeftResource['names'], to: string): void;
  /** What has left a stack, with the stacks in which it is now, and without what has come back. */
  corrected(stack: string, left: readonly LeftResource[]): readonly LeftResource[];
}

export function createMovedOn(): MovedOn {
  const known = new Map<string, string>();
  const identity = (kind: string, stack: string, target: string, name: string) => `${kind} ${stack} ${target} ${name}`;
  return {
    add(kind, from, names, to) {
      for (const [target, name] of Object.entries(names)) known.set(identity(kind, from, target, name), to);
    },
    corrected: (stack, left) =>
      left.flatMap((one) => {
        if (one.toStack === undefined) return [one];
        const [target, name] = Object.entries(one.names)[0] ?? [];
        const to = known.get(identity(one.kind, stack, target ?? '', name ?? ''));
        if (to === stack) return [];
        return [to === undefined ? one : { ...one, toStack: to }];
      }),
  };
}
