/** Whether a resource, in any form that tells its kind, is a role, user or group. */
export function isPrincipal<R extends { readonly kind: string }>(
  resource: R,
): resource is Extract<R, { readonly kind: 'role' | 'user' | 'group' }> {
  const { kind } = resource;
  return kind === 'role' || kind === 'user' || kind === 'group';
}
