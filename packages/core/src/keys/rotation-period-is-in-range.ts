import { report } from '../diagnostics/diagnostic.ts';
import { rotationPeriodOff, rotationPeriodRange } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import { periodDaysOf, rotationOf } from './rotation.ts';
import type { ContentRule } from './rule.ts';

/** Keys are rotated every 90 to 2560 days; a period implies rotation. */
export const rotationPeriodIsInRange: ContentRule = ({ kind, properties }) => {
  const rotation = rotationOf(properties);
  const days = periodDaysOf(rotation);
  // A replica is rotated with its primary; a standard that says so for keys says nothing about it.
  if (rotation === undefined || days === undefined || kind === 'replicaKey') return [];
  const { minimum, maximum } = limits.rotationPeriodDays;
  return [
    ...(rotation.enabled ? [] : [report(rotationPeriodOff, rotation.source.span, {})]),
    ...(days < minimum || days > maximum
      ? [report(rotationPeriodRange, rotation.period?.span, { days, minimum, maximum })]
      : []),
  ];
};
