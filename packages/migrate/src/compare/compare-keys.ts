import type { Placed } from '@keywright/analyze/build/placed';
import type { Change, KeyLoss, PropertyDifference } from './changes.ts';
import type { DeclaredRemovals } from './declared-removals.ts';
import { type Differing, keyOfAlias } from './differing-resources.ts';
import { isKey, type Opened } from './opened.ts';
import { fixedProperties } from './properties.ts';
import { placeDifferences, subjectOf } from './subjects.ts';

export function compareKeys(
  old: Opened,
  now: Opened,
  differing: Differing,
  isDeclared: DeclaredRemovals,
): readonly Change[] {
  return [...old.resources].flatMap(([id, placed]): readonly Change[] => {
    if (!isKey(placed)) return [];
    const { resource, stack } = placed;
    const other = now.resources.get(id);
    if (other === undefined) {
      const outcome = isDeclared(placed);
      const declared = outcome === undefined ? {} : { declared: true as const };
      const window: PropertyDifference = {
        property: 'pendingWindow',
        before: `${resource.pendingWindowDays ?? 30} days`,
      };
      const isDeleted = (outcome ?? resource.removal) === 'destroy';
      return [{ ...(isDeleted ? loss('deleted', placed, [window]) : loss('forgotten', placed, [])), ...declared }];
    }
    if (!isKey(other)) return [];
    const moved = placeDifferences(stack.environment, other.stack.environment);
    const fixed = (differing.get(id) ?? []).filter(({ property }) => fixedProperties.includes(property));
    if (moved.length + fixed.length > 0) return [loss('replaced', other, [...moved, ...fixed])];
    return resource.enabled && !other.resource.enabled ? [loss('disabled', other, [])] : [];
  });
}

/**
 * Reports aliases that point to another key. Data that was encrypted through such an alias still needs the old key, while new data is
 * encrypted with the other key.
 */
export function redirectedAliases(now: Opened, differing: Differing): readonly Change[] {
  return [...differing].flatMap(([id, differences]) => {
    const placed = now.resources.get(id);
    if (placed?.resource.kind !== 'alias') return [];
    const other = differences.filter(({ property }) => property === keyOfAlias);
    return other.length === 0 ? [] : [loss('redirected', placed, other)];
  });
}

function loss(what: KeyLoss['what'], placed: Placed, details: readonly PropertyDifference[]): KeyLoss {
  return { rank: 'loss', what, subjects: [subjectOf(placed)], details };
}
