/** Edits a YAML text. Everything else stays as it is written. */
import type { Span } from '@keywright/core/source/span';

/** A replacement of text. Offsets are those of the old text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type EditedText = ReturnType<typeof editedText>;

/** Returns functions that find positions in a text by its spans, and edit it. */
export function editedText(text: string) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  return {
    length: text.length,
    at: (position: number) => text.charAt(position),
    slice: (start: number, end: number) => text.slice(start, end),
    range(span: Span) {
      const start = offset(span.line, span.column);
      // The span of a value in brackets ends with the last value inside the brackets.
      return { start, end: closingBracket(text, start) ?? offset(span.endLine, span.endColumn) };
    },
    endOfLine: (position: number) => endOfLine(text, position),
    /** Returns where the text before a position ends, without white space. Needed because the span of a block reaches to the next block. */
    endOfContent: (position: number) => text.slice(0, position).trimEnd().length,
    with: (edits: readonly Edit[]) =>
      [...edits]
        .sort((one, other) => other.start - one.start)
        .reduce((current, { start, end, text: more }) => current.slice(0, start) + more + current.slice(end), text),
  };
}

/** Returns the end of the bracket that opens at a position; `undefined` if there is no bracket. */
function closingBracket(text: string, start: number): number | undefined {
  if (!'{['.includes(text.charAt(start) || ' ')) return undefined;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const rest = text.slice(at - 1, at + 1);
    const quoted = /^[\s{[,:]["']/.test(rest) ? quotedText(text, at) : undefined;
    if (quoted !== undefined) at = quoted;
    else if (/^\s#/.test(rest)) at = endOfLine(text, at);
    else if ('{['.includes(text.charAt(at))) depth += 1;
    else if ('}]'.includes(text.charAt(at))) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** Returns the position of the last character of a quoted text. */
function quotedText(text: string, start: number): number | undefined {
  const pattern = text.charAt(start) === '"' ? /"(?:[^"\\]|\\.)*"/sy : /'(?:[^']|'')*'/y;
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex - 1 : undefined;
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  const line = end < 0 ? text.length : end;
  return text.charAt(line - 1) === '\r' ? line - 1 : line;
}
