/** Finds the entries of `in` that change the shape of what a stack creates, and not only texts and numbers in it. */
import type { StackDefinition, StackDifference } from '../language/stack.ts';
import type { Located, Named } from '../project/located.ts';
import type { Difference } from './differences.ts';
import type { KeyText } from './key-properties.ts';

/** The differences that change the shape of a key or replica. `layers` are all the layers of that key or replica. */
export function shapeDifferences(
  differences: readonly Difference<unknown>[],
  layers: readonly Located<KeyText>[],
): readonly Difference<unknown>[] {
  if (differences.length === 0) return differences;
  const entries = new Set(differences.map(({ entry }) => entry.value));
  const others = layers.map(({ value }) => value).filter((value) => !entries.has(value));
  // The schema guarantees the type of the entries.
  return differences.filter(({ entry }) => !changesValuesOnly((entry as Named<KeyText | 'absent'>).value, others));
}

/** Whether a layer only changes texts and numbers of properties that other layers set too. */
export function changesValuesOnly(layer: KeyText | 'absent', others: readonly KeyText[]): boolean {
  if (layer === 'absent') return false;
  return (Object.keys(layer) as (keyof KeyText)[]).every((name) => {
    switch (name) {
      case 'description':
      case 'pendingWindow':
        return others.some((other) => other[name] !== undefined);
      case 'rotation':
        return others.some((other) => isPeriod(other.rotation)) && isPeriod(layer.rotation);
      case 'tags':
        return Object.keys(layer.tags ?? {}).every((tag) => others.some(({ tags }) => tags?.[tag] !== undefined));
      case 'customKeyStore':
      case 'xksKey':
        return true; // a key in a custom key store has such a value in every environment
      case 'suppress':
        return true; // not part of the output
      default:
        return false;
    }
  });
}

/** Whether a rotation has a period, which a parameter can replace. */
export function isPeriod(rotation: KeyText['rotation']): boolean {
  return rotation !== undefined && typeof rotation !== 'boolean';
}

/** The differences of a stack that change its shape, apart from changes to its keys. */
export function shapeDifferencesOfStack(
  differences: readonly Difference<StackDifference>[],
  { value: { tags = {} } }: Named<StackDefinition>,
): readonly Difference<unknown>[] {
  return differences.filter(({ entry: { value } }) => {
    if (value === 'absent') return false;
    const { keys: _, tags: ownTags = {}, ...others } = value;
    return Object.keys(others).length > 0 || Object.keys(ownTags).some((tag) => tags[tag] === undefined);
  });
}
