import type { ContentRule } from './rule.ts';
import { tagProblems } from './tag-problems.ts';

/** AWS accepts a key's tags, including those of its environment, stack and standards. */
export const tagsAreAccepted: ContentRule = (key) =>
  tagProblems(new Map([...(key.inheritedTags ?? []), ...key.properties.tags]), key, false);
