import { type Event, parseEvents, YAMLException } from 'js-yaml';

/** A text whose lines within brackets and quotes are indented, and its events. */
export interface LooseLines {
  readonly text: string;
  readonly events: readonly Event[];
  /** Converts an offset in `text` to the offset in the original text. */
  readonly offsetOf: (offset: number) => number;
}

/** Deeper than anything that could surround a line. */
const indentation = ' '.repeat(200);
/** A limit, because the text is parsed again for each line. */
const mostLines = 500;

/**
 * Parses a text in which lines within brackets or quotes are indented no further than what surrounds them. YAML 1.1
 * allows that within brackets, and parsers of 1.1 within quotes too; js-yaml does not. `undefined` if anything else is wrong.
 */
export function parseLooseLines(original: string): LooseLines | undefined {
  let text = original;
  const indented: number[] = [];
  while (indented.length <= mostLines) {
    try {
      return { text, events: parseEvents(text, {}), offsetOf };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const position = error.mark?.position ?? 0;
      const start = Math.max(text.lastIndexOf('\n', position - 1), text.lastIndexOf('\r', position - 1)) + 1;
      const isFirstOnLine = text.slice(start, position).trim() === '';
      if (!/deficient indentation/.test(error.reason) || !isFirstOnLine || start === indented.at(-1)) return undefined;
      text = text.slice(0, start) + indentation + text.slice(start);
      indented.push(start);
    }
  }
  return undefined;

  function offsetOf(offset: number): number {
    let before = 0;
    for (const start of indented) {
      if (start >= offset) break;
      before += Math.min(indentation.length, offset - start);
    }
    return offset - before;
  }
}
