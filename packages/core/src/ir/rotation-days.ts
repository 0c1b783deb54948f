import type { Key } from './program.ts';

/**
 * The days between two rotations of a key: the period in the YAML, or KMS's default; `undefined` if the key does not rotate. Source: AWS
 * KMS API reference, EnableKeyRotation, RotationPeriodInDays.
 */
export function rotationDays({ enabled, periodDays = 365 }: Key['rotation']): number | undefined {
  return enabled ? periodDays : undefined;
}
