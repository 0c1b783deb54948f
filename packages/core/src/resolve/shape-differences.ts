/** Which entries of `in` change the shape of what a stack creates, and not only texts and numbers in it. */
import type { StackDefinition, StackDifference } from '../language/stack.ts';
import type { Located, Named } from '../project/located.ts';
import type { Difference } from './differences.ts';
import type { KeyText } from './key-properties.ts';

/** Those of the differences of a key or replica, of which `layers` are all that is said about it, that change its shape. */
export function shapeDifferences(
  differences: readonly Difference<unknown>[],
  layers: readonly Located<KeyText>[],
): readonly Difference<unknown>[] {
  if (differences.length === 0) return differences;
  const held = new Set(differences.map(({ entry }) => entry.value));
  const others = layers.map(({ value }) => value).filter((value) => !held.has(value));
  // The schema has given the entries their type.
  return differences.filter(({ entry }) => !hasValuesOnly((entry as Named<KeyText | 'absent'>).value, others));
}

/** Whether a layer says only what others say too, with another text or number. */
function hasValuesOnly(layer: KeyText | 'absent', others: readonly KeyText[]): boolean {
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
      case 'suppress':
        return true; // nothing is generated from it
      default:
        return false;
    }
  });
}

function isPeriod(rotation: KeyText['rotation']): boolean {
  return rotation !== undefined && typeof rotation !== 'boolean';
}

/** Those of the differences of a stack that change its shape, whatever they say about its keys. */
export function shapeDifferencesOfStack(
  differences: readonly Difference<StackDifference>[],
  { value: { tags = {} } }: Named<StackDefinition>,
): readonly Difference<unknown>[] {
  return differences.filter(({ entry: { value } }) => {
    if (value === 'absent') return false;
    const { keys: _, tags: own = {}, ...others } = value;
    return Object.keys(others).length > 0 || Object.keys(own).some((tag) => tags[tag] === undefined);
  });
}
