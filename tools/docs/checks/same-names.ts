/** Returns the existing names that a page lacks, and the names on the page that do not exist. */
export function differences(page: string, existing: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [
    ...[...existing].filter((name) => !found.has(name)).map((name) => `${page} lacks ${name}`),
    ...[...found].filter((name) => !existing.has(name)).map((name) => `${page} has ${name}, which does not exist`),
  ];
}
