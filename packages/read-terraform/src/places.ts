import { partitionOf } from '@keywright/core/kms/partitions';
import { peek } from './attributes.ts';
import { hasMark } from './hcl/marks.ts';
import type { Source, SourceResource } from './source/resource.ts';

/** An account and region; parts that the source does not give are absent. */
export interface Place {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly partition: string | undefined;
}

export interface Places {
  of(resource: SourceResource): Place;
  /** The place of resources that have none themselves: IAM resources, which are in every region of an account. */
  readonly main: Place;
}

/**
 * Finds the account and region of each resource: from its ARN, otherwise from another resource of the same provider, or from data sources
 * and the plan's configuration.
 */
export function placesOf(source: Source): Places {
  const byProvider = new Map<string, Place>();
  // The output of `terraform show -json` for a state has one name for all configurations of the AWS provider.
  const inSeveralRegions = new Set<string>();
  const learn = (provider: string, { account, region, partition }: Place) => {
    const place = byProvider.get(provider);
    if (region !== undefined && place?.region !== undefined && region !== place.region) inSeveralRegions.add(provider);
    byProvider.set(provider, {
      account: place?.account ?? account,
      region: place?.region ?? region,
      partition: place?.partition ?? partition,
    });
  };
  for (const data of source.data) learn(data.provider, placeOfData(data));
  for (const resource of source.managed) {
    const place = ownPlace(resource);
    // A resource can name its own region, which may differ from the region of its provider.
    const namesRegion = resource.configured !== undefined && resource.configured('region') !== 'absent';
    if (place !== undefined) learn(resource.provider, namesRegion ? { ...place, region: undefined } : place);
    const region = source.regionOf(resource.provider);
    const account = source.accountOf?.(resource.provider);
    learn(resource.provider, { account, region, partition: undefined });
  }
  const complete = ({ account, region, partition }: Place): Place => ({
    account,
    region,
    partition: partition ?? (region === undefined ? undefined : partitionOf(region)),
  });
  const of = (resource: SourceResource): Place => {
    const place = ownPlace(resource);
    const provider = byProvider.get(resource.provider);
    // ARNs of IAM resources have no region.
    const isUnclear = resource.type.startsWith('aws_iam_') || inSeveralRegions.has(resource.provider);
    return complete({
      account: place?.account ?? provider?.account,
      region: place?.region ?? regionOfKey(resource) ?? (isUnclear ? undefined : provider?.region),
      partition: place?.partition ?? provider?.partition,
    });
  };
  return { of, main: mainPlace(source, of, complete, byProvider) };
}

/**
 * Returns the place with the most primary keys. If there are none, this is the place with the most resources of KMS and SSM; if there are
 * none of these either, the place of the first provider. In a tie, the first place is taken.
 */
function mainPlace(
  source: Source,
  of: (resource: SourceResource) => Place,
  complete: (place: Place) => Place,
  byProvider: ReadonlyMap<string, Place>,
): Place {
  const counts = new Map<string, { place: Place; count: number }>();
  const count = (places: readonly Place[]) => {
    for (const place of places) {
      const counted = counts.get(JSON.stringify(place));
      if (counted === undefined) counts.set(JSON.stringify(place), { place, count: 1 });
      else counted.count += 1;
    }
  };
  const ofTypes = (pattern: RegExp) => source.managed.filter(({ type }) => pattern.test(type)).map(of);
  count(ofTypes(/^aws_kms_(external_)?key$/));
  if (counts.size === 0) count(ofTypes(/^aws_kms_|^aws_ssm_/));
  const [most] = [...counts.values()].sort((one, other) => other.count - one.count);
  if (most !== undefined) return most.place;
  const [provider] = byProvider.values();
  const [iam] = source.managed.map(of);
  return complete({
    account: iam?.account ?? provider?.account,
    region: provider?.region,
    partition: iam?.partition ?? provider?.partition,
  });
}

/** Returns the place that a resource's ARN and `region` give; resources have a `region` since version 6 of the provider. */
function ownPlace(resource: SourceResource): Place | undefined {
  const [, partition, , region, account] = (peek(resource, 'arn') ?? '').split(':');
  // If only the deployment decides the region, it is the provider's.
  const written = peek(resource, 'region');
  const knownRegion = written === undefined || hasMark(written) ? undefined : written;
  const placeOfArn = { account: account || undefined, region: region || knownRegion, partition };
  return placeOfArn.account === undefined && placeOfArn.region === undefined ? undefined : placeOfArn;
}

/** Returns the region of the key ARN in a KMS grant or separate policy, which is in the region of its key. */
function regionOfKey(resource: SourceResource): string | undefined {
  if (resource.type !== 'aws_kms_grant' && resource.type !== 'aws_kms_key_policy') return undefined;
  const [, region] = /^arn:[^:]+:kms:([^:]+):/.exec(peek(resource, 'key_id') ?? '') ?? [];
  return region;
}

function placeOfData(data: SourceResource): Place {
  const nothing: Place = { account: undefined, region: undefined, partition: undefined };
  switch (data.type) {
    case 'aws_caller_identity':
      return { ...nothing, account: peek(data, 'account_id') };
    case 'aws_region':
      return { ...nothing, region: peek(data, 'region') ?? peek(data, 'name') ?? peek(data, 'id') };
    default:
      return { ...nothing, partition: peek(data, 'partition') };
  }
}
