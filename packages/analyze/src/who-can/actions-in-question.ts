/** Reads the words for actions in a question: a capability as in `can:`, a `kms:` action, or a pattern of actions. */
import { kmsActions } from '@keywright/core/kms/actions';
import { actionsOf, canPerform, capabilities, isCapability } from '@keywright/core/kms/capabilities';
import type { KeyTraits } from '@keywright/core/kms/key-specs';
import { covers } from '@keywright/core/policy/trust';
import { isAboutKey, operationOf, usageFor } from '../facts/actions.ts';
import type { PictureKey } from '../picture.ts';

/** The actions that a word means for a key. */
export interface ActionsInQuestion {
  /** Actions that the key supports, such as `kms:Decrypt`. */
  readonly actions: readonly string[];
  /** Actions that KMS refuses for a key of this usage, whatever the policies allow. */
  readonly refused: readonly string[];
}

/** Nothing is known about a referred key: assume the most common kind. */
const usualTraits: KeyTraits = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
};

/** Every word that a question can use: capabilities, then actions. */
export const questionWords: readonly string[] = [...capabilities, ...kmsActions];

/** Whether a word means anything. A pattern must match an action. */
export function isQuestionWord(word: string): boolean {
  return isCapability(word) || kmsActions.some((action) => covers(word, action));
}

export function actionsInQuestion(word: string, key: Pick<PictureKey, 'traits'>): ActionsInQuestion {
  if (!isCapability(word)) return divide(expand([word], !/[*?]/.test(word)), key);
  const actions = expand(actionsOf(word, key.traits ?? usualTraits), false);
  const possible = key.traits === undefined || canPerform(word, key.traits);
  return possible ? divide(actions, key) : { actions: [], refused: actions };
}

/**
 * The actions that patterns match, once each. Actions that are not about a key are included only if `even` is set: `kms:Create*` usually
 * means CreateGrant.
 */
function expand(patterns: readonly string[], even: boolean): readonly string[] {
  return kmsActions.filter(
    (action) => patterns.some((pattern) => covers(pattern, action)) && (even || isAboutKey(operationOf(action))),
  );
}

function divide(actions: readonly string[], { traits }: Pick<PictureKey, 'traits'>): ActionsInQuestion {
  const isPossible = (action: string): boolean => {
    const usage = usageFor(operationOf(action));
    return traits === undefined || usage === undefined || usage === traits.usage;
  };
  return { actions: actions.filter(isPossible), refused: actions.filter((action) => !isPossible(action)) };
}
