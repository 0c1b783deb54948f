/** Names environments of a definition that have something in common. */
import type { Stack } from '@keywright/core/ir/program';

/** Replaces in a text what belongs to an environment. */
export type ReplaceNames = (text: string) => string;

/** Up to this many environments are named; more are counted. */
const mostNames = 3;

/** `in dev, prod`, `in 34 of 36 environments`, `in all 36 environments`. `all` is the total number. */
export function environmentsInWords(names: readonly string[], all: number, things = 'environments'): string {
  if (names.length <= mostNames) return `in ${names.join(', ')}`;
  return names.length === all ? `in all ${all} ${things}` : `in ${names.length} of ${all} ${things}`;
}

/**
 * Writes what belongs to the environment of a stack as the YAML would: its account and region, and its name after a stack's or in quotes.
 */
export function replaceNamesOf({ environment: { name, account, region } }: Stack): ReplaceNames {
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
