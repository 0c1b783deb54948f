/** The name of a key, role, user or group in its id: `api` of `role/api`. */
export function nameInId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
