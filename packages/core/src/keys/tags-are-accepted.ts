import { entries, property } from '../project/located.ts';
import { tagsOf } from '../resolve/standards.ts';
import type { KeyRule } from './rule.ts';
import { tagProblems } from './tag-problems.ts';

/** Source: CloudFormation template reference, AWS::KMS::Key Tag: a name is of one line. KMS documents no more. */
const ofKeys = { name: /^[^\r\n]*$/, value: /^/, advice: 'write it on one line' } as const;

/** The tags of a key, with those of its stack and standards, are ones that AWS takes. */
export const tagsAreAccepted: KeyRule = (key) => {
  const ofStack = entries(property(key.stack.definition, 'tags'));
  return tagProblems(new Map([...ofStack.map((tag) => [tag.name, tag] as const), ...tagsOf(key.layers)]), key, ofKeys);
};
