import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { differsNowhere } from '../diagnostics/differences.ts';
import { createCollector } from '../diagnostics/result.ts';
import type { Differing } from '../language/differing.ts';
import type { KeyDefinition } from '../language/key.ts';
import { keysInSets } from '../project/keys-in-sets.ts';
import { elements, entries, type Located, type Named, property } from '../project/located.ts';
import { selectorOf } from './differences.ts';
import { isOfProject } from './is-of-project.ts';
import type { Scope } from './scope.ts';

/**
 * Checks that each entry of `in` is for environments that its definition is in; otherwise it is KW2140, and an unknown name is KW2003. Runs
 * once all keys are resolved.
 */
export function differencesHold({
  project,
  environments: sets,
  usedDifferences,
  stacks,
}: Scope): readonly Diagnostic[] {
  const collector = createCollector();
  const check = (definition: Located<Differing<object>>, environments?: readonly string[]) => {
    const written = property(definition, 'in');
    if (written === undefined) return;
    const used = usedDifferences.get(written.value);
    for (const entry of entries<object | 'absent'>(written)) {
      const before = collector.diagnostics.length;
      collector.take(sets.find(selectorOf(entry)));
      // Either the definition is unused, or the unknown name has been reported.
      if (used === undefined || used.has(entry.name) || collector.diagnostics.length > before) continue;
      collector.add(report(differsNowhere, entry.nameSpan, { selector: entry.name, environments }));
    }
  };
  const checkReplicas = (key: Located<Pick<KeyDefinition, 'replicas'>>) => {
    for (const replica of elements(property(key, 'replicas'))) {
      const { environment, region } = replica.value;
      check(replica, [environment ?? region ?? '']);
    }
  };
  const checkKey = (key: Located<KeyDefinition>, environments?: readonly string[]) => {
    check(key, environments);
    checkReplicas(key);
    for (const difference of thereIn(entries(property(key, 'in')))) checkReplicas(difference);
  };
  for (const standard of project.standards.values()) check(standard);
  for (const key of keysInSets(project)) checkKey(key);
  for (const stack of project.stacks.values()) {
    const own = stacks.filter(({ definition }) => definition === stack).map(({ environment }) => environment);
    // A name of no environment has been reported, and may be a misspelt one of an entry.
    if (!own.every(isOfProject)) continue;
    const environments = own.flatMap(({ name }) => name ?? []);
    check(stack, environments);
    for (const key of entries<KeyDefinition>(property(stack, 'keys'))) checkKey(key, environments);
    for (const difference of thereIn(entries(property(stack, 'in')))) {
      for (const key of thereIn(entries(property(difference, 'keys')))) checkReplicas(key);
    }
  }
  return collector.diagnostics;
}

/** The entries that change something, rather than remove it. */
function thereIn<T>(differences: readonly Named<T | 'absent'>[]): readonly Named<T>[] {
  return differences.filter((difference): difference is Named<T> => difference.value !== 'absent');
}
