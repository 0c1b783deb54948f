import type { Io } from './io.ts';

/** Shows on a terminal what a running command is doing. */
export interface Progress {
  /** The first text is shown after a second. */
  update(doing: string): void;
  /** Erases the line. */
  stop(): void;
}

const patience = 1000;
const interval = 100;

/**
 * Starts progress on stderr, which is shown after a second. Shows nothing if stderr is not a terminal that can rewrite a line, on a build
 * server, or if progress is not wanted (with `--quiet`, and in formats for machines).
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
      // Redraws here too, because the timer cannot run while the work never waits.
      draw();
    },
    stop() {
      clearInterval(timer);
      if (shown > 0) io.stderr.write('\r\u001b[K');
    },
  };
}
