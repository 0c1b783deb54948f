import type { Result } from '../diagnostics/result.ts';
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { Condition } from '../ir/policy.ts';
import type { Located } from '../project/located.ts';
import type { Place } from '../resolve/place.ts';
import { viaServiceIsRight } from '../resolve/places-exist.ts';

/**
 * The condition that limits use to requests that come through AWS services: `kms:ViaService` is the name of one of them in
 * the key's region, `s3.eu-west-1.amazonaws.com`, with this ending in every partition, China's too. A service with a dot
 * in it is the whole name, of any region that exists; one that the documentation does not list is a warning.
 * Source: AWS KMS Developer Guide, "kms:ViaService".
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
