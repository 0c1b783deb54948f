import { defaultUsage } from '../kms/key-specs.ts';
import type { KeyTraits } from './model.ts';
import { type Layers, single } from './standards.ts';

/** The spec, usage and origin that a key says or that follow; whether KMS accepts them is for the key rules to say. */
export function resolveTraits(layers: Layers): KeyTraits {
  const spec = single(layers, 'spec')?.value ?? 'SYMMETRIC_DEFAULT';
  return {
    spec,
    usage: single(layers, 'usage')?.value ?? defaultUsage(spec),
    origin: single(layers, 'origin')?.value ?? 'AWS_KMS',
    multiRegion: single(layers, 'multiRegion')?.value ?? false,
  };
}
