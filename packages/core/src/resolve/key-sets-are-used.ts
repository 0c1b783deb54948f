import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { keySetNotTaken } from '../diagnostics/differences.ts';
import type { Project } from '../project/project.ts';

/** Reports KW2144 for key sets that no stack uses, directly or through another set. */
export function keySetsAreUsed({ keySets }: Project, used: ReadonlySet<string>): readonly Diagnostic[] {
  return [...keySets.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, nameSpan }) => report(keySetNotTaken, nameSpan, { name }));
}
