/** Whether CloudFormation masks the value of a parameter. Source: CloudFormation template reference, "Parameters", `NoEcho`. */
export function isSecret({ NoEcho }: { readonly NoEcho?: unknown }): boolean {
  return NoEcho !== undefined && NoEcho !== false && !(typeof NoEcho === 'string' && NoEcho.toLowerCase() === 'false');
}
