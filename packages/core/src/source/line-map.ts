import type { Span } from './span.ts';

/** Turns offsets into lines and columns. The lines are found when the first is asked for: most files have no problem. */
export interface LineMap {
  span(start: number, end: number): Span;
}

/** The line map of a text. `\n`, `\r\n` and `\r` end lines, as in YAML. */
export function createLineMap(file: string, text: string): LineMap {
  let starts: readonly number[] | undefined;
  const position = (offset: number): readonly [number, number] => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (starts[low] ?? 0) + 1];
  };
  return {
    span(start, end) {
      const [line, column] = position(start);
      const [endLine, endColumn] = position(Math.max(start, end));
      return { file, line, column, endLine, endColumn };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
