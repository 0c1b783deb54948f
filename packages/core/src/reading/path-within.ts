/** The path of a file in a folder that is read, without `./`; `undefined` if it leads out of the folder or is not in normal form. */
export function pathWithin(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '.');
  return parts.length === 0 || parts.some((part) => part === '' || part === '..') ? undefined : parts.join('/');
}
