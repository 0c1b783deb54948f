import type { ContentRule } from './rule.ts';
import { tagProblems } from './tag-problems.ts';

/** Source: AWS KMS API reference, TagResource, which refers to the restrictions of user-defined tags. */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const ofKeys = {
  name: tagText,
  value: tagText,
  advice: 'use letters, digits, blanks and _ . : / = + - @ only',
  foldsCase: false,
} as const;

/** AWS accepts a key's tags, including those of its environment, stack and standards. */
export const tagsAreAccepted: ContentRule = (key) =>
  tagProblems(new Map([...(key.inheritedTags ?? []), ...key.properties.tags]), key, ofKeys);
