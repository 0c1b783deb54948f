import { report } from '../diagnostics/diagnostic.ts';
import { rotationNotPossible } from '../diagnostics/keys.ts';
import { rotatesOnDemand } from '../kms/capabilities.ts';
import { rotationOf } from './rotation.ts';
import type { KeyRule } from './rule.ts';

/** Only symmetric encryption keys with origin AWS_KMS rotate. */
export const rotationIsPossible: KeyRule = ({ kind, properties, traits }) => {
  const rotation = rotationOf(properties);
  // A replica rotates with its primary; a standard's rotation does not apply to it.
  if (rotation === undefined || kind === 'replicaKey') return [];
  const { spec, origin } = traits;
  if (!rotation.enabled || (spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS')) return [];
  return [report(rotationNotPossible, rotation.source.span, { spec, origin, onDemand: rotatesOnDemand(traits) })];
};
