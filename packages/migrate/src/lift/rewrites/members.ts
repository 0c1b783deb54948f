import type { Key, Program, ReplicaKey, Stack } from '@keywright/core/ir/program';
import type { KeyDefinition, ReplicaDefinition } from '@keywright/core/language/key';
import type { Draft, Entry } from '../draft/draft.ts';

/** A key or replica of the program, and where a draft defines it. */
export interface Member {
  readonly resource: Key | ReplicaKey;
  readonly stack: Stack;
  readonly entry: Entry;
  /** The definition of the key or replica in a draft; `undefined` if the draft leaves it out. */
  readonly definitionIn: (draft: Draft) => KeyDefinition | ReplicaDefinition | undefined;
}

export function membersOf(program: Program): readonly Member[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource): Member[] => {
      if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return [];
      const entry: Entry = { stack: stack.name, section: 'keys', name: resource.name };
      const keyIn = (draft: Draft) => draft.stacks?.[stack.name]?.keys?.[resource.name];
      const definitionIn: Member['definitionIn'] =
        resource.kind === 'key'
          ? keyIn
          : (draft) =>
              keyIn(draft)?.replicas?.find(
                (replica) =>
                  ('region' in replica ? replica.region : replica.environment) ===
                  (resource.byRegion ? resource.region : resource.environmentName),
              );
      return [{ resource, stack, entry, definitionIn }];
    }),
  );
}
