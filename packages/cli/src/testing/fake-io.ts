import type { Io } from '../io.ts';

/** A world for tests that records what is printed. */
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
