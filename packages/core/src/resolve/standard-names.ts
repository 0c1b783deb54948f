import type { Located } from '../project/located.ts';
import type { KeyText } from './key-properties.ts';

/** The names of the standards in the layers of a key or replica. */
export function standardNames(layers: readonly Located<KeyText>[]): readonly string[] {
  return layers.flatMap((layer) =>
    'name' in layer && layer.through === throughStandard(String(layer.name)) ? [String(layer.name)] : [],
  );
}

/** The `through` of a layer that comes from a standard. */
export function throughStandard(standard: string): string {
  return `standard ${standard}`;
}
