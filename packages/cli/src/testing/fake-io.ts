import type { Io } from '../io.ts';

export function fakeIo(more: Partial<Io> = {}): Io & { readonly out: () => string; readonly err: () => string } {
  let out = '';
  let err = '';
  return {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    cwd: '/work',
    env: {},
    isTerminal: { stdout: false, stderr: false },
    interruption: () => new AbortController().signal,
    out: () => out,
    err: () => err,
    ...more,
  };
}
