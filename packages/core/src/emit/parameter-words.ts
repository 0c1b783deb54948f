/** The words and descriptions of parameters. */
import { isList } from '../collections/is-list.ts';
import type { DifferenceOrigin } from '../ir/expression.ts';
import { describeDifference } from './difference-names.ts';
import { splitOrigin } from './origin-tokens.ts';
import { isTag } from './row-values.ts';
import type { RowValue } from './rows.ts';

/** The words that name the parameter for a property of the environment. */
export function wordsOf(origin: string): readonly string[] {
  const [of, name] = splitOrigin(origin);
  if (name === undefined) return [of];
  return of === 'tags' ? ['tag', name] : [name];
}

/**
 * The subject of the parameter for a value that entries of `in` can change: the standard that has the entries, the tag of a whole stack, or
 * the resource itself. `place`: the region of the replicas that the parameter is for, if any.
 */
export function partsOfDifference(
  origin: DifferenceOrigin,
  words: readonly string[],
): { readonly place: readonly string[]; readonly about: readonly string[]; readonly description: string } {
  const [, region, own = ''] = /^(?:replicas\.([^.]+)\.)?differences\.(.*)$/.exec(origin) ?? [];
  const place = region === undefined ? [] : [region];
  const whose = region === undefined ? '' : `, for replicas in ${region}`;
  const [kind, standard = ''] = splitOrigin(own);
  switch (kind) {
    case 'stack': {
      const tag = words.at(-1) ?? '';
      return { place, about: ['tag', tag], description: `Tag ${tag} of the stack${whose}` };
    }
    case 'standard': {
      const about = [standard, ...words.slice(1)];
      return { place, about, description: `${describeDifference(about.with(0, `the standard ${standard}`))}${whose}` };
    }
    default:
      return { place, about: words, description: describeDifference(words) };
  }
}

/** The description of a parameter for a property of an environment. `whose`: that environment, in words. */
export function descriptionOf(origin: string, whose: string): string {
  const [of, name] = splitOrigin(origin);
  switch (of) {
    case 'environment':
      return `Name of ${whose}, as in keywright.yaml`;
    case 'purpose':
      return `What ${whose} is for`;
    case 'tags':
      return `Tag ${name} of ${whose}`;
    default:
      return `Value of ${name} in ${whose}`;
  }
}

/** Adds the tag key if the item is a tag; otherwise the item's position, if the list has several items. */
export function wordsOfItem(words: readonly string[], item: RowValue, index: number, count: number): readonly string[] {
  if (typeof item === 'object' && !isList(item) && item.kind === 'object' && isTag(item))
    return [...words, String(item.entries[0]?.[1])];
  return count === 1 ? words : [...words, String(index + 1)];
}
