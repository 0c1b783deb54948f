import type { HclValue } from './value.ts';

/** Matches a field, with or without quotes, and the sign that ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * Returns the rows of a CSV text for `csvdecode`, as objects with the names of the first row; `undefined` if Terraform would refuse it.
 * Source: RFC 4180, as Go's encoding/csv reads it: empty lines are skipped, spaces count. Compared with Terraform 1.11.
 */
export function rowsOfCsv(text: string): readonly HclValue[] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null) return undefined;
    const [whole, quoted, plain = '', end = ''] = match;
    at += whole.length;
    const isEmptyLine = row.length === 0 && whole === end && end !== ',';
    if (isEmptyLine) continue;
    row.push(quoted?.replaceAll('""', '"').replaceAll('\r\n', '\n') ?? plain);
    // A comma at the end of the text is followed by an empty field.
    if (end === ',' && at === text.length) row.push('');
    if (end === ',' && at < text.length) continue;
    rows.push(row);
    row = [];
  }
  const [names, ...values] = rows;
  if (names === undefined || new Set(names).size < names.length) return undefined;
  if (values.some(({ length }) => length !== names.length)) return undefined;
  return values.map((row) => new Map(names.map((name, column) => [name, row[column] ?? ''])));
}
