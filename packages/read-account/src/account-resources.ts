import { byName } from '@keywright/core/collections/by-name';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector } from '@keywright/core/diagnostics/result';
import { literal, literalText } from '@keywright/core/ir/expression';
import type { Alias, Key, KmsGrant, ReplicaKey } from '@keywright/core/ir/program';
import { keyOrigins, keySpecs, keyUsages } from '@keywright/core/kms/key-specs';
import { isServiceLinkedRole } from '@keywright/core/kms/service-linked-role';
import { readPolicy } from '@keywright/core/reading/read-policy';
import type { Span } from '@keywright/core/source/span';
import { unknownKindOfKey } from './diagnostics.ts';
import type { Grant, KeyRecord, RecordedPlace } from './key-record.ts';

export interface FoundKey {
  readonly record: KeyRecord;
  readonly span: Span;
  readonly place: RecordedPlace;
}

type Common = Pick<
  Key,
  'name' | 'names' | 'dependsOn' | 'source' | 'spec' | 'usage' | 'origin' | 'enabled' | 'removal' | 'policy' | 'tags'
> &
  Partial<Pick<Key, 'description'>>;

/** Returns the properties that keys and replicas have in common; `undefined`, with an error, if the key cannot be read completely. */
function commonOf({ record, span, place }: FoundKey, name: string) {
  const { metadata, read } = record;
  const collector = createCollector();
  const { arn } = metadata;
  const spec = keySpecs.find((candidate) => candidate === metadata.spec);
  const usage = keyUsages.find((candidate) => candidate === metadata.usage);
  const origin = keyOrigins.find((candidate) => candidate === metadata.origin);
  const unknown = [
    ['key spec', spec, metadata.spec],
    ['key usage', usage, metadata.usage],
    ['origin', origin, metadata.origin],
  ] as const;
  for (const [what, known, value] of unknown)
    if (known === undefined) collector.add(report(unknownKindOfKey, span, { arn, what, value }));
  const policy = collector.take(
    readPolicy('key', {
      document: read?.policy ?? '',
      resource: arn,
      span,
      partition: literal(place.partition),
      isOwnArn: (resource) => literalText(resource) === arn,
    }),
  );
  if (spec === undefined || usage === undefined || origin === undefined || policy === undefined)
    return collector.result(undefined);
  const common: Common = {
    name,
    names: {},
    dependsOn: [],
    source: { span },
    ...(metadata.description !== '' && { description: literal(metadata.description) }),
    spec,
    usage,
    origin,
    enabled: metadata.state !== 'Disabled',
    removal: 'retain',
    policy,
    tags: (read?.tags ?? [])
      .filter((tag) => !tag.name.startsWith('aws:'))
      .map((tag) => ({ name: tag.name, value: literal(tag.value) }))
      .sort(byName),
  };
  return collector.result(common);
}

export function keyOf(foundKey: FoundKey, name: string) {
  const { value: common, diagnostics } = commonOf(foundKey, name);
  if (common === undefined) return { value: undefined, diagnostics };
  const { metadata, read } = foundKey.record;
  const { enabled = false, periodDays } = read?.rotation ?? {};
  const key: Key = {
    kind: 'key',
    id: `key/${name}`,
    ...common,
    ...(metadata.customKeyStoreId !== undefined && { customKeyStoreId: metadata.customKeyStoreId }),
    ...(metadata.xksKeyId !== undefined && { xksKeyId: metadata.xksKeyId }),
    // KMS returns a period for every rotating key; 365 days is the default.
    rotation: { enabled, ...(enabled && periodDays !== undefined && periodDays !== 365 && { periodDays }) },
    multiRegion: metadata.multiRegion,
  };
  return { value: key, diagnostics };
}

export function replicaOf(foundKey: FoundKey, primary: Key, environmentName: string) {
  const { value: common, diagnostics } = commonOf(foundKey, primary.name);
  if (common === undefined) return { value: undefined, diagnostics };
  const { region } = foundKey.place;
  const replica: ReplicaKey = {
    kind: 'replicaKey',
    id: `key/${primary.name}/${region}`,
    ...common,
    region,
    environmentName,
    byRegion: true,
    primary: primary.id,
  };
  return { value: replica, diagnostics };
}

export function aliasOf(aliasName: string, key: Key | ReplicaKey, foundKey: FoundKey): Alias {
  const isReplica = key.kind === 'replicaKey';
  return {
    kind: 'alias',
    id: `alias/${isReplica ? `${key.name}/${key.region}` : key.name}/${aliasName.slice('alias/'.length)}`,
    aliasName,
    keyName: key.name,
    target: { kind: 'reference', resource: key.id, attribute: 'id' },
    names: {},
    dependsOn: [],
    source: { span: foundKey.span },
    ...(isReplica && { region: key.region }),
  };
}

/**
 * Returns the KMS grants that somebody manages, and separately those that services created for their own use. In the latter, the grantee or
 * the retiring principal is a service or a service-linked role. Source: AWS KMS Developer Guide, "Grants for AWS services"; API Reference,
 * GrantListEntry.
 */
export function grantsOf({ record }: FoundKey) {
  const isService = (principal = '') =>
    /(^|:)[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal) || isServiceLinkedRole(principal);
  const grants = record.read?.grants ?? [];
  const ofServices = grants.filter(
    ({ grantee, retiringPrincipal }) => isService(grantee) || isService(retiringPrincipal),
  );
  return { ofServices, imported: withLabels(grants.filter((grant) => !ofServices.includes(grant))) };
}

interface NamedGrant extends Grant {
  readonly label: string;
}

/** Gives each grant a distinct name, because a grant need not have a name, and KMS accepts equal names. */
function withLabels(grants: readonly Grant[]): readonly NamedGrant[] {
  const taken = new Set(grants.flatMap(({ name }) => name ?? []));
  const first = new Set<string>();
  return grants.map((grant, index) => {
    const { name } = grant;
    const isFirst = name !== undefined && !first.has(name);
    if (isFirst) first.add(name);
    const wish = name ?? `grant${index + 1}`;
    let label = wish;
    for (let count = 2; !isFirst && taken.has(label); count += 1) label = `${wish}-${count}`;
    taken.add(label);
    return { ...grant, label };
  });
}

export function grantResource(grant: NamedGrant, key: Key | ReplicaKey, foundKey: FoundKey): KmsGrant {
  const { label } = grant;
  const isReplica = key.kind === 'replicaKey';
  const pairs = grant.encryptionContext ?? grant.encryptionContextSubset;
  return {
    kind: 'kmsGrant',
    id: `kmsGrant/${isReplica ? `${key.name}/${key.region}` : key.name}/${label}`,
    name: grant.name ?? label,
    named: grant.name !== undefined,
    retireOnDelete: false,
    keyName: key.name,
    key: { kind: 'reference', resource: key.id, attribute: 'id' },
    names: {},
    dependsOn: [],
    source: { span: foundKey.span },
    grantee: literal(grant.grantee),
    ...(grant.retiringPrincipal !== undefined && { retiringPrincipal: literal(grant.retiringPrincipal) }),
    operations: grant.operations,
    ...(pairs !== undefined && {
      encryptionContext: {
        match: grant.encryptionContext === undefined ? ('subset' as const) : ('equals' as const),
        pairs: Object.entries(pairs)
          .map(([name, value]) => ({ name, value }))
          .sort(byName),
      },
    }),
    ...(isReplica && { region: key.region }),
  };
}
