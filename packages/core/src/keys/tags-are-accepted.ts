import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badTag } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import { entries, property } from '../project/located.ts';
import { tagsOf } from '../resolve/standards.ts';
import type { KeyRule } from './rule.ts';

/** 50 tags at most with those of the stack; names of 1 to 128 characters that do not start with `aws:`; values of 256 at most. */
export const tagsAreAccepted: KeyRule = (key) => {
  const found: Diagnostic[] = [];
  const fromStack = entries(property(key.stack.definition, 'tags'));
  const all = new Map([...fromStack.map((tag) => [tag.name, tag] as const), ...tagsOf(key.layers)]);
  for (const { name, value, nameSpan, span } of all.values()) {
    if (/^aws:/i.test(name)) {
      const problem = `the tag name \`${name}\` starts with \`aws:\`, which is reserved for AWS`;
      found.push(report(badTag, nameSpan, { problem, advice: 'choose another name' }));
    }
    if (name.length === 0 || name.length > limits.tagNameCharacters) {
      const problem = `a tag name has 1 to ${limits.tagNameCharacters} characters, this one has ${name.length}`;
      found.push(report(badTag, nameSpan, { problem, advice: 'choose another name' }));
    }
    if (value.length > limits.tagValueCharacters) {
      const problem = `a tag value has ${limits.tagValueCharacters} characters at most, this one has ${value.length}`;
      found.push(report(badTag, span, { problem, advice: 'shorten it' }));
    }
  }
  if (all.size > limits.tags) {
    const problem = `\`${key.name}\` has ${all.size} tags with those of its stack and standards; ${limits.tags} are possible`;
    found.push(report(badTag, key.nameSpan, { problem, advice: 'remove some' }));
  }
  return found;
};
