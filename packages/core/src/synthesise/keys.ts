import { createCollector, type Result } from '../diagnostics/result.ts';
import { literalFrom } from '../ir/expression.ts';
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

/** The resource of a primary key or a replica. */
export function synthesiseKey(
  key: KeyModel,
  policies: ReadonlyMap<KeyModel, PolicyDocument>,
): Result<Key | ReplicaKey> {
  const collector = createCollector();
  const { properties, traits, place, environment } = key;
  const description = properties.description;
  const window = properties.pendingWindow;
  const common = {
    id: key.id,
    name: key.name,
    names: Object.fromEntries([...properties.names.values()].map(({ name, value }) => [name, value])),
    dependsOn: [],
    source: { span: key.nameSpan, ...throughOf(key) },
    ...(description !== undefined && { description: collector.take(interpolate(description, place)) }),
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
    return collector.result({
      ...common,
      kind: 'replicaKey',
      region: environment.region ?? '', // a replica's environment always has a region
      environmentName: environment.name ?? '', // and a name
      ...('region' in key.definition.value && { byRegion: true as const }),
      primary: key.primary.id,
    });
  }
  const rotation = rotationOf(properties);
  const periodDays = periodDaysOf(rotation);
  const store = properties.customKeyStore;
  const xksKey = properties.xksKey;
  return collector.result({
    ...common,
    kind: 'key',
    ...(store !== undefined && { customKeyStoreId: store.value }),
    ...(xksKey !== undefined && { xksKeyId: xksKey.value }),
    rotation: { enabled: rotation?.enabled ?? false, ...(periodDays !== undefined && { periodDays }) },
    multiRegion: traits.multiRegion,
  });
}

/** The key set and the standard that a key came through. */
function throughOf({ definition, properties }: KeyModel): { readonly through?: string } {
  const { standard } = properties;
  const through = [definition.through ?? [], standard === undefined ? [] : `standard ${standard.value}`].flat();
  return through.length === 0 ? {} : { through: through.join(' and ') };
}

/** The tags of the environment, the stack, the standards and the key, sorted by name; more specific ones win. */
function tagsFor(key: KeyModel): Result<readonly Tag[]> {
  return interpolateTags(new Map([...key.inheritedTags, ...key.properties.tags]), key.place);
}

type WrittenTag = Located<string> & Pick<InheritedTag, 'isOfEnvironment'>;

/** Tags with the placeholders in their values replaced, sorted by name in code unit order. */
export function interpolateTags(written: ReadonlyMap<string, WrittenTag>, place: Place): Result<readonly Tag[]> {
  const collector = createCollector();
  const { saidBy = literalFrom } = place;
  const tags = [...written].map(([name, tag]): Tag => {
    if (tag.isOfEnvironment && !tag.value.includes('${')) return { name, value: saidBy(`tags.${name}`, tag.value) };
    return { name, value: collector.take(interpolate(tag, place)) };
  });
  return collector.result(tags.sort((one, other) => (one.name < other.name ? -1 : 1)));
}
