import { readFileSync } from 'node:fs';
import { withoutFences } from '../markdown.ts';

/** Returns the tables on pages that would be rendered wrongly: rows have different lengths, or a paragraph touches the table. */
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

/** Counts the cells of a row. A bar ends a cell, unless the bar is escaped or in code. */
function cellsOf(row: string): number {
  return row.replaceAll(/\\\|/g, '').split('|').length;
}
