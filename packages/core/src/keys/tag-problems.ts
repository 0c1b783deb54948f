import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badTag } from '../diagnostics/keys.ts';
import { limits } from '../kms/limits.ts';
import type { Located, Named } from '../project/located.ts';
import { problemsOf } from '../resolve/interpolate.ts';
import type { Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';

/** What a service accepts in tags. */
export interface TagCharacters {
  readonly name: RegExp;
  readonly value: RegExp;
  /** How to replace other characters. */
  readonly advice: string;
  /** Whether names that differ in letter case only are one name. */
  readonly foldsCase: boolean;
}

/**
 * Reports what AWS refuses about the tags of a key or principal (KW3011): more than 50; names that are not 1 to 128
 * characters or start with `aws:`; values over 256 characters. `tags` includes the stack's tags.
 */
export function tagProblems(
  tags: ReadonlyMap<string, Named<string>>,
  owner: { readonly name: string; readonly nameSpan: Span; readonly place: Place },
  characters: TagCharacters,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const refuse = (span: Span, problem: string, advice: string) => found.push(report(badTag, span, { problem, advice }));
  const names = new Map<string, string>();
  for (const tag of tags.values()) {
    const { name, nameSpan } = tag;
    const other = characters.foldsCase ? names.get(name.toLowerCase()) : undefined;
    names.set(name.toLowerCase(), name);
    if (other !== undefined) {
      refuse(
        nameSpan,
        `the tags \`${other}\` and \`${name}\` have one name: IAM ignores letter case`,
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
      const problem = `a tag name has 1 to ${limits.tagNameCharacters} characters, this one has ${name.length}`;
      refuse(nameSpan, problem, 'choose another name');
    }
    if (!characters.name.test(name))
      refuse(nameSpan, `the tag name ${JSON.stringify(name)} has a character that AWS refuses`, characters.advice);
    found.push(...problemsOf(tag, owner.place, (written) => valueProblems(name, written, characters)));
  }
  if (tags.size > limits.tags) {
    const problem = `\`${owner.name}\` has ${tags.size} tags with those of its stack and standards; ${limits.tags} are possible`;
    refuse(owner.nameSpan, problem, 'remove some');
  }
  return found;
}

function valueProblems(
  name: string,
  { value, span }: Located<string>,
  characters: TagCharacters,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (value.length > limits.tagValueCharacters) {
    const problem = `a tag value has ${limits.tagValueCharacters} characters at most, this one has ${value.length}`;
    found.push(report(badTag, span, { problem, advice: 'shorten it' }));
  }
  // What another placeholder stands for has none but these characters.
  if (!characters.value.test(value.replaceAll(/\$\{[\w.-]+\}/g, ''))) {
    const problem = `the value of the tag \`${name}\` has a character that AWS refuses`;
    found.push(report(badTag, span, { problem, advice: characters.advice }));
  }
  return found;
}
