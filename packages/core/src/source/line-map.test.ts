import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineMap } from './line-map.ts';

const place = (text: string, offset: number) => {
  const { line, column } = createLineMap('a', text).span(offset, offset);
  return [line, column];
};

describe('an offset', () => {
  test.each([
    ['at the start', 'ab', 0, [1, 1]],
    ['at the end of the text', 'ab', 2, [1, 3]],
    ['in an empty text', '', 0, [1, 1]],
    ['at a line feed, which belongs to the line that it ends', 'a\nb', 1, [1, 2]],
    ['after a line feed', 'a\nb', 2, [2, 1]],
    ['after a carriage return', 'a\rb', 2, [2, 1]],
    ['after a carriage return and a line feed, which are one line end', 'a\r\nb', 3, [2, 1]],
    ['between a carriage return and a line feed', 'a\r\nb', 2, [1, 3]],
    ['after a line feed and a carriage return, which are two line ends', 'a\n\rb', 3, [3, 1]],
    ['after a line end at the end of the text', 'a\n', 2, [2, 1]],
    ['after a surrogate pair, which counts twice', '\u{1f511}a', 2, [1, 3]],
    ['after a byte order mark, which counts', '\ufeffa', 1, [1, 2]],
    ['after characters that end lines elsewhere', 'a\u2028b\u0085c\u000bd', 7, [1, 8]],
  ])('has the right line and column %s', (_name, text, offset, expected) => {
    expect(place(text, offset)).toEqual(expected);
  });
});

test('a span that ends before it starts is empty', () => {
  expect(createLineMap('a', 'ab\ncd').span(4, 1)).toEqual({ file: 'a', line: 2, column: 2, endLine: 2, endColumn: 2 });
});

test('line and column convert back to every offset', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '\u{1f511}', '\ufeff', 'é') });
  fc.assert(
    fc.property(text, (written) => {
      const lines = written.split(/\r\n|\n|\r/);
      const starts = [0, ...[...written.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
      const map = createLineMap('a', written);
      for (let offset = 0; offset <= written.length; offset += 1) {
        const { line, column } = map.span(offset, offset);
        expect((starts[line - 1] ?? Number.NaN) + column - 1).toBe(offset);
        expect(line).toBeLessThanOrEqual(lines.length);
      }
    }),
  );
});
