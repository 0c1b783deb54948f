import { byName } from '../collections/by-name.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { withDifferingValues } from '../ir/differing-values.ts';
import { differing, literalFrom } from '../ir/expression.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import type { Key, ReplicaKey, Tag } from '../ir/program.ts';
import { removalOf } from '../keys/removal.ts';
import { periodDaysOf, rotationOf } from '../keys/rotation.ts';
import { daysOf } from '../language/text.ts';
import type { Located } from '../project/located.ts';
import type { InheritedTag } from '../resolve/inherited-tags.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { KeyModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';
import type { ValueDifferences } from '../resolve/value-differences.ts';

/** The resource of a primary key or a replica. */
export function synthesiseKey(
  key: KeyModel,
  policies: ReadonlyMap<KeyModel, PolicyDocument>,
): Result<Key | ReplicaKey> {
  const collector = createCollector();
  const { properties, traits, place, environment, differences } = key;
  const description = properties.description;
  const window = properties.pendingWindow;
  const common = {
    id: key.id,
    name: key.name,
    names: Object.fromEntries([...properties.names.values()].map(({ name, value }) => [name, value])),
    dependsOn: [],
    source: { span: key.nameSpan, ...throughOf(key) },
    ...(description !== undefined && {
      description: differing(
        collector.take(interpolate(description, place)),
        differences.get('description'),
        description.span,
      ),
    }),
    spec: traits.spec,
    usage: traits.usage,
    origin: traits.origin,
    enabled: properties.enabled?.value ?? true,
    ...(window !== undefined && { pendingWindowDays: daysOf(window.value) }),
    removal: removalOf(key),
    ...(properties.bypassPolicyLockoutSafetyCheck?.value === true && {
      bypassPolicyLockoutSafetyCheck: true as const,
    }),
    policy: policies.get(key) ?? { statements: [] },
    tags: collector.take(tagsFor(key)),
  } as const;

  if (key.primary !== undefined) {
    const replica: ReplicaKey = {
      ...common,
      kind: 'replicaKey',
      region: environment.region ?? '', // a replica's environment always has a region
      environmentName: environment.name ?? '', // the environment always has a name
      ...('region' in key.definition.value && { byRegion: true as const }),
      primary: key.primary.id,
    };
    return collector.result(withDifferences(replica, differences));
  }
  const rotation = rotationOf(properties);
  const periodDays = periodDaysOf(rotation);
  const store = properties.customKeyStore;
  const xksKey = properties.xksKey;
  const primary: Key = {
    ...common,
    kind: 'key',
    ...(store !== undefined && { customKeyStoreId: store.value }),
    ...(xksKey !== undefined && { xksKeyId: xksKey.value }),
    rotation: { enabled: rotation?.enabled ?? false, ...(periodDays !== undefined && { periodDays }) },
    multiRegion: traits.multiRegion,
  };
  return collector.result(withDifferences(primary, differences));
}

function withDifferences<T extends Key | ReplicaKey>(key: T, differences: ValueDifferences): T {
  if (differences.size === 0) return key;
  const paths = {
    pendingWindowDays: 'pendingWindow',
    rotationPeriodDays: 'rotation',
    customKeyStoreId: 'customKeyStore',
    xksKeyId: 'xksKey',
  } as const;
  const values = Object.entries(paths).map(([name, path]) => [name, differences.get(path)]);
  return withDifferingValues(key, Object.fromEntries(values));
}

/** The key set and the standard that a key came through. */
function throughOf({ definition, properties }: KeyModel): { readonly through?: string } {
  const { standard } = properties;
  const through = [definition.through ?? [], standard === undefined ? [] : `standard ${standard.value}`].flat();
  return through.length === 0 ? {} : { through: through.join(' and ') };
}

/** The tags of the environment, the stack, the standards and the key, sorted by name; more specific ones win. */
function tagsFor(key: KeyModel): Result<readonly Tag[]> {
  const tags = new Map<string, WrittenTag>(key.inheritedTags);
  for (const [name, tag] of key.properties.tags) {
    tags.set(name, { ...tag, difference: key.differences.get(`tags.${name}`) });
  }
  return interpolateTags(tags, key.place);
}

type WrittenTag = Located<string> & Pick<InheritedTag, 'isOfEnvironment' | 'difference'>;

/** Tags with the placeholders in their values replaced, sorted by name in code unit order. */
export function interpolateTags(written: ReadonlyMap<string, WrittenTag>, place: Place): Result<readonly Tag[]> {
  const collector = createCollector();
  const { literalOf = literalFrom } = place;
  const tags = [...written].map(([name, tag]): Tag => {
    const text =
      tag.isOfEnvironment && !tag.value.includes('${')
        ? literalOf(`tags.${name}`, tag.value)
        : collector.take(interpolate(tag, place));
    return { name, value: differing(text, tag.difference) };
  });
  return collector.result(tags.sort(byName));
}
