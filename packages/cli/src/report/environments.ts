/** Describes environments of a definition by their names or their number. */
import type { Stack } from '@keywright/core/ir/program';

/** Replaces in a text the name, account and region of an environment with placeholders. */
export type ReplaceNames = (text: string) => string;

/** More environments than this are counted, not named. */
const mostNames = 3;

/** Returns for example `in dev, prod`, `in 34 of 36 environments` or `in all 36 environments`. `all` is the number of all environments. */
export function environmentsInWords(names: readonly string[], all: number, things = 'environments'): string {
  if (names.length <= mostNames) return `in ${names.join(', ')}`;
  return names.length === all ? `in all ${all} ${things}` : `in ${names.length} of ${all} ${things}`;
}

/**
 * Like `environmentsInWords`, but with names: the names of all other environments if these are few, otherwise the first of `names`. Returns
 * for example `in 34 of 36 environments (not in audit, network)` or `in 6 of 600 environments (dev-a, dev-b, dev-c and 3 more)`. `all` are
 * the names of all environments.
 */
export function environmentsByName(names: readonly string[], all: readonly string[]): string {
  const words = environmentsInWords(names, all.length);
  if (names.length <= mostNames || names.length === all.length) return words;
  const named = new Set(names);
  const others = all.filter((name) => !named.has(name));
  if (others.length <= mostNames) return `${words} (not in ${others.join(', ')})`;
  return `${words} (${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more)`;
}

/**
 * Returns a function that replaces the account and region of a stack's environment with placeholders, as the YAML would. It also replaces
 * the environment's name if the name follows a stack's name or is in backquotes.
 */
export function replaceNamesOf({ environment: { name, account, region } }: Pick<Stack, 'environment'>): ReplaceNames {
  const replaced: (readonly [RegExp, string])[] = [];
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are placeholders of the language.
  if (region !== undefined) replaced.push([wholeWord(region), '${region}']);
  if (account !== undefined) replaced.push([wholeWord(account), '${account}']);
  if (name !== undefined) {
    replaced.push([new RegExp(`(?<=[A-Za-z0-9]-)${escaped(name)}(?![A-Za-z0-9-])`, 'g'), '${environment}']);
    replaced.push([new RegExp(`(?<=\`)${escaped(name)}(?=\`)`, 'g'), '${environment}']);
  }
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.
  return (text) => replaced.reduce((left, [pattern, word]) => left.replace(pattern, () => word), text);
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9-])${escaped(text)}(?![A-Za-z0-9-])`, 'g');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
