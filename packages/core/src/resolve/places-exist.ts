/**
 * Checks that the places named in texts of policies exist: the partition, region and account of an ARN, the region of a service. Parts with
 * a wildcard or a placeholder are not checked.
 */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownViaService } from '../diagnostics/policy.ts';
import {
  badAccountInArn,
  badViaService,
  otherPartition,
  unknownPartition,
  unknownRegion,
} from '../diagnostics/resolve.ts';
import { type Expression, literal } from '../ir/expression.ts';
import { partitionOf, partitions } from '../kms/partitions.ts';
import { knownRegions } from '../kms/regions.ts';
import { viaServiceCalled } from '../kms/services/called.ts';
import { viaServiceNames } from '../kms/via-service.ts';
import type { Span } from '../source/span.ts';
import { idHasItsForm, isPlain, type Text } from './ids-have-their-form.ts';

/** Owners of ARNs that are not accounts: AWS, for managed policies, and CloudFront, for origin access identities. */
const otherOwners: readonly string[] = ['', 'aws', 'cloudfront'];

/** Checks the places in an ARN; text that is not an ARN has no problems. */
export function arnIsOfSomewhere({ value: arn, span }: Text, regions: ReadonlySet<string>): readonly Diagnostic[] {
  if (!/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/.test(arn)) return [];
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  const problems = [...partitionIsRight({ value: partition, span }, region, regions)];
  if (isPlain(account) && !/^\d{12}$/.test(account) && !otherOwners.includes(account)) {
    problems.push(report(badAccountInArn, span, { arn, account }));
  }
  return problems;
}

/** Checks a partition and a region in it; the region may be empty. */
export function partitionIsRight(
  { value: partition, span }: Text,
  region: string,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  const namesRegion = region !== '' && isPlain(region);
  const isKnown = namesRegion && knownRegions.includes(region);
  if (namesRegion && !regions.has(region)) return [report(unknownRegion, span, { region, regions: [...regions] })];
  // A declared region may belong to a partition that is new as well.
  if (!isPlain(partition) || (namesRegion && !isKnown)) return [];
  const names = partitions.map(({ name }) => name);
  if (!names.includes(partition)) return [report(unknownPartition, span, { partition, partitions: names })];
  const of = partitionOf(region);
  return isKnown && of !== partition
    ? [report(otherPartition, span, { what: region, of, partition, kind: 'region' })]
    : [];
}

/** The partition of an ARN; empty if it is not literal text. */
export function partitionOfArn(arn: Expression): readonly Expression[] {
  const start = arn.kind === 'concat' ? arn.parts[0] : arn;
  const [, partition] = start?.kind === 'literal' ? (/^arn:([^:]+):/.exec(start.text) ?? []) : [];
  return partition === undefined ? [] : [literal(partition)];
}

/** Reports a principal or resource whose partition is not that of the policy, if both are known. */
export function isOfPartition(
  { value: what, span }: Text,
  kind: 'principal' | 'resource',
  of: Expression,
  here: Expression,
): readonly Diagnostic[] {
  if (of.kind !== 'literal' || here.kind !== 'literal' || of.text === here.text || !isPlain(of.text)) return [];
  // Another diagnostic reports a partition that does not exist.
  if (!partitions.some(({ name }) => name === of.text)) return [];
  return [report(otherPartition, span, { what, of: of.text, partition: here.text, kind })];
}

/** Checks the form of a value in a condition on the condition key `key`, and the places that the value names. */
export function valueIsOfSomewhere(
  operator: string,
  key: string,
  value: Text,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  const misformed = idHasItsForm(operator, key, value);
  if (misformed.length > 0) return misformed;
  if (value.value.startsWith('arn:')) return arnIsOfSomewhere(value, regions);
  if (!/string/i.test(operator)) return [];
  if (!isPlain(value.value)) return [];
  if (/^(aws:RequestedRegion|kms:(Primary|Replica)Region)$/i.test(key) && !regions.has(value.value)) {
    return [report(unknownRegion, value.span, { region: value.value, regions: [...regions] })];
  }
  const host = /^kms:ViaService$/i.test(key) ? readViaService(value.value) : undefined;
  // Existing policies may have hosts of another form; rule KW7014 covers them.
  return host === undefined ? [] : viaHostIsRight(host, value.span, regions);
}

/** Checks a service of `via`: a word, which means the service in the key's region, or a complete host. */
export function viaServiceIsRight({ value, span }: Text, regions: ReadonlySet<string>): readonly Diagnostic[] {
  if (/^[a-z0-9-]+$/.test(value)) return viaServiceIsKnown(value, span);
  const host = readViaService(value);
  if (host !== undefined) return viaHostIsRight(host, span, regions);
  const [first = ''] = value.toLowerCase().trim().split('.');
  return [report(badViaService, span, { value, meant: viaServiceCalled(first) })];
}

interface ViaHost {
  readonly service: string;
  readonly region: string;
}

function readViaService(value: string): ViaHost | undefined {
  const [, service, region] = /^([a-z0-9.-]+)\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\.amazonaws\.com$/.exec(value) ?? [];
  return service === undefined || region === undefined ? undefined : { service, region };
}

function viaHostIsRight({ service, region }: ViaHost, span: Span, regions: ReadonlySet<string>): readonly Diagnostic[] {
  return [
    ...(regions.has(region) ? [] : [report(unknownRegion, span, { region, regions: [...regions] })]),
    ...viaServiceIsKnown(service, span),
  ];
}

function viaServiceIsKnown(service: string, span: Span): readonly Diagnostic[] {
  return viaServiceNames.includes(service)
    ? []
    : [report(unknownViaService, span, { service, meant: viaServiceCalled(service) })];
}
