import { report } from '../diagnostics/diagnostic.ts';
import { differsNowhere } from '../diagnostics/differences.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Differing } from '../language/differing.ts';
import type { KeyDefinition, ReplicaDefinition } from '../language/key.ts';
import { elements, entries, type Located, property } from '../project/located.ts';
import { selectorOf } from './differences.ts';
import type { Scope } from './scope.ts';

/**
 * The entries of `in` of a project are for environments in which what they stand under is: one for others is KW2140, an unknown name
 * KW2003. Comes when all keys are resolved.
 */
export function differencesHold({ project, environments: sets, usedDifferences, stacks }: Scope): Result<undefined> {
  const collector = createCollector();
  const check = (definition: Located<Differing<object>>, environments?: readonly string[]) => {
    const written = property(definition, 'in');
    if (written === undefined) return;
    const used = usedDifferences.get(written.value);
    for (const entry of entries<object | 'absent'>(written)) {
      const before = collector.diagnostics.length;
      collector.take(sets.find(selectorOf(entry)));
      // Nothing uses it, or a name that does not exist has been reported.
      if (used === undefined || used.has(entry.name) || collector.diagnostics.length > before) continue;
      collector.add(report(differsNowhere, entry.nameSpan, { selector: entry.name, environments }));
    }
  };
  const checkReplicas = (replicas: readonly Located<ReplicaDefinition>[]) => {
    for (const replica of replicas) check(replica, [replica.value.environment]);
  };
  for (const standard of project.standards.values()) check(standard);
  for (const stack of project.stacks.values()) {
    const environments = stacks.flatMap(({ definition, environment: { name } }) =>
      definition === stack && name !== undefined ? [name] : [],
    );
    for (const key of entries<KeyDefinition>(property(stack, 'keys'))) {
      check(key, environments);
      checkReplicas(elements(property(key, 'replicas')));
      for (const difference of entries(property(key, 'in'))) {
        if (difference.value === 'absent') continue;
        checkReplicas(elements(property(difference as Located<KeyDefinition>, 'replicas')));
      }
    }
  }
  return collector.result(undefined);
}
