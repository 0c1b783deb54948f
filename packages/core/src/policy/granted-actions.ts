import { report } from '../diagnostics/diagnostic.ts';
import { capabilityNotPossible, unknownCapability } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { actionsOf, canPerform, capabilities, isCapability } from '../kms/capabilities.ts';
import type { Located } from '../project/located.ts';
import type { KeyTraits } from '../resolve/model.ts';
import { meantActions, slipOf } from './known-actions.ts';

/**
 * The `kms:` actions that the words after `can:` mean for a key, each once, in the order of the words. `traits` are absent for a
 * key of which only the ARN or an alias is known, which is then taken for a symmetric one. A word that is neither a
 * capability nor a `kms:` action, and a capability that the key does not have, are errors.
 */
export function grantedActions(
  words: readonly Located<string>[],
  traits: KeyTraits | undefined,
  keyName: string,
): Result<readonly string[]> {
  const collector = createCollector();
  const actions = words.flatMap((word): readonly string[] => {
    const text = word.value;
    if (isCapability(text)) {
      if (traits !== undefined && !canPerform(text, traits)) {
        const possible = capabilities.filter((capability) => canPerform(capability, traits));
        const { usage, spec } = traits;
        collector.add(
          report(capabilityNotPossible, word.span, { capability: text, key: keyName, usage, spec, possible }),
        );
      }
      return actionsOf(text, traits ?? unknownTraits);
    }
    if (!/^kms:[A-Za-z*?]+$/i.test(text)) {
      const meant = meantBy(text);
      collector.add(report(unknownCapability, word.span, { word: text, meant, capabilities }));
      if (meant === undefined) return [];
      return isCapability(meant) ? actionsOf(meant, traits ?? unknownTraits) : [meant];
    }
    return collector.take(meantActions([word]));
  });
  const [only] = words;
  // The list of a capability itself, so that equal ones are one and the same.
  const isOneCapability = words.length === 1 && only !== undefined && isCapability(only.value);
  return collector.result(isOneCapability ? actionsOf(only.value, traits ?? unknownTraits) : [...new Set(actions)]);
}

/** What a word that is neither a capability nor an action was meant to be, so that the grant is not missed elsewhere. */
function meantBy(word: string): string | undefined {
  if (word === '*') return 'kms:*';
  const [action] = slipOf(word);
  return nearest(word, capabilities) ?? action;
}

const unknownTraits: KeyTraits = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
};
