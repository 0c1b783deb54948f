import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Candidate } from './candidates.ts';
import { grantByArn, policyWithoutKey, primaryElsewhere } from './diagnostics.ts';
import type { ExportedResource } from './export-file.ts';
import { labelOf } from './fields.ts';
import { indexKeys, type Keys, type Member, placeOf, plainText } from './plan.ts';
import type { Kind } from './types.ts';

/** The order of creation: a resource comes after the resources that it refers to. */
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

export interface Members {
  readonly members: readonly Member[];
  /** Maps a key to the resource that sets its policy. */
  readonly policies: ReadonlyMap<Member, ExportedResource>;
  /** Replicas whose primary key is not read, and key policies that cannot be assigned, with their keys. */
  readonly failed: readonly ExportedResource[];
}

/** Links candidates to their keys and principals, in order of creation. */
export function membersOf(
  candidates: readonly Candidate[],
  providers: ReadonlyMap<string, ExportedResource>,
): Result<Members> {
  const placed = candidates.map(({ exported, kind }) => ({ exported, kind, place: placeOf(exported, providers) }));
  const ofKind = (...kinds: readonly Kind[]) =>
    placed.flatMap(({ kind, ...rest }): Member[] =>
      kind !== 'keyPolicy' && kinds.includes(kind) ? [{ kind, ...rest }] : [],
    );
  const primaries = ofKind('key');
  const primaryKeys = indexKeys(primaries);
  const allReplicas = ofKind('replicaKey').map((replica): Member => {
    const key = primaryKeys.find(plainText(replica.exported, 'primaryKeyArn'), undefined);
    return key === undefined ? replica : { ...replica, key };
  });
  const replicas = allReplicas.filter(({ key }) => key !== undefined);
  const orphans = allReplicas.filter(({ key }) => key === undefined);
  const keys = indexKeys([...primaries, ...replicas]);
  const { value, diagnostics } = keyPolicies(
    placed.filter(({ kind }) => kind === 'keyPolicy'),
    keys,
  );
  const principals = ofKind('role', 'user', 'group');
  const attached = ofKind('alias', 'kmsGrant').map((member) => withKey(member, keys));
  const inline = withHolders(ofKind('rolePolicy', 'userPolicy', 'groupPolicy'), principals);
  const members = [...principals, ...primaries, ...replicas, ...attached, ...inline, ...ofKind('sharedParameter')].sort(
    (one, other) => ranks[one.kind] - ranks[other.kind],
  );
  return {
    value: {
      members,
      policies: value.policies,
      failed: [...orphans.map(({ exported }) => exported), ...value.failed],
    },
    diagnostics: [...orphans.map(orphanProblem), ...diagnostics, ...attached.flatMap(newGrant)],
  };
}

function newGrant({ kind, exported, key }: Member): readonly Diagnostic[] {
  const isByArn = kind === 'kmsGrant' && plainText(exported, 'keyId')?.startsWith('arn:') === true;
  if (!isByArn || key === undefined) return [];
  return [
    report(grantByArn, exported.spanOf('inputs', 'keyId'), { resource: labelOf(exported), key: labelOf(key.exported) }),
  ];
}

function orphanProblem({ exported }: Member): Diagnostic {
  const primary = plainText(exported, 'primaryKeyArn') ?? 'an unknown key';
  return report(primaryElsewhere, exported.span, { resource: labelOf(exported), primary });
}

/** Returns the resources that set the policies of keys. If two of them set the policy of one key, the key and both resources fail. */
function keyPolicies(
  candidates: readonly Pick<Member, 'exported' | 'place'>[],
  keys: Keys,
): Result<Pick<Members, 'policies' | 'failed'>> {
  const collector = createCollector();
  const policies = new Map<Member, ExportedResource>();
  const failed: ExportedResource[] = [];
  for (const { exported, place } of candidates) {
    const keyId = plainText(exported, 'keyId');
    const key = keys.find(keyId, place.region);
    if (key !== undefined && !policies.has(key)) {
      policies.set(key, exported);
      continue;
    }
    const problem =
      key === undefined
        ? `its key ${keyId ?? ''} is not read from this export`
        : `${labelOf(key.exported)} already has another one`;
    collector.add(report(policyWithoutKey, exported.span, { resource: labelOf(exported), problem }));
    failed.push(exported, ...(key === undefined ? [] : [key.exported]));
  }
  return collector.result({ policies, failed });
}

function withKey(member: Member, keys: Keys): Member {
  const { exported, kind, place } = member;
  const texts = ['targetKeyArn', kind === 'alias' ? 'targetKeyId' : 'keyId'].map((name) => plainText(exported, name));
  const key = texts.map((text) => keys.find(text, place.region)).find((one) => one !== undefined);
  return key === undefined ? member : { ...member, key };
}

function withHolders(policies: readonly Member[], principals: readonly Member[]): readonly Member[] {
  const byName = new Map(
    principals.map((principal) => [`${principal.kind} ${plainText(principal.exported, 'name')}`, principal]),
  );
  return policies.map((policy) => {
    const kind = policy.kind.slice(0, -'Policy'.length);
    const holder = byName.get(`${kind} ${plainText(policy.exported, kind)}`);
    return holder === undefined ? policy : { ...policy, holder };
  });
}
