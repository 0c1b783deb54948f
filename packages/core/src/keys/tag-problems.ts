import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badTag } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import type { Located, Named } from '../project/located.ts';
import { problemsOf } from '../resolve/interpolate.ts';
import type { Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';

/** The characters that KMS and IAM accept in tags. Sources: AWS KMS API reference, Tag and TagResource; IAM API reference, Tag. */
const accepted = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const advice = 'use letters, digits, spaces and _ . : / = + - @ only';

/**
 * Reports what AWS refuses about the tags of a key or principal (KW3011): more than 50 tags, a name that starts with `aws:` or is not 1 to
 * 128 characters long, or a value of more than 256 characters. `tags` includes the stack's tags. A problem with a tag of the stack has the
 * same message for keys and principals, so that it is reported once. `foldsCase`: whether names that differ in letter case only are one
 * name.
 */
export function tagProblems(
  tags: ReadonlyMap<string, Named<string>>,
  owner: { readonly name: string; readonly nameSpan: Span; readonly place: Place },
  foldsCase: boolean,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const refuse = (span: Span, problem: string, what: string) =>
    diagnostics.push(report(badTag, span, { problem, advice: what }));
  const names = new Map<string, string>();
  for (const tag of tags.values()) {
    const { name, nameSpan } = tag;
    const sameName = foldsCase ? names.get(name.toLowerCase()) : undefined;
    names.set(name.toLowerCase(), name);
    if (sameName !== undefined) {
      refuse(
        nameSpan,
        `the tags \`${sameName}\` and \`${name}\` have the same name, because IAM ignores letter case`,
        'remove one of them',
      );
    }
    if (/^aws:/i.test(name)) {
      refuse(
        nameSpan,
        `the tag name \`${name}\` starts with \`aws:\`, which is reserved for AWS`,
        'choose another name',
      );
    }
    if (name.length === 0 || name.length > limits.tagNameCharacters) {
      const problem = `a tag name has 1 to ${limits.tagNameCharacters} characters; this one has ${name.length}`;
      refuse(nameSpan, problem, 'choose another name');
    }
    if (!accepted.test(name))
      refuse(nameSpan, `the tag name ${JSON.stringify(name)} has a character that AWS refuses`, advice);
    diagnostics.push(...problemsOf(tag, owner.place, (written) => valueProblems(name, written)));
  }
  if (tags.size > limits.tags) {
    const problem = `\`${owner.name}\` has ${tags.size} tags, including those of its stack and standards; AWS accepts ${limits.tags}`;
    refuse(owner.nameSpan, problem, 'remove some');
  }
  return diagnostics;
}

function valueProblems(name: string, { value, span }: Located<string>): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (value.length > limits.tagValueCharacters) {
    const problem = `a tag value has ${limits.tagValueCharacters} characters at most; this one has ${value.length}`;
    diagnostics.push(report(badTag, span, { problem, advice: 'shorten it' }));
  }
  // The values of other placeholders contain accepted characters only.
  if (!accepted.test(value.replaceAll(/\$\{[\w.-]+\}/g, ''))) {
    const problem = `the value of the tag \`${name}\` has a character that AWS refuses`;
    diagnostics.push(report(badTag, span, { problem, advice }));
  }
  return diagnostics;
}
