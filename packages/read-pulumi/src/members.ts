import { report } from '@keywright/core/diagnostics/diagnostic';
import type { Collector } from '@keywright/core/diagnostics/result';
import type { Candidate } from './candidates.ts';
import { policyWithoutKey, primaryElsewhere } from './diagnostics.ts';
import type { ExportedResource } from './export-file.ts';
import { labelOf } from './fields.ts';
import { indexKeys, type Member, placeOf, plainText } from './plan.ts';
import type { Kind } from './types.ts';

/** The order in which resources are created: referenced ones first. */
const ranks: Readonly<Record<Member['kind'], number>> = {
  role: 0,
  user: 0,
  group: 0,
  key: 1,
  replicaKey: 2,
  alias: 3,
  rolePolicy: 4,
  userPolicy: 4,
  groupPolicy: 4,
  kmsGrant: 5,
  sharedParameter: 6,
};

/** Candidates with what they belong to, in order of creation, and the resources that set key policies. */
export function membersOf(
  candidates: readonly Candidate[],
  providers: ReadonlyMap<string, ExportedResource>,
  collector: Collector,
  fail: (exported: ExportedResource) => void,
) {
  const policies = new Map<Member, ExportedResource>();
  const placed = candidates.map(({ exported, kind }) => ({ exported, kind, place: placeOf(exported, providers) }));
  const ofKind = (...kinds: readonly Kind[]) =>
    placed.flatMap(({ kind, ...rest }): Member[] =>
      kind !== 'keyPolicy' && kinds.includes(kind) ? [{ kind, ...rest }] : [],
    );
  const primaries = ofKind('key');
  const keys = indexKeys(primaries);
  const replicas = ofKind('replicaKey').flatMap((replica): Member[] => {
    const primary = plainText(replica.exported, 'primaryKeyArn');
    const key = keys.find(primary, undefined);
    if (key !== undefined) return [{ ...replica, key }];
    const resource = labelOf(replica.exported);
    collector.add(report(primaryElsewhere, replica.exported.span, { resource, primary: primary ?? 'an unknown key' }));
    fail(replica.exported);
    return [];
  });
  const allKeys = indexKeys([...primaries, ...replicas]);
  for (const { exported, kind, place } of placed) {
    if (kind !== 'keyPolicy') continue;
    const keyId = plainText(exported, 'keyId');
    const key = allKeys.find(keyId, place.region);
    const problem =
      key === undefined
        ? `its key ${keyId ?? ''} is not read from this export`
        : policies.has(key)
          ? `${labelOf(key.exported)} already has another one`
          : undefined;
    if (key !== undefined && problem === undefined) policies.set(key, exported);
    if (problem === undefined) continue;
    collector.add(report(policyWithoutKey, exported.span, { resource: labelOf(exported), problem }));
    fail(exported);
    if (key !== undefined) fail(key.exported);
  }
  const attached = ofKind('alias', 'kmsGrant').map((member): Member => {
    const { exported, place } = member;
    const property = member.kind === 'alias' ? 'targetKeyId' : 'keyId';
    const texts = ['targetKeyArn', property].map((name) => plainText(exported, name));
    const key = texts.map((text) => allKeys.find(text, place.region)).find((one) => one !== undefined);
    return key === undefined ? member : { ...member, key };
  });
  const principals = ofKind('role', 'user', 'group');
  const principalNames = new Map(
    principals.map((principal) => [`${principal.kind} ${plainText(principal.exported, 'name')}`, principal]),
  );
  const inline = ofKind('rolePolicy', 'userPolicy', 'groupPolicy').map((member): Member => {
    const entity = member.kind.slice(0, -'Policy'.length);
    const holder = principalNames.get(`${entity} ${plainText(member.exported, entity)}`);
    return holder === undefined ? member : { ...member, holder };
  });
  const members = [...principals, ...primaries, ...replicas, ...attached, ...inline, ...ofKind('sharedParameter')].sort(
    (one, other) => ranks[one.kind] - ranks[other.kind],
  );
  return { members, policies };
}
