import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badServiceHost, hostOfOtherRegion, unknownRegion } from '../diagnostics/resolve.ts';
import type { Expression } from '../ir/expression.ts';
import { dnsSuffixes } from '../kms/partitions.ts';
import { serviceSynonyms } from '../kms/service-names.ts';
import type { Located } from '../project/located.ts';

const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/**
 * Checks the name of a service, a word such as `logs` or a complete host: a form other than `<service>[.<region>].<DNS suffix>` is KW2017,
 * a region that is not one of `regions` KW2016, and a region other than that of `here` KW2018. KMS would refuse the name, or take it for a
 * service that nobody meant.
 */
export function serviceIsNamedRight(
  { value: service, span }: Located<string>,
  here: Expression,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  if (!service.includes('.')) {
    const meant = synonymOf(service);
    return meant === undefined ? [] : [report(badServiceHost, span, { service, meant })];
  }
  // Some service principals end like this; no page lists them.
  if (service.endsWith('.aws.internal')) return [];
  const suffix = dnsSuffixes.find((candidate) => service.endsWith(`.${candidate}`));
  const [first = '', ...others] = service.split('.');
  if (suffix === undefined) {
    const region = others.find((label) => regionName.test(label));
    const words = region === undefined ? [first] : [first, region];
    return [report(badServiceHost, span, { service, meant: [...words, 'amazonaws.com'].join('.') })];
  }
  const labels = service.slice(0, -suffix.length - 1).split('.');
  const meant = synonymOf(first);
  if (meant !== undefined) {
    return [report(badServiceHost, span, { service, meant: [meant, ...labels.slice(1), suffix].join('.') })];
  }
  const region = labels.at(-1) ?? '';
  if (labels.length === 1 && regionName.test(region)) {
    return [report(badServiceHost, span, { service, meant: `<service>.${region}.${suffix}` })];
  }
  if (!regionName.test(region)) return [];
  if (!regions.has(region)) return [report(unknownRegion, span, { region, regions: [...regions] })];
  if (here.kind === 'literal' && here.text !== region) {
    return [report(hostOfOtherRegion, span, { service, region, here: here.text })];
  }
  return [];
}

function synonymOf(word: string): string | undefined {
  return Object.hasOwn(serviceSynonyms, word) ? serviceSynonyms[word] : undefined;
}
