import { entries, property } from '../project/located.ts';
import type { ContentRule } from './rule.ts';
import { tagProblems } from './tag-problems.ts';

/** Source: AWS KMS API reference, TagResource, which refers to the restrictions of user-defined tags. */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const ofKeys = {
  name: tagText,
  value: tagText,
  advice: 'use letters, digits, blanks and _ . : / = + - @ only',
} as const;

/** The tags of a key, with those of its stack and standards, are ones that AWS takes. */
export const tagsAreAccepted: ContentRule = (key) => {
  const ofStack = key.stack === undefined ? [] : entries(property(key.stack.definition, 'tags'));
  return tagProblems(new Map([...ofStack.map((tag) => [tag.name, tag] as const), ...key.properties.tags]), key, ofKeys);
};
