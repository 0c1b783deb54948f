import { byName } from '@keywright/core/collections/by-name';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { literal } from '@keywright/core/ir/expression';
import type { Tag } from '@keywright/core/ir/program';
import { partitionOf } from '@keywright/core/kms/partitions';
import type { Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import { badSetting, prefixTag } from './diagnostics.ts';

/** The tag that the accelerator puts on its resources. */
const mark = 'Accelerator';

/** The partitions in which the accelerator tags nothing. */
const partitionsWithoutTags = ['aws-iso', 'aws-iso-b'];

/**
 * Returns the tags that the accelerator puts on every resource, sorted by name: those of global-config.yaml. Source:
 * awslabs/landing-zone-accelerator-on-aws, addAcceleratorTags.
 */
export function tagsIn(settings: Mapping, locations: Locations): Result<readonly Tag[]> {
  const { tags = [] } = settings;
  const collector = createCollector();
  const fail = (setting: string, problem: string, span: Span | undefined) =>
    collector.add(report(badSetting, span, { setting, problem }));
  if (!Array.isArray(tags)) fail('tags', 'it is not a list', locations.valueSpan(settings, 'tags'));
  const list: readonly unknown[] = Array.isArray(tags) ? tags : [];
  const values = list.map((tag, index): readonly [string, string] => {
    const { key, value } = isMapping(tag) ? tag : {};
    const texts = [key, value].map((one) => (typeof one === 'string' && !one.includes('{{') ? one : undefined));
    if (texts.includes(undefined))
      fail(`tags[${index}]`, 'it has no `key` and `value` with known texts', locations.valueSpan(list, index));
    return [texts[0] ?? '', texts[1] ?? ''];
  });
  // The CDK keeps the last tag with a name.
  const read = [...new Map(values)].map(([name, value]): Tag => ({ name, value: literal(value) }));
  return collector.result(read.sort(byName));
}

export function areTagged(region: string | undefined): boolean {
  return region === undefined || !partitionsWithoutTags.includes(partitionOf(region));
}

/** Reports that keys have a tag with the prefix of the accelerator, which is in no file, unless the tags contain it. */
export function prefixIsKnown(tags: readonly Tag[], span: Span | undefined): readonly Diagnostic[] {
  return tags.some(({ name }) => name === mark) ? [] : [report(prefixTag, span, { tag: mark })];
}
