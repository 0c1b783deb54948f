/** Draws a matrix as an HTML table. Every text in the table is escaped in this file. */
import type { AccessData } from './data.ts';
import { escapeMarkup, kindOf } from './drawing.ts';
import type { Band, Cell, Header, Matrix } from './matrix.ts';
import { certainties } from './view.ts';
import { count } from './words.ts';

/** A letter for each capability, so that colour alone does not distinguish capabilities. */
const letters: Readonly<Record<AccessData['can'], string>> = {
  administer: 'A',
  decrypt: 'D',
  encrypt: 'E',
  sign: 'S',
  verify: 'V',
  generateMac: 'M',
  verifyMac: 'C',
  deriveSharedSecret: 'X',
  describe: 'i',
};

/** The mark after the letters of uncertain access. */
const marksOf: Readonly<Record<AccessData['certainty'], string>> = {
  allowed: '',
  depends: '?',
  shared: '+',
  trust: '·',
};

const meanings: Readonly<Record<AccessData['certainty'], string>> = {
  allowed: 'allowed',
  depends: 'depends',
  shared: 'if a policy outside this project allows it too',
  trust: 'if its account allows it',
};

export function table({ rows, columns, cells }: Matrix): string {
  const all = columns.flatMap(({ headers }) => headers);
  return `<table role="grid" aria-label="Principals in rows, keys in columns, and what each can do. Arrow keys move, Enter shows why.">
<colgroup></colgroup>${columns.map(({ headers }) => `<colgroup span="${headers.length}"></colgroup>`).join('')}
<thead>
<tr><th class="corner" rowspan="2">principals ↓ keys →</th>${columns.map(bandHead).join('')}</tr>
<tr>${all.map((header) => `<th scope="col"${headAttributes(header)}>${headText(header)}</th>`).join('')}</tr>
</thead>
${rows.map((band) => bandBody(band, all, cells)).join('\n')}
</table>`;
}

function bandHead({ title, headers, id }: Band): string {
  return `<th scope="colgroup" colspan="${headers.length}" title="${escapeMarkup(title)}" data-band="${escapeMarkup(id)}"><span>${escapeMarkup(title)}</span></th>`;
}

function bandBody({ title, headers }: Band, columns: readonly Header[], cells: Matrix['cells']): string {
  return `<tbody>
<tr class="band"><th scope="rowgroup" title="${escapeMarkup(title)}">${escapeMarkup(title)}</th><td colspan="${columns.length}"></td></tr>
${headers
  .map(
    (row) =>
      `<tr><th scope="row"${headAttributes(row)}>${headText(row)}</th>${columns
        .map((column) => drawCell(row, column, cells.get(`${row.id} ${column.id}`)))
        .join('')}</tr>`,
  )
  .join('\n')}
</tbody>`;
}

function headText({ label, note }: Header): string {
  const small = note === undefined ? '' : ` <small>${escapeMarkup(note)}</small>`;
  return `<span>${escapeMarkup(label)}${small}</span>`;
}

function headAttributes({ id, names, group }: Header): string {
  const shown =
    names.length > mostNames ? [...names.slice(0, mostNames), `and ${names.length - mostNames} more`] : names;
  const fold = group === undefined ? '' : ` aria-expanded="false" data-group="${escapeMarkup(group)}"`;
  return ` tabindex="-1" data-head="${escapeMarkup(id)}" title="${escapeMarkup(shown.join('\n'))}"${fold}`;
}

/** More names than this do not fit into a tooltip. */
const mostNames = 20;

function drawCell(row: Header, column: Header, cell: Cell | undefined): string {
  if (cell === undefined) return '<td tabindex="-1"></td>';
  const surest = [...cell.can.values()].sort((one, other) => certainties.indexOf(one) - certainties.indexOf(other))[0];
  const kind = kindOf({ can: [...cell.can.keys()] });
  const label = `${spoken(row)}, ${spoken(column)}: ${inWords(cell)}`;
  return `<td tabindex="-1" class="${kind} ${surest}" data-cell="${escapeMarkup(`${row.id} ${column.id}`)}" data-row="${escapeMarkup(row.id)}" data-column="${escapeMarkup(column.id)}" aria-label="${escapeMarkup(label)}" title="${escapeMarkup(label)}"><span>${capabilityLetters(cell)}</span></td>`;
}

function spoken({ label, note }: Header): string {
  return note === undefined ? label : `${label} (${note})`;
}

/**
 * Returns letters such as `AD?`, with `~` in front if the access differs within the row or column. Whoever can do more can also describe
 * the key, so the letter for describing is then left out.
 */
export function capabilityLetters({ can, isMixed }: Cell): string {
  const words = [...can].filter(([word]) => can.size === 1 || word !== 'describe');
  const groups = certainties.flatMap((certainty) => {
    const wordsOfCertainty = words.filter(([, sure]) => sure === certainty).map(([word]) => letters[word]);
    return wordsOfCertainty.length === 0 ? [] : [`${wordsOfCertainty.join('')}${marksOf[certainty]}`];
  });
  return `${isMixed ? '~' : ''}${groups.join('\u200b')}`;
}

function inWords({ can, isMixed, edges }: Cell): string {
  const groups = certainties.flatMap((certainty) => {
    const words = [...can].filter(([, sure]) => sure === certainty).map(([word]) => word);
    return words.length === 0 ? [] : [`${words.join(', ')} (${meanings[certainty]})`];
  });
  return `${groups.join('; ')}${isMixed ? `; some of them, in ${count(edges.length, 'pair')}` : ''}`;
}
