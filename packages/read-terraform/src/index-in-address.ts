/**
 * Writes an index as part of an address: `[0]`, `["a.b"]`. In a text, the first character of `${` and `%{` is doubled, as in HCL. Source:
 * Terraform, internal/addrs, `toHCLQuotedString`.
 */
export function indexInAddress(index: string | number): string {
  return `[${JSON.stringify(index).replaceAll(/[$%](?=\{)/g, '$&$&')}]`;
}
