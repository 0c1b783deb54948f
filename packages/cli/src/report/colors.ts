import picocolors from 'picocolors';
import type { Io } from '../io.ts';

/** Colours for a terminal, or functions that return text unchanged. https://no-color.org, https://force-color.org */
export function colorsFor(io: Io, stream: 'stdout' | 'stderr'): ReturnType<typeof picocolors.createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  // This function decides, because picocolors also colours on every CI and on Windows, even if there is no terminal.
  if (NO_COLOR) return picocolors.createColors(false);
  if (FORCE_COLOR) return picocolors.createColors(FORCE_COLOR !== '0');
  return picocolors.createColors(io.isTerminal[stream] && TERM !== 'dumb');
}
