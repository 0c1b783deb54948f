/**
 * Reports everything that the last build had and that nothing in the YAML accounts for. Each key, stack or place is reported once for all
 * of its deployments, with the fewest entries that account for all of them.
 */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Context } from './comparison.ts';
import type { Lost } from './lost.ts';
import { situationOf } from './lost-situation.ts';
import { keysElsewhere, keysGone } from './report-lost-keys.ts';
import { aliasesGone, replicasGone, targetsGone } from './report-lost-parts.ts';
import { lostWithPlace, placesGone } from './report-lost-places.ts';
import { stacksGone } from './report-lost-stacks.ts';

export function reportLost(comparison: Context): readonly Diagnostic[] {
  if (comparison.lost.length === 0) return [];
  const context = situationOf(comparison);
  const places = new Map(context.lost.map((one) => [one, lostWithPlace(one, context)]));
  const ofKind = <Kind extends Lost['kind']>(kind: Kind) =>
    context.lost.filter(
      (one): one is Extract<Lost, { kind: Kind }> => one.kind === kind && places.get(one) === undefined,
    );
  return [
    ...placesGone(
      [...places.values()].filter((one) => one !== undefined),
      context,
    ),
    ...targetsGone(ofKind('target'), context),
    ...stacksGone(ofKind('stack'), context),
    ...keysGone(ofKind('keys'), context),
    ...keysElsewhere(ofKind('key'), context),
    ...replicasGone(ofKind('replica'), context),
    ...aliasesGone(ofKind('alias'), context),
  ];
}
