const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the file system allows',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  ELOOP: 'the symbolic links form a loop',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'something is there already',
  EISDIR: 'it is a folder',
  ENOENT: 'it does not exist',
  EIO: 'the device reports an error',
  EBUSY: 'it is in use',
};

/** Errors that another path would avoid. */
const avoidable: ReadonlySet<string> = new Set(['EEXIST', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR']);

/** Returns the operating system's error in words, and what to do about it; `undefined` for any other error. */
export function refusal(
  error: unknown,
): { readonly code: string; readonly reason: string; readonly advice: string } | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  const { code } = error;
  const change = avoidable.has(code) ? 'name another path' : 'check the permissions and the free space';
  return { code, reason: words[code] ?? code, advice: `${change}, then run the command again` };
}

/** Returns why a command that creates no folders could not write a file. */
export function whyNotWritten({ code, reason }: { readonly code: string; readonly reason: string }): string {
  return code === 'ENOENT' ? 'its folder does not exist' : reason;
}
