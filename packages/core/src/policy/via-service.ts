import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownViaService } from '../diagnostics/policy.ts';
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { Condition } from '../ir/policy.ts';
import { viaServiceNames } from '../kms/via-service.ts';
import type { Located } from '../project/located.ts';
import type { Place } from '../resolve/place.ts';

/**
 * The condition that limits use to requests that come through AWS services: `kms:ViaService` is the name of one of them in
 * the key's region, `s3.eu-west-1.amazonaws.com`, with this ending in every partition, China's too. A service with a dot
 * in it is taken as the whole name, and one that the documentation does not list is a warning.
 * Source: AWS KMS Developer Guide, "kms:ViaService".
 */
export function viaServices(
  services: readonly Located<string>[],
  place: Place,
  diagnostics: Diagnostic[],
): readonly Condition[] {
  if (services.length === 0) return [];
  const values = services.map((service): Expression => {
    const { value, span } = service;
    if (value.includes('.')) return literal(value);
    if (!viaServiceNames.includes(value)) {
      diagnostics.push(report(unknownViaService, span, { service: value, services: viaServiceNames }));
    }
    return concat(literal(`${value}.`), place.region, literal('.amazonaws.com'));
  });
  return [{ operator: 'StringEquals', key: 'kms:ViaService', values }];
}
