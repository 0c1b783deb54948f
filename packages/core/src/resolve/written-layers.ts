import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import type { Differing } from '../language/differing.ts';
import type { Located, Named } from '../project/located.ts';
import { byGenerality, type Difference, differencesIn, isThere, presence, undecided } from './differences.ts';
import { type KeyText, settingsOf } from './key-properties.ts';
import type { Scope } from './scope.ts';

/** The text about a key or replica at one point in the YAML, and the entries of `in` that apply, the most specific last. */
export interface DifferingText {
  readonly own: readonly Located<KeyText>[];
  readonly differences: readonly Difference<KeyText>[];
}

/**
 * A definition with the entries of `in` that apply to it in an environment: the definition's own entries, and entries of the stack
 * (`ofStack`). `definition` is `undefined` if only `in` of the stack has the key.
 */
export function differing(
  definition: Located<Differing<KeyText> & KeyText> | undefined,
  environment: Environment,
  scope: Scope,
  ofStack: readonly Difference<KeyText>[] = [],
): DifferingText {
  if (definition === undefined) return { own: [], differences: ofStack };
  const ownDifferences = differencesIn(definition, environment, scope);
  const differences = ofStack.length === 0 ? ownDifferences : [...ownDifferences, ...ofStack].sort(byGenerality);
  return { own: [definition], differences };
}

/** The layers written for a key or replica in an environment, the nearest last; or the entry of `in` that removes it there. */
export function writtenIn(
  texts: readonly DifferingText[],
  what: string,
): Result<{ readonly layers: readonly Located<KeyText>[] } | { readonly absentBy: Named<unknown> }> {
  const collector = createCollector();
  for (const { differences } of texts) collector.add(...undecided(differences, settingsOf, what));
  const { absentBy, diagnostics } = presence(
    texts.flatMap(({ differences }) => differences),
    what,
  );
  collector.add(...diagnostics);
  if (absentBy !== undefined) return collector.result({ absentBy });
  return collector.result({
    layers: texts.flatMap(({ own, differences }) => [...own, ...differences.filter(isThere).map(({ entry }) => entry)]),
  });
}
