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

/** Progress on stderr; nothing at all when that is not a terminal, and nothing for what takes less than a second. */
export function startProgress(io: Io, doing: string): Progress {
  if (!io.isTerminal.stderr) return { update() {}, stop() {} };
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
