import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { differsNowhere } from '../diagnostics/differences.ts';
import { createCollector } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import type { Differing } from '../language/differing.ts';
import type { KeyDefinition } from '../language/key.ts';
import { keysInSets } from '../project/keys-in-sets.ts';
import { elements, entries, type Located, type Named, property } from '../project/located.ts';
import { selectorOf } from './differences.ts';
import { isOfProject } from './is-of-project.ts';
import type { Scope } from './scope.ts';

/**
 * Reports entries of `in` that apply in no environment of their definition (KW2140), and unknown names (KW2003). A group without
 * environments has been reported where it is defined. Runs once all keys are resolved.
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
      const set = collector.take(sets.find(selectorOf(entry)));
      // Either the definition is unused, or the unknown name or the empty group has been reported.
      if (used === undefined || used.has(entry.name) || collector.diagnostics.length > before) continue;
      if (set?.environments.size === 0) continue;
      collector.add(report(differsNowhere, entry.nameSpan, { selector: entry.name, environments }));
    }
  };
  const all = [...sets.all.values()];
  const checkReplicas = (key: Located<Pick<KeyDefinition, 'replicas'>>, homes: readonly Environment[]) => {
    for (const replica of elements(property(key, 'replicas'))) {
      const { environment, region } = replica.value;
      const accounts = new Set(homes.map(({ account }) => account));
      const inRegion = all.filter((one) => one.region === region && accounts.has(one.account));
      check(replica, environment === undefined ? namesOf(inRegion) : [environment]);
    }
  };
  const among = (homes: readonly Environment[], entry: Named<unknown>) => {
    const { value: set } = sets.find(selectorOf(entry));
    return homes.filter(({ name = '' }) => set?.environments.has(name));
  };
  const checkKey = (key: Located<KeyDefinition>, own?: readonly Environment[]) => {
    const homes = own ?? all;
    check(key, own && namesOf(own));
    checkReplicas(key, homes);
    for (const difference of thereIn(entries(property(key, 'in')))) {
      checkReplicas(difference, among(homes, difference));
    }
  };
  for (const standard of project.standards.values()) check(standard);
  for (const key of keysInSets(project)) checkKey(key);
  for (const stack of project.stacks.values()) {
    const environments = stacks.filter(({ definition }) => definition === stack).map(({ environment }) => environment);
    // An unknown environment has been reported; an entry may be for the environment that was meant.
    if (!environments.every(isOfProject)) continue;
    check(stack, namesOf(environments));
    for (const key of entries<KeyDefinition>(property(stack, 'keys'))) checkKey(key, environments);
    for (const difference of thereIn(entries(property(stack, 'in')))) {
      const homes = among(environments, difference);
      for (const key of thereIn(entries(property(difference, 'keys')))) checkReplicas(key, homes);
    }
  }
  return collector.diagnostics;
}

function namesOf(environments: readonly Environment[]): readonly string[] {
  return environments.flatMap(({ name }) => name ?? []);
}

function thereIn<T>(differences: readonly Named<T | 'absent'>[]): readonly Named<T>[] {
  return differences.filter((difference): difference is Named<T> => difference.value !== 'absent');
}
