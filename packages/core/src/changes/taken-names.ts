import { groupBy } from '../collections/group-by.ts';
import { keyGone, nameStillTaken } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { keyNameOf } from './find-resource.ts';
import { labelOf } from './inventory.ts';

/** A name that a resource has in a tool, although the tool may still have another resource under this name. */
export interface TakenName {
  readonly stack: Stack;
  readonly resource: Resource;
  readonly name: string;
  readonly title: string;
}

/**
 * Reports each key whose names are taken (KW5165). One report covers all tools and everything that belongs to the key. `lost`: the reports
 * about lost keys. A key that such a report takes for a lost key under a new name is left out: the entry of `moved` will give the key its
 * former names back.
 */
export function reportTakenNames(taken: readonly TakenName[], lost: readonly Diagnostic[]): readonly Diagnostic[] {
  const regained = new Set(
    lost.flatMap(({ code, span }) => (code === keyGone.code && span !== undefined ? [span] : [])),
  );
  const groups = groupBy(taken, ({ stack, resource }) => JSON.stringify([stack.name, ownerOf(resource)]));
  const diagnostics = [...groups.values()].flatMap((group) => {
    const ofKeys = group.filter(({ resource }) => resource.kind === 'key');
    const all = ofKeys.length > 0 ? ofKeys : group;
    const [{ resource, stack } = group[0]] = all;
    if (regained.has(resource.source.span)) return [];
    const names = all.map(({ name }) => name);
    const titles = all.map(({ title }) => title);
    return [report(nameStillTaken, resource.source.span, { names, titles, isPutBack: wasRemoved(resource, stack) })];
  });
  return eachOnce(diagnostics);
}

function ownerOf(resource: Resource): string {
  return keyNameOf(resource) || resource.id;
}

function wasRemoved(resource: Resource, { left = [] }: Stack): boolean {
  return left.some(({ kind, label, toStack }) => {
    return toStack === undefined && kind === resource.kind && label === labelOf(resource);
  });
}
