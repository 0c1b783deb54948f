import type { Resource, Stack } from '@keywright/core/ir/program';

export interface Placed<R extends Resource = Resource> {
  readonly stack: Stack;
  readonly resource: R;
}

export function placedIn(stacks: readonly Stack[]): readonly Placed[] {
  return stacks.flatMap((stack) => stack.resources.map((resource): Placed => ({ stack, resource })));
}

/** The id of a resource in its program: `security/key/orders`. For a key, this is its id in the picture, too. */
export function idInProgram({ stack, resource }: Placed): string {
  return `${stack.name}/${resource.id}`;
}
