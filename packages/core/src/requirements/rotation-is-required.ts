import { report } from '../diagnostics/diagnostic.ts';
import { requiredRotation } from '../diagnostics/requirements.ts';
import { periodDaysOf, rotationOf } from '../keys/rotation.ts';
import { limits } from '../kms/limits.ts';
import { daysRange } from '../language/requirement.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

/** Source: AWS KMS API reference, EnableKeyRotation, RotationPeriodInDays. */
const defaultPeriod = 365;

/** A key that KMS can rotate rotates as required. A replica rotates with its primary key. */
export const rotationIsRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const period = definition.value.rotation;
  const canRotate = key.traits.spec === 'SYMMETRIC_DEFAULT' && key.traits.origin === 'AWS_KMS';
  if (period === undefined || key.kind === 'replicaKey' || !canRotate) return [];
  const rotation = rotationOf(key.properties);
  const days = rotation?.enabled ? (periodDaysOf(rotation) ?? defaultPeriod) : undefined;
  const { minimum, maximum } =
    typeof period === 'string' ? daysRange(period) : { minimum: 0, maximum: Number.POSITIVE_INFINITY };
  const isRequired = period === false ? days === undefined : days !== undefined && days >= minimum && days <= maximum;
  if (isRequired) return [];
  const inRange = Math.min(Math.max(defaultPeriod, minimum, limits.rotationPeriodDays.minimum), maximum);
  const parameters = {
    ...unmet(required),
    found: days === undefined ? 'is not rotated' : `is rotated every ${days} days`,
    required: typeof period === 'string' ? period : period ? 'rotation' : 'no rotation',
    allowed: typeof period === 'string' && inRange !== defaultPeriod ? `${inRange} days` : String(period !== false),
  };
  const { rotation: written } = key.properties;
  return [report(requiredRotation, spanOf(required, written), parameters, related(required, 'rotation', written))];
};
