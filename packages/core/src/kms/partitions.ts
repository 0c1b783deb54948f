import { knownRegions } from './regions.ts';

/** A group of regions with its own accounts and names. */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
  /** Matches the names of its regions. */
  readonly regions: RegExp;
}

/** Source: botocore, data/partitions.json. */
export const partitions: readonly Partition[] = [
  { name: 'aws-cn', dnsSuffix: 'amazonaws.com.cn', regions: /^cn-/ },
  { name: 'aws-us-gov', dnsSuffix: 'amazonaws.com', regions: /^us-gov-/ },
  { name: 'aws-iso', dnsSuffix: 'c2s.ic.gov', regions: /^us-iso-/ },
  { name: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov', regions: /^us-isob-/ },
  { name: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk', regions: /^eu-isoe-/ },
  { name: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov', regions: /^us-isof-/ },
  { name: 'aws-eusc', dnsSuffix: 'amazonaws.eu', regions: /^eusc-/ },
  { name: 'aws', dnsSuffix: 'amazonaws.com', regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/ },
];

/** All DNS suffixes, longest first, since one is a prefix of another. */
export const dnsSuffixes: readonly string[] = [...new Set(partitions.map(({ dnsSuffix }) => dnsSuffix))].sort(
  (one, other) => other.length - one.length,
);

/** The partition of a region; `aws` for a region newer than this list. */
export function partitionOf(region: string): string {
  return partitions.find((partition) => partition.regions.test(region))?.name ?? 'aws';
}

/** The DNS suffix of a partition; for an unknown partition, the DNS suffix of `aws`. */
export function dnsSuffixOf(partition: string): string {
  return partitions.find((candidate) => candidate.name === partition)?.dnsSuffix ?? 'amazonaws.com';
}

/**
 * The partition of an account in a region. `written`: the partition in the YAML, which is used only for a region that is newer than this
 * version. For any other region, a different partition is reported where it is written, and has no further consequences.
 */
export function partitionOfPlace(region: string, written: string | undefined): string {
  return knownRegions.includes(region) ? partitionOf(region) : (written ?? partitionOf(region));
}
