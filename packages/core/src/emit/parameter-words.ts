/** The words and descriptions of parameters. */
import type { DifferenceOrigin } from '../ir/expression.ts';
import { describeDifference } from './difference-names.ts';
import { splitOrigin } from './origin-tokens.ts';
import { isTag } from './row-values.ts';
import type { RowValue } from './rows.ts';
import { isList } from './rows.ts';

/** The words that name the parameter for a property of the environment. */
export function wordsOf(origin: string): readonly string[] {
  const [of, name] = splitOrigin(origin);
  if (name === undefined) return [of];
  return of === 'tags' ? ['tag', name] : [name];
}

/**
 * The subject of the parameter for what entries of `in` can change: the standard that has the entries, or the tag of a
 * whole stack. `place`: the region or environment of the replicas it is for, if any.
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

/** `whose`: the environment that it comes from. */
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

/** An item is named by its index in the list, a tag by its key. */
export function wordsOfItem(words: readonly string[], item: RowValue, index: number, count: number): readonly string[] {
  if (typeof item === 'object' && !isList(item) && item.kind === 'object' && isTag(item))
    return [...words, String(item.entries[0]?.[1])];
  return count === 1 ? words : [...words, String(index + 1)];
}
