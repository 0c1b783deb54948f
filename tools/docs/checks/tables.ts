import { readFileSync } from 'node:fs';
import { withoutFences } from '../markdown.ts';

/** Tables of the pages that would not render as intended: with rows of different lengths, or attached to a paragraph. */
export function tableProblems(pages: readonly string[]): string[] {
  return pages.flatMap((page) => {
    const lines = withoutFences(readFileSync(page, 'utf8')).split('\n');
    return lines.flatMap((line, at) => {
      const before = lines[at - 1] ?? '';
      if (!isRow(line)) {
        return isRow(before) && line.trim() !== '' ? [`${page}: a row stands in a paragraph: ${start(before)}`] : [];
      }
      if (!isRow(before)) {
        return before.trim() === '' ? [] : [`${page}: a row stands in a paragraph: ${start(line)}`];
      }
      return cellsOf(line) === cellsOf(before)
        ? []
        : [`${page}: this row has other cells than the one before: ${start(line)}`];
    });
  });
}

const isRow = (line: string) => line.startsWith('|');

const start = (row: string) => row.slice(0, 80);

/** Outside code and unless escaped, a bar ends a cell. */
function cellsOf(row: string): number {
  return row.replaceAll(/\\\|/g, '').split('|').length;
}
