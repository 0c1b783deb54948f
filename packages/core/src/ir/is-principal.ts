/** Whether a resource, or anything else with the `kind` of a resource, is a role, user or group. */
export function isPrincipal<R extends { readonly kind: string }>(
  resource: R,
): resource is Extract<R, { readonly kind: 'role' | 'user' | 'group' }> {
  const { kind } = resource;
  return kind === 'role' || kind === 'user' || kind === 'group';
}
