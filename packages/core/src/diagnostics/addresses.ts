/** Where the documentation is published. No other code names it. */
export const siteAddress = 'https://keywright.github.io/keywright/';

/**
 * The address of a diagnostic's page, which never changes: a code is never reused. With its ending, since not every host
 * of static files finds a page without one.
 */
export function diagnosticAddress(code: string): string {
  return `${siteAddress}diagnostics/${code}.html`;
}

/** The address of a JSON Schema of the current version, by the name of its file. */
export function schemaAddress(file: string): string {
  return `${siteAddress}schema/${file}`;
}
