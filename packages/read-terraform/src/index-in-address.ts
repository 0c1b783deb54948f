/**
 * An index as it stands in an address: `[0]`, `["a.b"]`. In a text, `${` and `%{` are written with the first character twice, as in HCL.
 * Source: Terraform, internal/addrs, `toHCLQuotedString`.
 */
export function indexInAddress(index: string | number): string {
  return `[${JSON.stringify(index).replaceAll(/[$%](?=\{)/g, '$&$&')}]`;
}
