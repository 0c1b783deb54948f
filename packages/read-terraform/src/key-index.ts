import { peek } from './attributes.ts';
import { hasMark } from './hcl/marks.ts';
import type { Places } from './places.ts';
import { chainsOf } from './source/configured-references.ts';
import type { SourceResource } from './source/resource.ts';

export interface KeyIndex {
  /**
   * Finds the key or replica of this source that an alias, a KMS grant, a key policy or a replica names: by ARN, by id, or by a reference in
   * a plan's configuration.
   */
  named(by: SourceResource): SourceResource | undefined;
}

export function isKey({ type }: SourceResource): boolean {
  return /^aws_kms_(replica_)?(external_)?key$/.test(type);
}

export function isReplica({ type }: SourceResource): boolean {
  return type.startsWith('aws_kms_replica_');
}

export function createKeyIndex(resources: readonly SourceResource[], places: Places): KeyIndex {
  const byText = new Map<string, SourceResource[]>();
  const byAddress = new Map<string, SourceResource>();
  for (const key of resources.filter(isKey)) {
    byAddress.set(key.address, key);
    for (const text of new Set([peek(key, 'arn'), peek(key, 'key_id'), peek(key, 'id')])) {
      if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), key]);
    }
  }
  /** The only instance at an address, if there is just one: `join("", aws_kms_key.k[*].id)` refers to all instances. */
  const onlyInstance = (address: string): SourceResource | undefined => {
    const instances = [...byAddress].filter(([one]) => one.startsWith(`${address}[`));
    return instances.length === 1 ? instances[0]?.[1] : undefined;
  };
  const byReference = (by: SourceResource, attribute: string): SourceResource | undefined => {
    const references = by.configured?.(attribute);
    if (references === undefined || references === 'absent') return undefined;
    const [[whole = ''] = [], ...others] = chainsOf(references);
    const [, address = whole, referred] = /^((?:module\..+\.)?aws_kms_\w+\..+)\.(key_id|id|arn)$/s.exec(whole) ?? [];
    // An expression that also refers to something else may mean another key.
    const key = others.length > 0 ? undefined : (byAddress.get(address) ?? onlyInstance(address));
    return key === undefined || referred === 'arn' ? key : inRegionOf(by, attribute, key);
  };
  /** Returns the key that a text means. A multi-Region key has the same id in all its regions; an ARN names the region. */
  const here = (
    text: string,
    candidates: readonly SourceResource[],
    by: SourceResource,
    attribute: string,
  ): SourceResource | undefined => {
    const [first] = candidates;
    if (text.startsWith('arn:')) return first;
    if (hasMark(text))
      return first === undefined || peek(first, 'arn') === text ? first : inRegionOf(by, attribute, first);
    const { region } = places.of(by);
    const inRegion = candidates.filter((key) => {
      const keyRegion = places.of(key).region;
      return keyRegion === undefined || region === undefined || keyRegion === region;
    });
    return inRegion.length === 1 ? inRegion[0] : undefined;
  };
  /** Returns the key with this id in the region of the resource that names it, since KMS looks for an id only in its own region. */
  const inRegionOf = (by: SourceResource, attribute: string, key: SourceResource): SourceResource => {
    const { region } = places.of(by);
    const isHere = (one: SourceResource) => places.of(one).region === region;
    if (attribute === 'primary_key_arn' || region === undefined || isHere(key)) return key;
    const primary = primaryOf(key);
    const others = [...byAddress.values()].filter(
      (one) => primary !== undefined && isHere(one) && primaryOf(one) === primary,
    );
    return others.length === 1 ? (others[0] ?? key) : key;
  };
  const primaryOf = (key: SourceResource) => (isReplica(key) ? named(key) : key);
  const named: KeyIndex['named'] = (by) => {
    for (const attribute of keyAttributesOf(by)) {
      const text = peek(by, attribute);
      // Known text takes precedence: the ARN of a key outside the source may end in the id of a key inside it.
      if (text !== undefined) return here(text, byText.get(text) ?? [], by, attribute);
      const referred = byReference(by, attribute);
      if (referred !== undefined) return referred;
    }
    return undefined;
  };
  return { named };
}

/** Returns the attributes that can name the key of a resource, in the order in which they are read. */
export function keyAttributesOf(resource: SourceResource): readonly string[] {
  if (isReplica(resource)) return ['primary_key_arn'];
  return resource.type === 'aws_kms_alias' ? ['target_key_arn', 'target_key_id'] : ['key_id'];
}
