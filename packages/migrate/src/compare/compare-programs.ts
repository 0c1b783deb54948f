/**
 * Compares two programs by meaning. In: a program, and its next version. Out: the differences, the most serious first, each once with
 * everything it affects. There are no differences if keys, access and properties are the same, however statements are written, ordered,
 * merged, split or named.
 */

import type { Changes } from '@keywright/core/changes/declared';
import type { Environment, Program } from '@keywright/core/ir/program';
import { placedAs } from '../placed-as.ts';
import type { AccessChange, Change, KeyLoss, PropertyChange } from './changes.ts';
import { compareAllAccess } from './compare-all-access.ts';
import { compareKeys, redirectedAliases } from './compare-keys.ts';
import { compareRest } from './compare-rest.ts';
import { declaredRemovals } from './declared-removals.ts';
import { differingResources } from './differing-resources.ts';
import { mergeEqualChanges } from './merge-equal-changes.ts';
import { open } from './opened.ts';
import { renamesOf, unchangedIds } from './renames.ts';

export function comparePrograms(
  before: Program,
  after: Program,
  { changes: declared }: CompareOptions = {},
): readonly Change[] {
  const old = open(placedAs(before, environmentsOf(after)), renamesOf(before, after, declared));
  const now = open(placedAs(after, environmentsOf(before)), unchangedIds);
  const isDeclared = declaredRemovals(before, declared);
  const differing = differingResources(old, now);
  const changes = [
    ...compareKeys(old, now, differing, isDeclared),
    ...redirectedAliases(now, differing),
    ...compareAllAccess(old, now),
    ...compareRest(old, now, differing),
  ];
  return mergeEqualChanges(changes).sort((one, other) => rank(one) - rank(other));
}

export interface CompareOptions {
  /**
   * The entries of the second program's YAML about keys that moved, which are compared as the same keys, and about keys that were removed.
   */
  readonly changes?: Changes;
}

function environmentsOf({ stacks }: Program): ReadonlyMap<string, Environment> {
  return new Map(stacks.map(({ name, environment }) => [name, environment]));
}

function rank(change: Change): number {
  const order = change.rank === 'loss' ? losses : change.rank === 'access' ? accesses : properties;
  return { loss: 0, access: 10, property: 20 }[change.rank] + order.indexOf(change.what);
}

const losses: readonly string[] = [
  'deleted',
  'replaced',
  'redirected',
  'forgotten',
  'disabled',
] satisfies readonly KeyLoss['what'][];

const accesses: readonly string[] = ['gains', 'otherwise', 'loses', 'denial'] satisfies readonly AccessChange['what'][];

const properties: readonly string[] = ['removed', 'added', 'changed'] satisfies readonly PropertyChange['what'][];
