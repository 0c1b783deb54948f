import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '../language/key.ts';
import { elements, entries, type Located, type Named, property } from '../project/located.ts';
import type { Span } from '../source/span.ts';

/** Everything a key or a replica can contain, each property optional. */
export type KeyText = Omit<StandardDefinition & Partial<KeyDefinition> & Partial<ReplicaDefinition>, 'in' | 'locked'>;
type ListName = 'admins' | 'statements' | 'services' | 'grants' | 'suppress' | 'aliases' | 'replicas';
type ByName = 'tags' | 'kmsGrants' | 'names';

/**
 * The effective properties of a key or replica. A single value comes from the key or, if the key does not set it, from the nearest standard
 * that does. A list has the elements of the standards, the most general first, and then the key's own.
 */
export type KeyProperties = {
  readonly [K in Exclude<keyof KeyText, ListName | ByName>]?: Located<Exclude<KeyText[K], undefined>>;
} & {
  readonly [K in ListName]: readonly Located<NonNullable<KeyText[K]>[number]>[];
} & {
  /** By name, the entries of the standards and of the key; an entry of the key overrides one of the same name. */
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

/** The lists and mappings of a key that sets none. */
const nothingSet = Object.fromEntries([
  ...listNames.map((name) => [name, []] as const),
  ...byName.map((name) => [name, new Map()] as const),
]);

function isListName(name: string): name is ListName {
  return (listNames as readonly string[]).includes(name);
}

function isByName(name: string): name is ByName {
  return (byName as readonly string[]).includes(name);
}

/** The effective properties of a key or replica, given its layers, the nearest last. */
export function keyProperties(layers: readonly Located<KeyText>[]): KeyProperties {
  const properties: Record<string, unknown> = { ...nothingSet };
  for (const layer of layers) {
    for (const name of Object.keys(layer.value) as (keyof KeyText)[]) {
      const inner = property(layer, name);
      if (inner === undefined) continue;
      // TypeScript does not see that a union of lists is a list, nor a union of mappings a mapping.
      if (isListName(name)) {
        const before = properties[name] as readonly unknown[];
        properties[name] = [...before, ...elements(inner as Located<readonly unknown[]>)];
      } else if (isByName(name)) {
        const before = properties[name] as KeyProperties[ByName];
        const added = entries(inner as Located<Record<string, unknown>>).map((entry) => [entry.name, entry] as const);
        properties[name] = new Map<string, unknown>([...before, ...added]);
      } else properties[name] = inner;
    }
  }
  return properties as KeyProperties; // every name has been set
}

/** The properties that set a single value rather than add to a list: two entries of `in` can contradict each other about these only. */
export function settingsOf(of: Located<KeyText>): readonly { readonly name: string; readonly span: Span }[] {
  const { locations } = of.file;
  return Object.keys(of.value).flatMap((name) => {
    if (isListName(name)) return [];
    const inner = property(of, name as keyof KeyText);
    if (isByName(name)) {
      return entries(inner as Located<Record<string, unknown>> | undefined).map((entry) => ({
        name: `${name}.${entry.name}`,
        span: entry.nameSpan,
      }));
    }
    return [{ name, span: locations.keySpan(of.value, name) ?? of.span }];
  });
}
