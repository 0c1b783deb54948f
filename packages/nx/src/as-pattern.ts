/** A path as a glob pattern that matches it; `?` replaces special characters. */
export function asPattern(path: string): string {
  return path.replaceAll(/[*?[\]{}()!+@|\\]/g, '?');
}
