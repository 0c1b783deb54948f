import { hashedName } from '@keywright/core/ir/bounded-name';
import { createFreeNames, longestName } from '@keywright/core/reading/free-names';

/** Returns a name that the language accepts, each name only once. */
export type Names = (wanted: string) => string;

export function createNames(): Names {
  const freeName = createFreeNames();
  return (wanted) => freeName(languageName(wanted));
}

/** Turns text into a name of the language: a letter, then letters, digits and `-`. */
function languageName(name: string): string {
  const cleaned = name.replaceAll(/[^A-Za-z0-9-]+/g, '-').replaceAll(/^[-0-9]+|-+$/g, '');
  const word = cleaned === '' ? `x${name.replaceAll(/[^A-Za-z0-9]/g, '')}` : cleaned;
  return word.length > longestName ? hashedName(word, name, longestName) : word;
}

/**
 * Makes a name from a logical id: `OrdersKey` becomes `orders` for a key. The eight hexadecimal digits that the CDK appends are dropped.
 */
export function nameOfLogicalId(logicalId: string, noun: string): string {
  const withoutHash = logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '');
  const stem = withoutHash.endsWith(noun) && withoutHash !== noun ? withoutHash.slice(0, -noun.length) : withoutHash;
  return stem.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}
