import { report } from '../diagnostics/diagnostic.ts';
import { capabilityNotPossible, unknownCapability } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { actionsOf, canPerform, capabilities, isCapability } from '../kms/capabilities.ts';
import type { KeyTraits } from '../kms/key-specs.ts';
import type { Located } from '../project/located.ts';
import { intendedActions, misspelledActions } from './known-actions.ts';

/**
 * The `kms:` actions that the words after `can:` mean for a key, once each, in the order of the words. Without `traits` (a key known only
 * by ARN or alias) the key is assumed to be symmetric. A word that is neither a capability nor a `kms:` action is an error, and so is a
 * capability that the key lacks.
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
      const capability = meantBy(text);
      collector.add(report(unknownCapability, word.span, { word: text, meant: capability, capabilities }));
      if (capability === undefined) return [];
      return isCapability(capability) ? actionsOf(capability, traits ?? unknownTraits) : [capability];
    }
    return collector.take(intendedActions([word]));
  });
  const [only] = words;
  // Reuses the capability's own list, so that equal lists are identical.
  const isOneCapability = words.length === 1 && only !== undefined && isCapability(only.value);
  return collector.result(isOneCapability ? actionsOf(only.value, traits ?? unknownTraits) : [...new Set(actions)]);
}

/** The capability or action that an unknown word was meant to be. It counts as granted, so that nothing else reports a missing grant. */
function meantBy(word: string): string | undefined {
  if (word === '*') return 'kms:*';
  const [action] = misspelledActions(word);
  return nearest(word, capabilities) ?? action;
}

const unknownTraits: KeyTraits = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
};
