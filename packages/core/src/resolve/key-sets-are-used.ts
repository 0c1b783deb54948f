import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { keySetNotTaken } from '../diagnostics/differences.ts';
import type { Project } from '../project/project.ts';

/** A key set that no stack takes, by itself or in another set, is KW2144. */
export function keySetsAreUsed({ keySets }: Project, used: ReadonlySet<string>): readonly Diagnostic[] {
  return [...keySets.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, nameSpan }) => report(keySetNotTaken, nameSpan, { name }));
}
