import { report } from '../diagnostics/diagnostic.ts';
import { requiredTag } from '../diagnostics/requirements.ts';
import { listOf } from '../language/text.ts';
import { tagsOf } from '../resolve/resolve-requirements.ts';
import { type RequirementRule, related, spanOf, unmet } from './rule.ts';

export const tagsAreRequired: RequirementRule = (required) => {
  const { definition, key } = required;
  const requiredTags = Object.entries(definition.value.tags ?? {});
  if (requiredTags.length === 0) return [];
  const tags = tagsOf(key);
  return requiredTags.flatMap(([tag, value]) => {
    const values = value === 'required' ? undefined : listOf(value);
    const actual = tags.get(tag);
    if (
      values === undefined
        ? actual !== undefined && actual.trim() !== ''
        : actual !== undefined && values.includes(actual)
    )
      return [];
    const written = key.properties.tags.get(tag) ?? key.inheritedTags.get(tag);
    const parameters = { ...unmet(required), tag, found: actual, values };
    return [report(requiredTag, spanOf(required, written), parameters, related(required, 'tags', written))];
  });
};
