export function withAliasPrefix(name: string): string {
  return name.startsWith('alias/') ? name : `alias/${name}`;
}

/** An alias name, or a pattern of alias names, without its prefix. */
export function withoutAliasPrefix(name: string): string {
  return name.replace(/^alias\//, '');
}
