import { isMapping } from '@keywright/core/syntax/is-mapping';
import { unknownOf } from './attributes.ts';
import type { Source, SourceResource } from './source/resource.ts';

/**
 * Separates the tags that the provider puts on every resource (`default_tags`), which are in `tags_all` but not in `tags`. All resources
 * that take tags must have these tags, or their own tags with the same names, and an option of a target must be able to hold the values
 * (not empty, no `${`). Otherwise, each resource keeps all its tags. Source: AWS provider, "default_tags".
 */
export function splitDefaultTags<S extends Source>(
  source: S,
): { readonly source: S; readonly defaultTags: ReadonlyMap<string, string> } {
  const none = { source, defaultTags: new Map<string, string>() };
  const tagged = source.managed.flatMap((resource) => {
    const tags = tagsIn(resource);
    return tags === undefined ? [] : [{ resource, ...tags }];
  });
  const defaults = new Map<string, string>();
  for (const { own, all } of tagged) {
    for (const [name, value] of all) {
      if (own.has(name)) continue;
      if ((defaults.get(name) ?? value) !== value || value === '' || value.includes('${')) return none;
      defaults.set(name, value);
    }
  }
  const hasAll = ({ all }: { readonly all: ReadonlyMap<string, string> }) =>
    [...defaults.keys()].every((name) => all.has(name));
  if (defaults.size === 0 || !tagged.every(hasAll)) return none;
  const changed = new Map(tagged.map(({ resource }) => [resource, withOwnTags(resource)]));
  const managed = source.managed.map((resource) => changed.get(resource) ?? resource);
  return { source: { ...source, managed }, defaultTags: defaults };
}

/** Returns a resource's own tags, and all its tags; `undefined` if it takes no tags or its tags are unknown. */
function tagsIn(resource: SourceResource) {
  if (unknownOf(resource, 'tags') !== undefined || unknownOf(resource, 'tags_all') !== undefined) return undefined;
  const all = textsIn(resource.values.tags_all);
  const tags = textsIn(resource.values.tags ?? {});
  return all === undefined || tags === undefined ? undefined : { own: tags, all };
}

function textsIn(value: unknown): ReadonlyMap<string, string> | undefined {
  if (!isMapping(value)) return undefined;
  const texts = Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return texts.length === Object.keys(value).length ? new Map(texts) : undefined;
}

function withOwnTags(resource: SourceResource): SourceResource {
  const { tags_all: _, ...values } = resource.values;
  return { ...resource, values };
}
