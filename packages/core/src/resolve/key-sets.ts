import { report } from '../diagnostics/diagnostic.ts';
import { keyOfTwoSets } from '../diagnostics/differences.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { longChain } from '../diagnostics/source.ts';
import type { KeyDefinition } from '../language/key.ts';
import type { StackDefinition } from '../language/stack.ts';
import { elements, entries, type Located, type Named, property, retyped } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** The maximum nesting of key sets. Nobody could follow a deeper one. */
const deepest = 100;

/**
 * The keys of the key sets that a stack takes, each set once. Reports an unknown set (KW2003), a cycle of sets (KW2004), and a key in two
 * sets (KW2143), of which the first counts. The names of all sets visited are added to `used`.
 */
export function keysOfSets(
  stack: Named<StackDefinition>,
  { keySets }: Pick<Project, 'keySets'>,
  used: Set<string>,
): Result<readonly Named<KeyDefinition>[]> {
  const collector = createCollector();
  const keys = new Map<string, Named<KeyDefinition>>();
  const done = new Set<string>();
  const take = (reference: Located<string>, path: readonly string[]): void => {
    const { value: name, span } = reference;
    const set = keySets.get(name);
    if (set === undefined) {
      collector.add(report(unknownName, span, { kind: 'key set', name, candidates: [...keySets.keys()] }));
      return;
    }
    used.add(name);
    if (path.includes(name)) {
      const cycle = [...path.slice(path.indexOf(name)), name];
      collector.add(report(cyclicDefinition, span, { kind: 'key set', cycle }));
      return;
    }
    if (path.length === deepest) {
      collector.add(report(longChain, span, { what: 'key sets', most: deepest }));
      return;
    }
    if (done.has(name)) return;
    done.add(name);
    const { value } = set;
    if (Array.isArray(value)) {
      for (const member of elements(retyped<readonly string[]>(set, value))) take(member, [...path, name]);
      return;
    }
    // A key set is either a list of sets or, as here, a mapping of keys by name.
    const ownKeys = retyped(set, value as Readonly<Record<string, KeyDefinition>>);
    for (const key of entries({ ...ownKeys, through: `key set ${name}` })) {
      const earlier = keys.get(key.name);
      if (earlier === undefined) keys.set(key.name, key);
      else {
        const related = [
          { message: 'in the first set', span: earlier.nameSpan },
          { message: 'in the second set', span: key.nameSpan },
        ];
        collector.add(report(keyOfTwoSets, span, { key: key.name, stack: stack.name }, related));
      }
    }
  };
  for (const reference of elements(property(stack, 'keySets'))) take(reference, []);
  return collector.result([...keys.values()]);
}
