import type { Span } from './span.ts';

/** Turns offsets into lines and columns. Lazy: most files have no problem to report. */
export interface LineMap {
  span(start: number, end: number): Span;
}

/** The line map of a text. `\n`, `\r\n` and `\r` end lines, as in YAML. */
export function createLineMap(file: string, text: string): LineMap {
  let offsets: readonly number[] | undefined;
  return {
    span(start, end) {
      offsets ??= lineStarts(text);
      const starts = offsets;
      const last = Math.max(start, end);
      const line = lineOf(start, starts, 0);
      // A span almost always ends on the line it starts on.
      const endLine = last < (starts[line + 1] ?? Number.POSITIVE_INFINITY) ? line : lineOf(last, starts, line);
      const column = start - (starts[line] ?? 0) + 1;
      const endColumn = last - (starts[endLine] ?? 0) + 1;
      return { file, line: line + 1, column, endLine: endLine + 1, endColumn };
    },
  };
}

/** The line of an offset, counted from 0; the search begins at `first`. */
function lineOf(offset: number, starts: readonly number[], first: number): number {
  let low = first;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    return starts;
  }
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
