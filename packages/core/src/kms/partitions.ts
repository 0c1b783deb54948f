import { concat, type Expression, literal } from '../ir/expression.ts';

/** A group of regions with accounts and names of its own. */
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
  { name: 'aws', dnsSuffix: 'amazonaws.com', regions: /^[a-z]{2}-[a-z]+-\d+$/ },
];

/** The partition of a region; `aws` for a region that is newer than this list. */
export function partitionOf(region: string): string {
  return partitions.find((partition) => partition.regions.test(region))?.name ?? 'aws';
}

/** The DNS suffix of a partition; that of `aws` for an unknown one. */
export function dnsSuffixOf(partition: string): string {
  return partitions.find((candidate) => candidate.name === partition)?.dnsSuffix ?? 'amazonaws.com';
}

/**
 * Services whose principal has the region in it. Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in
 * CloudWatch Logs using AWS KMS": `logs.<region>.amazonaws.com`, in China with the suffix of the partition.
 */
const regionalServices: readonly string[] = ['logs'];

/**
 * The host by which a policy names an AWS service. A service with a dot in it is a whole host already. Most principals
 * are `<service>.amazonaws.com` in every partition. Source: CDK, region-info, `ServicePrincipals`.
 */
export function servicePrincipalHost(
  service: string,
  place: { readonly region: Expression; readonly dnsSuffix: Expression },
): Expression {
  if (service.includes('.')) return literal(service);
  if (!regionalServices.includes(service)) return literal(`${service}.amazonaws.com`);
  return concat(literal(`${service}.`), place.region, literal('.'), place.dnsSuffix);
}
