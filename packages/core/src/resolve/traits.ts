import type { KeyTraits } from '../kms/key-specs.ts';
import { defaultUsage } from '../kms/key-specs.ts';
import type { KeyProperties } from './key-properties.ts';

/** The spec, usage and origin of a key, explicit or implied; the key rules check whether KMS accepts them. */
export function resolveTraits(properties: KeyProperties): KeyTraits {
  const spec = properties.spec?.value ?? 'SYMMETRIC_DEFAULT';
  return {
    spec,
    usage: properties.usage?.value ?? defaultUsage(spec),
    origin: properties.origin?.value ?? 'AWS_KMS',
    multiRegion: properties.multiRegion?.value ?? false,
  };
}
