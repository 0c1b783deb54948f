/** Shows access as a table of principals and keys. */
import { type Header, type Matrix, matrixOf } from '../matrix.ts';
import type { Member } from '../member.ts';
import { table } from '../table.ts';
import { element } from './dom.ts';
import { choose, open, type Subject, selection, shown, view } from './state.ts';

export const matrixElement = element('matrix', HTMLElement);

let matrix: Matrix;

export const tableSurface = {
  draw: redraw,
  row: headerOf,
  groupsAround,
  focus: (id: string) => headElement(id)?.focus(),
  mark,
};

function redraw() {
  matrix = matrixOf(shown, view);
  const focused = document.activeElement?.closest('#matrix [tabindex]');
  const [head, cell] = [focused?.getAttribute('data-head'), focused?.getAttribute('data-cell')];
  matrixElement.innerHTML = table(matrix);
  const again = head ? headElement(head) : cell ? cellElement(cell) : null;
  tabTo(again ?? matrixElement.querySelector<HTMLElement>('tbody [tabindex]'));
  if (focused) again?.focus();
}

function headers(): readonly Header[] {
  return [...matrix.rows, ...matrix.columns].flatMap((band) => band.headers);
}

function headElement(id: string) {
  return matrixElement.querySelector<HTMLElement>(`[data-head="${CSS.escape(id)}"]`);
}

function cellElement(id: string) {
  return matrixElement.querySelector<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`);
}

/** Makes an element the only one of the table where the tab key stops. */
function tabTo(target: HTMLElement | null) {
  for (const old of matrixElement.querySelectorAll('[tabindex="0"]')) old.setAttribute('tabindex', '-1');
  target?.setAttribute('tabindex', '0');
}

function headerOf(id: string): Header | undefined {
  return headers().find((header) => header.id === id);
}

function groupsAround(member: Member): readonly string[] {
  const all = member.side === 'key' ? shown.keys : shown.principals;
  return headers().flatMap(({ group, members, side }) =>
    side === member.side && group !== undefined && members.some((index) => all[index] === member) ? [group] : [],
  );
}

function mark(): Subject {
  for (const lit of matrixElement.querySelectorAll('.chosen')) lit.classList.remove('chosen');
  const header = selection !== undefined && 'row' in selection ? headerOf(selection.row) : undefined;
  const cells = [...matrix.cells].filter(([id]) => {
    if (selection === undefined) return false;
    if ('from' in selection) return id === `${selection.from} ${selection.to}`;
    return (
      header !== undefined && (header.side === 'key' ? id.endsWith(` ${header.id}`) : id.startsWith(`${header.id} `))
    );
  });
  for (const [id] of cells) cellElement(id)?.classList.add('chosen');
  if (header !== undefined) headElement(header.id)?.classList.add('chosen');
  const label = (id: string) => headerOf(id)?.label ?? '';
  return {
    row: header,
    edges: cells.flatMap(([, { edges }]) => edges),
    title: selection !== undefined && 'from' in selection ? `${label(selection.from)} → ${label(selection.to)}` : '',
  };
}

function activate(target: Element | null) {
  const [row, column, head] = ['data-row', 'data-column', 'data-head'].map((name) => target?.getAttribute(name));
  const group = target?.getAttribute('data-group');
  if (group) open([group]);
  else if (head) choose({ row: head });
  else if (row && column) choose({ from: row, to: column });
  else choose(undefined);
}

matrixElement.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const target = event.target.closest<HTMLElement>('[tabindex]');
  tabTo(target);
  activate(target);
});

matrixElement.addEventListener('keydown', (event) => {
  const cell = event.target instanceof Element ? event.target.closest('th, td') : null;
  if (!(cell instanceof HTMLTableCellElement)) return;
  if (event.key === 'Enter' || event.key === ' ') activate(cell);
  else {
    const next = neighbour(cell, event.key, event.ctrlKey);
    if (next === undefined) return;
    tabTo(next);
    next.focus();
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  event.preventDefault();
});

/** Returns the cell that an arrow, Home or End moves to. Skips rows with the names of groups. */
function neighbour(cell: HTMLTableCellElement, key: string, isFar: boolean): HTMLElement | undefined {
  const rows = [...matrixElement.querySelectorAll('tr')]
    .map((row) => [...row.querySelectorAll<HTMLElement>('[tabindex]')])
    .filter((row) => row.length > 0);
  const y = rows.findIndex((row) => row.includes(cell));
  // The corner above the names of principals is not a cell: the first row starts with the first key.
  const column = (rows[y]?.indexOf(cell) ?? 0) + (y === 0 ? 1 : 0);
  const at = (row: number, x: number) => rows[row]?.[row === 0 ? x - 1 : x];
  const last = (rows[1]?.length ?? 1) - 1;
  switch (key) {
    case 'ArrowLeft':
      return at(y, column - 1);
    case 'ArrowRight':
      return at(y, column + 1);
    case 'ArrowUp':
      return at(y - 1, column);
    case 'ArrowDown':
      return at(y + 1, column);
    case 'Home':
      return at(isFar ? 1 : y, y === 0 && !isFar ? 1 : 0);
    case 'End':
      return at(isFar ? rows.length - 1 : y, last);
    default:
      return undefined;
  }
}
