import { isWrittenElsewhere } from '../language/drop-invalid-entries.ts';
import type { KeySetDefinition } from '../language/key.ts';
import type { Project } from './project.ts';

/** What a key, replica or standard says about standards, in general or in some environments. */
interface Text {
  readonly standard?: string | undefined;
  readonly replicas?: readonly Text[] | undefined;
  readonly in?: Readonly<Record<string, Text | 'absent'>> | undefined;
}

type Bases = Pick<Project, 'standards' | 'keySets' | 'stacks'>;

/**
 * A project without what builds on a standard or key set that it lacks: such a key has properties that nobody knows, so that no error about
 * it is certain. A stack is left out if something in it changes such a key. Deletes keys from the parsed stacks. `undefined` if the project
 * lacks none.
 */
export function dropUnknownBases(project: Project): Project | undefined {
  const standards = new Map(project.standards);
  const keySets = new Map(project.keySets);
  const stacks = new Map(project.stacks);
  const isUnsure = (text: Text): boolean =>
    [text, ...textsOf(text.in)].some(
      ({ standard, replicas = [] }) => (standard !== undefined && !standards.has(standard)) || replicas.some(isUnsure),
    );
  const isUnsureSet = (set: KeySetDefinition): boolean =>
    Array.isArray(set) ? set.some((name: string) => !keySets.has(name)) : Object.values(set).some(isUnsure);
  deleteAll(standards, ({ value }) => isUnsure(value));
  deleteAll(keySets, ({ value }) => isUnsureSet(value));
  let hasFewerKeys = false;
  for (const [name, { value: stack }] of stacks) {
    const { keys = {} } = stack;
    const lacksSet = stack.keySets?.some((set) => !keySets.has(set)) === true;
    const unsure = Object.keys(keys).filter((key) => lacksSet || (keys[key] !== undefined && isUnsure(keys[key])));
    const differences = Object.values(stack.in ?? {}).flatMap((one) => (one === 'absent' ? [] : textsOf(one.keys)));
    if (
      lacksSet
        ? differences.length > 0
        : differences.some(isUnsure) || unsure.some((key) => isWrittenElsewhere('keys', key, stack))
    ) {
      stacks.delete(name);
      continue;
    }
    // Deleted in place, because only the parsed objects have locations.
    for (const key of unsure) delete (keys as Record<string, unknown>)[key];
    hasFewerKeys ||= unsure.length > 0;
  }
  const isSame = (name: keyof Bases, now: Bases[keyof Bases]) => project[name].size === now.size;
  if (!hasFewerKeys && isSame('standards', standards) && isSame('keySets', keySets) && isSame('stacks', stacks)) return;
  return { ...project, standards, keySets, stacks };
}

function textsOf(texts: Readonly<Record<string, Text | 'absent'>> | undefined): readonly Text[] {
  return Object.values(texts ?? {}).filter((one) => one !== 'absent');
}

/** Deletes entries until none is unsure: each entry that goes can make others unsure. */
function deleteAll<Entry>(entries: Map<string, Entry>, isUnsure: (entry: Entry) => boolean): void {
  for (let before = -1; before !== entries.size; ) {
    before = entries.size;
    for (const [name, entry] of entries) if (isUnsure(entry)) entries.delete(name);
  }
}
