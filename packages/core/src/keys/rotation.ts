import { type Duration, daysOf } from '../language/text.ts';
import { type Located, property, retyped } from '../project/located.ts';
import type { KeyProperties } from '../resolve/key-properties.ts';

/** `rotation` in its long form. */
export interface RotationChoice {
  readonly enabled: boolean;
  readonly period?: Located<Duration>;
  readonly source: Located<unknown>;
}

/** The rotation of a key: `true`, `false`, a period, or both; `undefined` if not set. */
export function rotationOf(properties: KeyProperties): RotationChoice | undefined {
  const source = properties.rotation;
  if (source === undefined) return undefined;
  const { value } = source;
  if (typeof value === 'boolean') return { enabled: value, source };
  if (typeof value !== 'object') return { enabled: true, period: retyped(source, value), source };
  const long = retyped(source, value);
  const period = property(long, 'period');
  return { enabled: value.enabled ?? true, ...(period !== undefined && { period }), source };
}

export function periodDaysOf(rotation: RotationChoice | undefined): number | undefined {
  return rotation?.period === undefined ? undefined : daysOf(rotation.period.value);
}
