import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { concernsKms } from '@keywright/core/reading/concerns-kms';
import { peek, unknownOf } from './attributes.ts';
import { lonelyReplica, policyStays, unplacedPolicy } from './diagnostics.ts';
import { isKey, isReplica, type KeyIndex } from './key-index.ts';
import type { Place, Places } from './places.ts';
import { isShared } from './resources/shared-parameter.ts';
import type { SourceResource } from './source/resource.ts';
import { holderKindOf } from './source/types.ts';

export interface Group {
  readonly place: Place;
  readonly resources: readonly SourceResource[];
}

export interface Groups {
  readonly groups: readonly Group[];
  readonly leftOut: readonly SourceResource[];
}

/** Groups resources by their place: the place of their key, their own place, or the main one. */
export function groupsOf(resources: readonly SourceResource[], places: Places, keys: KeyIndex): Result<Groups> {
  const collector = createCollector();
  const leftOut: SourceResource[] = [];
  const groups = new Map<string, { readonly place: Place; readonly resources: SourceResource[] }>();
  const shown = new Set(
    resources
      .filter((resource) => isKey(resource) || resource.type === 'aws_kms_alias')
      .flatMap((resource) => ['arn', 'key_id', 'id', 'name'].flatMap((attribute) => peek(resource, attribute) ?? [])),
  );
  for (const resource of resources) {
    const home = homeOf(resource, places, keys, shown);
    if (home === undefined) continue;
    if (home.place === undefined) {
      leftOut.push(resource);
      if (home.problem !== undefined) collector.add(home.problem);
      continue;
    }
    const { place } = home;
    const id = JSON.stringify([place.account, place.region]);
    const group = groups.get(id) ?? { place, resources: [] };
    group.resources.push(resource);
    groups.set(id, group);
  }
  return collector.result({ groups: [...groups.values()], leftOut });
}

/** A resource without a place is left out, and `problem` is reported. */
interface Home {
  readonly place?: Place | undefined;
  readonly problem?: Diagnostic;
}

/**
 * Finds the place of a resource. `shown` has the names, ids and ARNs of keys and aliases. Returns `undefined` for a resource that becomes
 * part of another resource.
 */
function homeOf(
  resource: SourceResource,
  places: Places,
  keys: KeyIndex,
  shown: ReadonlySet<string>,
): Home | undefined {
  const { type, address, span } = resource;
  if (isKey(resource)) {
    const place = placeOfKey(resource, places, keys);
    return place === undefined ? { problem: report(lonelyReplica, span, { resource: address }) } : { place };
  }
  if (type === 'aws_kms_alias' || type === 'aws_kms_grant') {
    const key = keys.named(resource);
    const place = key === undefined ? places.of(resource) : placeOfKey(key, places, keys);
    return place !== undefined && isAnywhere(place, places)
      ? { problem: report(unplacedPolicy, resource.spanOf('key_id'), { resource: address, ...unclearRegion }) }
      : { place };
  }
  if (type === 'aws_ssm_parameter') return isShared(resource, shown) ? { place: places.of(resource) } : {};
  const isPolicy = holderKindOf(resource) !== undefined;
  if (isPolicy && !mayConcernKms(resource)) return {};
  if (!type.startsWith('aws_iam_')) return undefined;
  const reason = isPolicy ? whyItStays(resource) : undefined;
  if (reason !== undefined) return { problem: report(policyStays, span, { resource: address, reason }) };
  const { account } = places.of(resource);
  const isElsewhere = account !== undefined && places.main.account !== undefined && account !== places.main.account;
  return { place: isElsewhere ? { ...places.main, account } : places.main };
}

/** Returns the place of a key. A replica is grouped with its primary key; if that is not found, the replica has no place. */
function placeOfKey(key: SourceResource, places: Places, keys: KeyIndex): Place | undefined {
  if (!isReplica(key)) return places.of(key);
  const primary = keys.named(key);
  return primary === undefined || isReplica(primary) ? undefined : places.of(primary);
}

/** Whether an identity policy is about KMS, or may be because its document is unknown. */
function mayConcernKms(policy: SourceResource): boolean {
  if (policy.unknown.has('policy')) return policy.mentionsKms !== false;
  try {
    return concernsKms(JSON.parse(peek(policy, 'policy') ?? ''));
  } catch {
    return true; // reported when the policy is read
  }
}

/** Says why an identity policy stays with Terraform; `undefined` if both its document and its name are known. */
function whyItStays(policy: SourceResource): string | undefined {
  const [unknown] = ['policy', 'name'].flatMap((name) => unknownOf(policy, name) ?? []);
  return unknown?.reason;
}

/** Whether the region of a place is unknown, although the main place has one. */
export function isAnywhere(place: Place, { main }: Places): boolean {
  return place.region === undefined && main.region !== undefined;
}

export const unclearRegion = {
  problem: 'names its key by an id, which does not show in which of several regions the key is',
  advice:
    'read the state file itself (`terraform state pull`): unlike `terraform show -json`, it says which provider a resource has',
};
