/** Puts numbers, and names of environments and accounts, into words. */
import type { AccountNames } from './data.ts';

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** More names than this are not listed. */
const mostNames = 3;

/**
 * Names the environments if they are few. Otherwise, gives their number, with a pattern that matches these and no others of `all`, such as `34
 * environments (prod-*)`, or `all 36 environments`.
 */
export function environmentsInWords(names: readonly string[], all: readonly string[]): string {
  if (names.length <= mostNames && names.join(', ').length <= 34) return names.join(', ');
  if (names.length === all.length) return `all ${count(names.length, 'environment')}`;
  const pattern = patternOf(names, all);
  if (pattern !== undefined) return `${count(names.length, 'environment')} (${pattern})`;
  return `${names.length} of ${count(all.length, 'environment')}`;
}

/** Returns a start or end that all names have in common and no other name of `all` has; in whole words if that is enough. */
function patternOf(names: readonly string[], all: readonly string[]): string | undefined {
  const chosen = new Set(names);
  const means = (test: (name: string) => boolean) => all.every((name) => test(name) === chosen.has(name));
  const start = startOf(names);
  const starts = [...start.matchAll(/[-_.]/g)].map(({ index }) => start.slice(0, index + 1));
  const prefix = [...starts, start].find((text) => text.length > 1 && means((name) => name.startsWith(text)));
  if (prefix !== undefined) return `${prefix}*`;
  const end = reversed(startOf(names.map(reversed)));
  const ends = [...end.matchAll(/[-_.]/g)].map(({ index }) => end.slice(index)).reverse();
  const last = [...ends, end].find((text) => text.length > 1 && means((name) => name.endsWith(text)));
  return last === undefined ? undefined : `*${last}`;
}

function startOf(texts: readonly string[]): string {
  return texts.reduce((start, text) => {
    let length = 0;
    while (length < start.length && start[length] === text[length]) length += 1;
    return start.slice(0, length);
  });
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Returns `payments-prod (111122223333)`, or `account 111122223333` if the project has no name for it. */
export function accountTitle(account: string, names: AccountNames): string {
  if (Object.hasOwn(names, account)) return `${names[account]} (${account})`;
  return /^\d{12}$/.test(account) ? `account ${account}` : account;
}

export function accountsInWords(accounts: readonly string[], names: AccountNames): string {
  const [first = ''] = accounts;
  return accounts.length === 1 ? accountTitle(first, names) : `${accounts.length} accounts`;
}
