import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { rotationNotPossible, rotationPeriodOff, rotationPeriodRange } from '../diagnostics/keys.ts';
import { rotatesOnDemand } from '../kms/capabilities.ts';
import { limits } from '../kms/limits.ts';
import { periodDaysOf, rotationOf } from './rotation.ts';
import type { KeyRule } from './rule.ts';

/** Only symmetric encryption keys of origin AWS_KMS are rotated, every 90 to 2560 days; a period implies rotation. */
export const rotationIsPossible: KeyRule = ({ kind, properties, traits }) => {
  const rotation = rotationOf(properties);
  // A replica is rotated with its primary; a standard that says so for keys says nothing about it.
  if (rotation === undefined || kind === 'replicaKey') return [];
  const { spec, origin } = traits;
  const found: Diagnostic[] = [];
  if (rotation.enabled && (spec !== 'SYMMETRIC_DEFAULT' || origin !== 'AWS_KMS')) {
    found.push(report(rotationNotPossible, rotation.source.span, { spec, origin, onDemand: rotatesOnDemand(traits) }));
  }
  const days = periodDaysOf(rotation);
  if (days === undefined) return found;
  if (!rotation.enabled) found.push(report(rotationPeriodOff, rotation.source.span, {}));
  const { minimum, maximum } = limits.rotationPeriodDays;
  if (days < minimum || days > maximum) {
    found.push(report(rotationPeriodRange, rotation.period?.span, { days, minimum, maximum }));
  }
  return found;
};
