import type { Key, ReplicaKey } from '@keywright/core/ir/program';
import { actionsOf, capabilities } from '@keywright/core/kms/capabilities';

/**
 * Returns the words of `can` for a list of actions, in the order of the list; `undefined` if no words cover the whole list. If several
 * words are possible, takes the one with the most actions.
 */
export function wordsFor(actions: readonly string[], key: Key | ReplicaKey): string[] | undefined {
  const traits = { ...key, multiRegion: key.kind === 'replicaKey' || key.multiRegion };
  const candidates = capabilities
    .map((word) => ({ word, actions: actionsOf(word, traits) }))
    .sort((one, other) => other.actions.length - one.actions.length);
  const words: string[] = [];
  for (let index = 0; index < actions.length; ) {
    const capability = candidates.find((row) =>
      row.actions.every((action, offset) => actions[index + offset] === action),
    );
    if (capability === undefined) return undefined;
    words.push(capability.word);
    index += capability.actions.length;
  }
  return words;
}
