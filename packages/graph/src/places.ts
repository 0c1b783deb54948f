/**
 * Merges texts of many environments: `neutralIn` replaces the values of a place in a text, and `written` restores them. Nothing is lost, so
 * texts that are equal after the replacement can be stored as one.
 */
import type { PlaceData } from './data.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are placeholders of the language.
const placeholders = { environment: '${environment}', account: '${account}', region: '${region}' } as const;
export const principalPlaceholder = '${principal}';
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.

const parts = ['environment', 'account', 'region'] as const;

export function neutralIn(place: PlaceData): (text: string) => string {
  // Longest first, because an environment may be called `eu` or `core-eu-west-1`.
  const replaced = parts
    .flatMap((part) => {
      const value = place[part];
      return value === undefined ? [] : [{ part, value }];
    })
    .sort((one, other) => other.value.length - one.value.length)
    .map(({ part, value }) => ({ pattern: wholeWord(value), word: placeholders[part] }));
  return (text) => replaced.reduce((left, { pattern, word }) => left.replace(pattern, () => word), text);
}

/** Restores a text for several places. Only values that are the same in all of them are restored. */
export function written(text: string, places: readonly PlaceData[]): string {
  if (!text.includes('${')) return text;
  return parts.reduce((left, part) => {
    const value = places[0]?.[part];
    if (value === undefined || places.some((place) => place[part] !== value)) return left;
    return left.replaceAll(placeholders[part], () => value);
  }, text);
}

export function withPrincipal(text: string, name: string): string {
  return text.replaceAll(principalPlaceholder, () => name);
}

/** Whether a text differs between environments. */
export function isOfEnvironment(text: string): boolean {
  return text.includes(placeholders.environment) || text.includes(placeholders.region);
}

/** Matches the text as a whole word outside placeholders. */
export function wholeWord(text: string): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9]|\\$\\{)${escaped}(?![A-Za-z0-9])`, 'g');
}
