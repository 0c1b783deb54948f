import { expect } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from './fake-io.ts';

export async function runIn(cwd: string, argv: readonly string[]) {
  const io = fakeIo({ cwd });
  const code = await run(argv, io);
  return { code, out: io.out(), err: io.err() };
}

/** Returns the output of a command in a folder. The command must succeed and print nothing on stderr. */
export async function outputIn(cwd: string, argv: readonly string[]): Promise<string> {
  const { code, out, err } = await runIn(cwd, argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}
