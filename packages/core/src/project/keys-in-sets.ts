import type { KeyDefinition } from '../language/key.ts';
import { entries, type Named, retyped } from './located.ts';
import type { Project } from './project.ts';

/** The keys of all key sets of a project, or only of those whose name `isMeant` accepts. */
export function keysInSets(
  { keySets }: Pick<Project, 'keySets'>,
  isMeant: (name: string) => boolean = () => true,
): readonly Named<KeyDefinition>[] {
  return [...keySets.values()].flatMap((set) => {
    const { name, value } = set;
    if (Array.isArray(value) || !isMeant(name)) return [];
    // A key set is either a list of sets or, as here, a mapping of keys by name.
    return entries(retyped(set, value as Readonly<Record<string, KeyDefinition>>));
  });
}
