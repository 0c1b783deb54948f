/** A path as a pattern that matches it: a character that would mean something stands for any. */
export function asPattern(path: string): string {
  return path.replaceAll(/[*?[\]{}()!+@|\\]/g, '?');
}
