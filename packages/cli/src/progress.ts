import type { Io } from './io.ts';

/** What a command is busy with, told on a terminal while it lasts. */
export interface Progress {
  /** Says what is being done now. Shown from the second second on. */
  update(doing: string): void;
  /** Takes the line away again. */
  stop(): void;
}

const patience = 1000;
const interval = 100;

/**
 * Progress on stderr, from the second second on; nothing at all where that is no terminal whose line can be written again, or is that of
 * a build server, or where it is not wanted: with `--quiet`, and in formats for machines.
 */
export function startProgress(io: Io, doing: string, isWanted = true): Progress {
  const { CI, TERM } = io.env;
  if (!isWanted || !io.isTerminal.stderr || (CI && CI !== 'false') || TERM === 'dumb')
    return { update() {}, stop() {} };
  const started = performance.now();
  let current = doing;
  let shown = -Infinity;
  const draw = () => {
    const now = performance.now();
    if (now - started < patience || now - shown < interval) return;
    shown = now;
    io.stderr.write(`\r\u001b[K${current} … ${Math.floor((now - started) / 1000)} s`);
  };
  const timer = setInterval(draw, interval);
  timer.unref();
  return {
    update(doing) {
      current = doing;
      // Work that never waits gives the timer no turn.
      draw();
    },
    stop() {
      clearInterval(timer);
      if (shown > 0) io.stderr.write('\r\u001b[K');
    },
  };
}
