import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badServiceHost, hostOfOtherRegion, otherPartition, unknownRegion } from '../diagnostics/resolve.ts';
import { literalText } from '../ir/expression.ts';
import { dnsSuffixes, partitionOf, partitions } from '../kms/partitions.ts';
import { knownRegions } from '../kms/regions.ts';
import { serviceSynonyms } from '../kms/service-names.ts';
import type { Located } from '../project/located.ts';
import type { Place } from './place.ts';

const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/**
 * Checks the name of a service, a word such as `logs` or a complete host. Reports a form other than `<service>[.<region>].<DNS suffix>`
 * (KW2017), a region that is not one of `regions` (KW2016), a region other than that of `here` (KW2018), and a suffix or region of another
 * partition (KW2022). KMS would refuse the name, or take it for another service.
 */
export function serviceIsNamedRight(
  { value: service, span }: Located<string>,
  here: Pick<Place, 'region' | 'partition'>,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  if (!service.includes('.')) {
    const intended = synonymOf(service);
    return intended === undefined ? [] : [report(badServiceHost, span, { service, meant: intended })];
  }
  // Some service principals have this ending; no page lists them.
  if (service.endsWith('.aws.internal')) return [];
  const suffix = dnsSuffixes.find((candidate) => service.endsWith(`.${candidate}`));
  const [first = '', ...others] = service.split('.');
  if (suffix === undefined) {
    const region = others.find((label) => regionName.test(label));
    const words = region === undefined ? [first] : [first, region];
    return [report(badServiceHost, span, { service, meant: [...words, 'amazonaws.com'].join('.') })];
  }
  const labels = service.slice(0, -suffix.length - 1).split('.');
  const intended = synonymOf(first);
  if (intended !== undefined) {
    return [report(badServiceHost, span, { service, meant: [intended, ...labels.slice(1), suffix].join('.') })];
  }
  const region = labels.at(-1) ?? '';
  if (labels.length === 1 && regionName.test(region)) {
    return [report(badServiceHost, span, { service, meant: `<service>.${region}.${suffix}` })];
  }
  const namesRegion = regionName.test(region);
  if (namesRegion && !regions.has(region)) return [report(unknownRegion, span, { region, regions: [...regions] })];
  const hostPartition = partitionOfHost(suffix, namesRegion ? region : undefined);
  const partition = literalText(here.partition);
  if (hostPartition !== undefined && partition !== undefined && hostPartition !== partition) {
    return [report(otherPartition, span, { what: service, of: hostPartition, partition, kind: 'principal' })];
  }
  return namesRegion && here.region.kind === 'literal' && here.region.text !== region
    ? [report(hostOfOtherRegion, span, { service, region, here: here.region.text })]
    : [];
}

/** The partition of a host: from its suffix or, if that is `amazonaws.com`, from its region; `undefined` if neither decides. */
function partitionOfHost(suffix: string, region: string | undefined): string | undefined {
  if (suffix !== 'amazonaws.com') return partitions.find(({ dnsSuffix }) => dnsSuffix === suffix)?.name;
  return region !== undefined && knownRegions.includes(region) ? partitionOf(region) : undefined;
}

function synonymOf(word: string): string | undefined {
  return Object.hasOwn(serviceSynonyms, word) ? serviceSynonyms[word] : undefined;
}
