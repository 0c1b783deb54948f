/** The address of the published documentation, named nowhere else. */
export const siteAddress = 'https://keywright.github.io/keywright/';

/**
 * The address of a diagnostic's page. It never changes, since codes are never reused. It has an extension, because some
 * hosts of static files need one.
 */
export function diagnosticAddress(code: string): string {
  return `${siteAddress}diagnostics/${code}.html`;
}

/**
 * Replaces each file of the repository's documentation that a text names, such as `docs/language.md`, with the address
 * of its page: packages do not contain these files.
 */
export function withAddressesOfPages(text: string): string {
  return text.replaceAll(/\bdocs\/([a-z-]+\/)?([A-Za-z-]+)\.md\b/g, (_, folder: string = '', page: string) => {
    const file = page === 'README' ? '' : `${page}.html`;
    return `${siteAddress}${folder}${file}`;
  });
}

/** The address of a JSON Schema of the current version, by the name of its file. */
export function schemaAddress(file: string): string {
  return `${siteAddress}schema/${file}`;
}
