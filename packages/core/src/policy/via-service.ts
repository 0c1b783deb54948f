import type { Result } from '../diagnostics/result.ts';
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { Condition } from '../ir/policy.ts';
import type { Located } from '../project/located.ts';
import type { Place } from '../resolve/place.ts';
import { viaServiceIsRight } from '../resolve/places-exist.ts';

/**
 * The condition that limits use to requests made through AWS services. `kms:ViaService` is the name of a service in the key's region, such
 * as `s3.eu-west-1.amazonaws.com`; the ending is the same in every partition, China included. A service written with a dot is already the
 * complete name, in any existing region. A service that is not documented raises a warning. Source: AWS KMS Developer Guide,
 * "kms:ViaService".
 */
export function viaServices(
  services: readonly Located<string>[],
  place: Place,
  regions: ReadonlySet<string>,
): Result<readonly Condition[]> {
  if (services.length === 0) return { value: [], diagnostics: [] };
  const values = services.map(
    ({ value }): Expression =>
      value.includes('.') ? literal(value) : concat(literal(`${value}.`), place.region, literal('.amazonaws.com')),
  );
  return {
    value: [{ operator: 'StringEquals', key: 'kms:ViaService', values }],
    diagnostics: services.flatMap((service) => viaServiceIsRight(service, regions)),
  };
}
