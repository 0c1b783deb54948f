import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector } from '@keywright/core/diagnostics/result';
import type { Resource, Stack } from '@keywright/core/ir/program';
import type { LeftOut, Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import { aliasOf, type FoundKey, grantResource, grantsOf, keyOf, replicaOf } from './account-resources.ts';
import { incompleteRecord, leavingKey, primaryNotRead, serviceGrant } from './diagnostics.ts';
import { keyNames } from './key-names.ts';
import type { RecordedPlace } from './key-record.ts';
import { isLeaving } from './key-states.ts';
import { readRecords } from './read-records.ts';

/**
 * Turns the answers of accounts into a program: a stack for each account and region with keys. A replica becomes part of its primary's
 * stack. Tags set by AWS itself (`aws:…`) are left out.
 *
 * @param files one for each account and region, with the lines that `askKeys` produces
 */
export function readAccounts(files: readonly SourceFile[]): Reading {
  const keys = findKeys(files);
  const environment = environmentNames(keys.usable.map(({ place }) => place));
  const read = readFound(keys, { environment, stack: (place) => `keys-${environment(place)}` });
  return {
    program: { app: 'imported', stacks: read.stacks },
    origins: read.origins,
    leftOut: read.leftOut,
    diagnostics: read.diagnostics,
    sources: new Map(files.map((file) => [file.path, file])),
  };
}

export interface FoundKeys {
  /** The keys that can be imported, replicas included. */
  readonly usable: readonly FoundKey[];
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

export function findKeys(files: readonly SourceFile[]): FoundKeys {
  const collector = createCollector();
  const leftOut: LeftOut[] = [];
  const keys: FoundKey[] = [];
  for (const file of files) {
    const { place, records, awsManagedKeys } = collector.take(readRecords(file));
    if (place === undefined) continue;
    if (awsManagedKeys === undefined) {
      const span = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
      collector.add(report(incompleteRecord, span, { place: `account ${place.account}, ${place.region}` }));
    }
    for (const { record, span } of records) keys.push({ record, span, place });
  }
  const usable = keys.filter(({ record, span }) => {
    const { arn, manager } = record.metadata;
    if (record.read !== undefined) return true;
    if (manager === 'CUSTOMER' && isLeaving(record.metadata))
      collector.add(report(leavingKey, span, { arn, aliases: record.aliases }));
    leftOut.push({ type: manager === 'CUSTOMER' ? 'key to be deleted' : 'AWS managed key', address: arn, span });
    return false;
  });
  return { usable, leftOut, diagnostics: collector.result(undefined).diagnostics };
}

export interface ReadStacks extends Pick<Reading, 'origins' | 'leftOut' | 'diagnostics'> {
  readonly stacks: readonly Stack[];
}

export interface PlaceNames {
  readonly environment: (place: RecordedPlace) => string;
  readonly stack: (place: RecordedPlace) => string;
}

export function readFound(found: FoundKeys, names: PlaceNames): ReadStacks {
  const collector = createCollector();
  collector.add(...found.diagnostics);
  const leftOut = [...found.leftOut];
  const { usable } = found;
  const primaries = usable.filter(({ record }) => record.metadata.primaryArn === undefined);
  const replicasOf = grouped(
    usable.filter(({ record }) => record.metadata.primaryArn !== undefined),
    ({ record }) => record.metadata.primaryArn ?? '',
  );
  const arns = new Set(primaries.map(({ record }) => record.metadata.arn));
  for (const [primary, replicas] of replicasOf) {
    if (arns.has(primary)) continue;
    for (const { record, span } of replicas)
      collector.add(report(primaryNotRead, span, { arn: record.metadata.arn, primary }));
  }

  const origins = new Map<string, ReadonlyMap<string, ResourceOrigin>>();
  const stacks = [...grouped(primaries, ({ place }) => `${place.account}/${place.region}`)].map(([, inPlace]) => {
    const { stack, origin, problems } = stackOf(inPlace, { nameOf: names, replicasOf, leftOut });
    collector.add(...problems);
    origins.set(stack.name, origin);
    return stack;
  });
  return { stacks, origins, leftOut, diagnostics: collector.result(undefined).diagnostics };
}

/**
 * Names an environment after its region, and also after its account if several accounts have keys in the region. With these names, a lift
 * unites equal stacks.
 */
export function environmentNames(places: Iterable<RecordedPlace>): (place: RecordedPlace) => string {
  const accountsIn = new Map<string, Set<string>>();
  for (const { region, account } of places) accountsIn.set(region, (accountsIn.get(region) ?? new Set()).add(account));
  return ({ account, region }) => ((accountsIn.get(region)?.size ?? 0) > 1 ? `${region}-${account}` : region);
}

function grouped(keys: readonly FoundKey[], by: (key: FoundKey) => string): ReadonlyMap<string, readonly FoundKey[]> {
  const groups = new Map<string, FoundKey[]>();
  for (const key of keys) {
    const group = groups.get(by(key));
    if (group === undefined) groups.set(by(key), [key]);
    else group.push(key);
  }
  return groups;
}

interface FoundStack {
  readonly stack: Stack;
  readonly origin: ReadonlyMap<string, ResourceOrigin>;
  readonly problems: readonly Diagnostic[];
}

interface Surroundings {
  readonly nameOf: PlaceNames;
  readonly replicasOf: ReadonlyMap<string, readonly FoundKey[]>;
  readonly leftOut: LeftOut[];
}

function stackOf(primaries: readonly FoundKey[], { nameOf, replicasOf, leftOut }: Surroundings): FoundStack {
  const [first] = primaries;
  if (first === undefined) throw new Error('a group has a member');
  const { account, region, partition } = first.place;
  const collector = createCollector();
  const resources: Resource[] = [];
  const origin = new Map<string, ResourceOrigin>();
  const replicaRegions = new Map<string, RecordedPlace>();
  const keyNameOf = keyNames(primaries.map(({ record }) => record));
  const add = (resource: Resource, address: string, physicalId: string) => {
    resources.push(resource);
    origin.set(resource.id, { address, physicalId });
  };
  const nameOfKey = ({ record }: FoundKey) => keyNameOf.get(record.metadata.keyId) ?? '';
  // Sorted, because answers arrive in any order.
  for (const primary of [...primaries].sort((one, other) => (nameOfKey(one) < nameOfKey(other) ? -1 : 1))) {
    const name = nameOfKey(primary);
    const key = collector.take(keyOf(primary, name));
    if (key === undefined) continue;
    const replicas = (replicasOf.get(primary.record.metadata.arn) ?? []).flatMap((found) => {
      const replica = collector.take(replicaOf(found, key, nameOf.environment(found.place)));
      return replica === undefined ? [] : [{ found, resource: replica }];
    });
    for (const { found, resource } of [{ found: primary, resource: key }, ...replicas]) {
      const { arn, keyId } = found.record.metadata;
      add(resource, arn, keyId);
      if (resource.kind === 'replicaKey') replicaRegions.set(resource.region, found.place);
      for (const alias of found.record.aliases) add(aliasOf(alias, resource, found), `${arn}#${alias}`, alias);
      const grants = grantsOf(found);
      for (const grant of grants.imported) add(grantResource(grant, resource, found), `${arn}#${grant.id}`, grant.id);
      if (grants.ofServices.length > 0) {
        collector.add(report(serviceGrant, found.span, { arn, count: grants.ofServices.length }));
        for (const { id } of grants.ofServices)
          leftOut.push({ type: 'KMS grant of a service', address: `${arn}#${id}` });
      }
    }
  }
  const stack: Stack = {
    name: nameOf.stack(first.place),
    app: 'imported',
    environment: { name: nameOf.environment(first.place), account, region, partition },
    replicaEnvironments: [...replicaRegions]
      .map(([, place]) => ({ ...place, name: nameOf.environment(place) }))
      .sort((one, other) => (one.region < other.region ? -1 : 1)),
    targets: [],
    resources,
    outputs: [],
    exports: [],
    imports: [],
    dependsOn: [],
    span: first.span,
  };
  return { stack, origin, problems: collector.result(undefined).diagnostics };
}
