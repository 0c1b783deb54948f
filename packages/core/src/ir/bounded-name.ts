import { sha256 } from './digest.ts';

/** The name itself or, if it is longer than `maximum` characters, a shortened one that ends in a hash of the whole name. */
export function boundedName(name: string, maximum: number, separator = '-'): string {
  return name.length <= maximum ? name : hashedName(name, name, maximum, separator);
}

/** A name of at most `maximum` characters that ends in a hash of `identity`. */
export function hashedName(name: string, identity: string, maximum: number, separator = '-'): string {
  const end = separator + sha256(identity).slice(0, 8);
  return name.slice(0, maximum - end.length) + end;
}
