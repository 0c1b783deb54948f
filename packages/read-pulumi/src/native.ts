import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ExportedResource, Mapping } from './export-file.ts';

/** What the provider `aws-native`, which is made from CloudFormation's schemas, calls what the AWS provider has under another name. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['keyPolicy', 'policy'],
  ['pendingWindowInDays', 'deletionWindowInDays'],
  ['aliasName', 'name'],
]);
const nativeNames = new Map([...otherNames].map(([native, name]) => [name, native]));

/** A resource with the properties that it would have in the AWS provider. */
export function asInAwsProvider(resource: ExportedResource): ExportedResource {
  if (!resource.type.startsWith('aws-native:')) return resource;
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

/** `[{ key: team, value: shop }]` as `{ team: shop }`; what is no such list stays, and is reported when it is read. */
function tagsByName(tags: readonly unknown[]): unknown {
  const entries = tags.flatMap((tag) =>
    isMapping(tag) && typeof tag.key === 'string' ? [[tag.key, tag.value] as const] : [],
  );
  return entries.length === tags.length ? Object.fromEntries(entries) : tags;
}
