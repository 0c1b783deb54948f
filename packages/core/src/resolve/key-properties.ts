import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '../language/key.ts';
import { elements, entries, type Located, type Named, property } from '../project/located.ts';
import type { Span } from '../source/span.ts';

/** What a key or a replica can say: each a part of it. */
export type KeyText = Omit<StandardDefinition & Partial<KeyDefinition> & Partial<ReplicaDefinition>, 'in' | 'locked'>;
type ListName = 'admins' | 'statements' | 'services' | 'grants' | 'suppress' | 'aliases' | 'replicas';
type ByName = 'tags' | 'kmsGrants' | 'names';

/**
 * What holds for a key or replica: of each property with one value, what it says itself or the nearest standard that says it; of
 * a list, what the standards have, the most general first, and then its own.
 */
export type KeyProperties = {
  readonly [K in Exclude<keyof KeyText, ListName | ByName>]?: Located<Exclude<KeyText[K], undefined>>;
} & {
  readonly [K in ListName]: readonly Located<NonNullable<KeyText[K]>[number]>[];
} & {
  /** By name, those of the standards with what the key adds or replaces. */
  readonly [K in ByName]: ReadonlyMap<string, Named<NonNullable<KeyText[K]>[string]>>;
};

const listNames: readonly ListName[] = [
  'admins',
  'statements',
  'services',
  'grants',
  'suppress',
  'aliases',
  'replicas',
];
const byName: readonly ByName[] = ['tags', 'kmsGrants', 'names'];

/** What holds for a key or replica of which these are the layers, the nearest last. */
export function keyProperties(layers: readonly Located<KeyText>[]): KeyProperties {
  const properties: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const name of Object.keys(layer.value) as (keyof KeyText)[]) {
      properties[name] = property(layer, name) ?? properties[name];
    }
  }
  // The type of a union of lists is no list, and that of a union of mappings no mapping.
  for (const name of listNames) {
    properties[name] = layers.flatMap((layer) =>
      elements(property(layer, name) as Located<readonly unknown[]> | undefined),
    );
  }
  for (const name of byName) {
    const all = layers.flatMap((layer) =>
      entries(property(layer, name) as Located<Record<string, unknown>> | undefined),
    );
    properties[name] = new Map(all.map((entry) => [entry.name, entry]));
  }
  return properties as KeyProperties; // filled in name by name
}

/** What sets one value, rather than adding to a list: what two entries of `in` can contradict each other about. */
export function settingsOf(of: Located<KeyText>): readonly { readonly name: string; readonly span: Span }[] {
  const { locations } = of.file;
  return Object.keys(of.value).flatMap((name) => {
    if ((listNames as readonly string[]).includes(name)) return [];
    const inner = property(of, name as keyof KeyText);
    if ((byName as readonly string[]).includes(name)) {
      return entries(inner as Located<Record<string, unknown>> | undefined).map((entry) => ({
        name: `${name}.${entry.name}`,
        span: entry.nameSpan,
      }));
    }
    return [{ name, span: locations.keySpan(of.value, name) ?? of.span }];
  });
}
