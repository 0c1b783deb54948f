import { byName } from '@keywright/core/collections/by-name';
import type { Tag } from '@keywright/core/ir/program';
import { Computed, expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { membersOf } from './members.ts';
import type { Properties } from './properties.ts';

/** Returns the tags in a list of `Key` and `Value`, and those of the stack, sorted by name. */
export function readTags(properties: Properties): readonly Tag[] {
  const value = properties.value('Tags') ?? [];
  const list = Array.isArray(value) ? (value as readonly SourceValue[]) : [null];
  return withStackTags(
    list.flatMap((tag) => readTag(tag, properties)),
    properties,
  );
}

/** Adds the tags of the stack, which CloudFormation puts on each resource that can have tags. */
function withStackTags(tags: readonly Tag[], properties: Properties): readonly Tag[] {
  const names = new Set(tags.map(({ name }) => name));
  const ofStack = [...properties.stackTags].flatMap(([Key, Value]) =>
    names.has(Key) ? [] : readTag({ Key, Value }, properties),
  );
  return [...tags, ...ofStack].sort(byName);
}

function readTag(tag: SourceValue, properties: Properties): readonly Tag[] {
  const { Key, Value } = membersOf(tag);
  const unknown = [tag, Key, Value].find((one) => one instanceof Unknown);
  const name = expressionOf(Key);
  const value = expressionOf(Value);
  if (unknown !== undefined) properties.refuseUnknown('Tags', unknown);
  else if (name?.kind !== 'literal' || value === undefined) properties.refuse('Tags', 'a list of `Key` and `Value`');
  else return [{ name: name.text, value }];
  return [];
}

/** Returns the tags in a mapping of names to values, and those of the stack, sorted by name. */
export function readMappedTags(properties: Properties): readonly Tag[] {
  const expected = 'a mapping of names to texts';
  const written = properties.value('Tags') ?? {};
  if (written instanceof Computed || !isMapping(written)) return properties.refuse('Tags', expected) ?? [];
  const tags = Object.entries(written).flatMap(([name, tag]): Tag[] => {
    const value = expressionOf(tag as SourceValue);
    if (tag instanceof Unknown) properties.refuseUnknown('Tags', tag);
    else if (value === undefined) properties.refuse('Tags', expected);
    return value === undefined ? [] : [{ name, value }];
  });
  return withStackTags(tags, properties);
}
