import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { ExportedResource } from './export-file.ts';

/** Properties that have another name in the AWS provider than in `aws-native`, which is generated from CloudFormation's schemas. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['keyPolicy', 'policy'],
  ['pendingWindowInDays', 'deletionWindowInDays'],
  ['aliasName', 'name'],
]);
const nativeNames = new Map([...otherNames].map(([native, name]) => [name, native]));

/** Whether a resource has a type of `aws-native`, which generated programs never use. */
export function isNative({ type }: ExportedResource): boolean {
  return type.startsWith('aws-native:');
}

/** Returns a resource with the properties that the AWS provider would give it. */
export function asInAwsProvider(resource: ExportedResource): ExportedResource {
  if (!isNative(resource)) return resource;
  return {
    ...resource,
    inputs: renamed(resource.inputs),
    outputs: renamed(resource.outputs),
    spanOf: (side, property) => resource.spanOf(side, nativeNames.get(property) ?? property),
  };
}

function renamed(properties: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      otherNames.get(name) ?? name,
      name === 'tags' && Array.isArray(value) ? tagsByName(value) : value,
    ]),
  );
}

/** Turns `[{ key: team, value: shop }]` into `{ team: shop }`. Anything else is unchanged, and is reported when it is read. */
function tagsByName(tags: readonly unknown[]): unknown {
  const entries = tags.flatMap((tag) =>
    isMapping(tag) && typeof tag.key === 'string' ? [[tag.key, tag.value] as const] : [],
  );
  return entries.length === tags.length ? Object.fromEntries(entries) : tags;
}
