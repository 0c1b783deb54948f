import type { Placed } from '@keywright/analyze/build/placed';
import { shown } from '@keywright/analyze/value/value';
import type { PropertyDifference } from './changes.ts';
import { isKey, type Opened } from './opened.ts';
import { compareProperties, propertiesOf } from './properties.ts';
import type { Renames } from './renames.ts';
import { nameOf } from './subjects.ts';

/** Maps the identity of a resource in both programs to the properties that differ. Resources without differences have no entry. */
export type Differing = ReadonlyMap<string, readonly PropertyDifference[]>;

export function differingResources(old: Opened, now: Opened): Differing {
  const differing = new Map<string, readonly PropertyDifference[]>();
  for (const [id, after] of now.resources) {
    const before = old.resources.get(id);
    const differences = before === undefined ? [] : compareProperties(rowsOf(before, old), rowsOf(after, now));
    if (differences.length > 0) differing.set(id, differences);
  }
  return differing;
}

function rowsOf({ stack, resource }: Placed, { values, renames }: Opened): ReturnType<typeof propertiesOf> {
  const rows = propertiesOf(resource, (expression) => shown(values.resolve(expression, stack)));
  if (resource.kind !== 'alias') return rows;
  const target = values.resourceOf(resource.target, stack);
  const key = target === undefined ? shown(values.resolve(resource.target, stack)) : nameNow(target, renames);
  return [...rows, [keyOfAlias, key]];
}

/** The name of the property in which an alias has its key. */
export const keyOfAlias = 'key';

function nameNow({ stack, resource }: Placed, renames: Renames): string {
  const name = renames(stack.name, resource).split('/')[2];
  return isKey({ stack, resource }) && name !== undefined ? name : nameOf(resource);
}
