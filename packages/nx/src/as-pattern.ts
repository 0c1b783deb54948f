/** Returns a glob pattern that matches a path, with `?` for special characters. */
export function asPattern(path: string): string {
  return path.replaceAll(/[*?[\]{}()!+@|\\]/g, '?');
}
