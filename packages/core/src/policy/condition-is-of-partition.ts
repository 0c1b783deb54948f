import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { conditionOfOtherPartition } from '../diagnostics/resolve.ts';
import type { Expression } from '../ir/expression.ts';
import { partitionOf, partitions } from '../kms/partitions.ts';
import { knownRegions } from '../kms/regions.ts';
import type { Place } from '../resolve/place.ts';
import { partitionOfArn } from '../resolve/places-exist.ts';
import type { Span } from '../source/span.ts';

interface Value {
  readonly value: Expression;
  readonly span: Span;
}

/** Condition keys whose values the user chooses, so that they may contain ARNs and regions of any partition. */
const freeText = /^(kms:EncryptionContext|aws:[A-Za-z]*Tag\/)/i;

/**
 * Reports a condition if all of its values are ARNs or regions of partitions that are not the policy's (KW2025). A list may have one value
 * for each partition in which it is used.
 */
export function conditionIsOfPartition(key: string, values: readonly Value[], here: Place): readonly Diagnostic[] {
  const [first] = values;
  if (first === undefined || here.partition.kind !== 'literal' || freeText.test(key)) return [];
  const { text: partition } = here.partition;
  const valuePartitions = values.map(({ value }) => partitionOfValue(key, value));
  const [valuePartition] = valuePartitions;
  if (valuePartition === undefined || valuePartitions.some((other) => other === undefined || other === partition))
    return [];
  return [report(conditionOfOtherPartition, first.span, { key, of: valuePartition, partition })];
}

function partitionOfValue(key: string, value: Expression): string | undefined {
  const isRegion = /^aws:RequestedRegion$/i.test(key) && value.kind === 'literal' && knownRegions.includes(value.text);
  if (isRegion) return partitionOf(value.text);
  const [arnPartition] = partitionOfArn(value);
  return arnPartition?.kind === 'literal' && partitions.some(({ name }) => name === arnPartition.text)
    ? arnPartition.text
    : undefined;
}
