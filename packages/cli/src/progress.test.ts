import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProgress } from './progress.ts';
import { fakeIo } from './testing/fake-io.ts';

const terminal = { isTerminal: { stdout: true, stderr: true } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The progress line after two seconds, and what is left of it at the end. */
function progressLines(io: ReturnType<typeof fakeIo>, isWanted?: boolean): readonly [string, string] {
  const progress = startProgress(io, 'reading the project', isWanted);
  progress.update('generating cfn (3 of 12 stacks)');
  vi.advanceTimersByTime(2000);
  const during = lastLine(io.err());
  progress.stop();
  return [during, lastLine(io.err())];
}

/** The line that a terminal shows after it was erased and rewritten. */
function lastLine(text: string): string {
  return text.split('\r\u001b[K').at(-1) ?? '';
}

describe('progress', () => {
  it('is shown and erased again', () => {
    expect(progressLines(fakeIo(terminal))).toEqual(['generating cfn (3 of 12 stacks) … 2 s', '']);
  });

  it('is not shown for work of less than a second', () => {
    const io = fakeIo(terminal);
    const progress = startProgress(io, 'reading the project');
    vi.advanceTimersByTime(900);
    progress.update('writing 3 files');
    progress.stop();
    expect(io.err()).toBe('');
  });

  it('is shown during work that never waits', () => {
    const io = fakeIo(terminal);
    const progress = startProgress(io, 'reading the project');
    vi.setSystemTime(Date.now() + 1500);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1500);
    progress.update('deciding policies');
    expect(lastLine(io.err())).toBe('deciding policies … 1 s');
    progress.stop();
    vi.restoreAllMocks();
  });

  it.each([
    ['what is not a terminal', {}, true],
    ['a build server', { ...terminal, env: { CI: 'true' } }, true],
    ['a terminal that cannot rewrite a line', { ...terminal, env: { TERM: 'dumb' } }, true],
    ['somebody who does not want it', terminal, false],
  ])('is not shown to %s', (_name, more, isWanted) => {
    const io = fakeIo(more);
    progressLines(io, isWanted);
    expect(io.err()).toBe('');
  });
});
