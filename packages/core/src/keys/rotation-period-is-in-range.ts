import { report } from '../diagnostics/diagnostic.ts';
import { rotationPeriodOff, rotationPeriodRange } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import { periodDaysOf, rotationOf } from './rotation.ts';
import type { ContentRule } from './rule.ts';

/** The rotation period is 90 to 2560 days, and there is none while rotation is off. */
export const rotationPeriodIsInRange: ContentRule = ({ kind, properties }) => {
  const rotation = rotationOf(properties);
  const days = periodDaysOf(rotation);
  // A replica rotates with its primary; a standard's rotation does not apply to it.
  if (rotation === undefined || days === undefined || kind === 'replicaKey') return [];
  const { minimum, maximum } = limits.rotationPeriodDays;
  return [
    ...(rotation.enabled ? [] : [report(rotationPeriodOff, rotation.source.span, {})]),
    ...(days < minimum || days > maximum
      ? [report(rotationPeriodRange, rotation.period?.span, { days, minimum, maximum })]
      : []),
  ];
};
