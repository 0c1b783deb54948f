/** Shows access as lines between the rows of boxes. */
import { draw, drawLine, labelsOf, mostLabels } from '../drawing.ts';
import type { Member } from '../member.ts';
import { linesOfRow, type Scene, sceneOf } from '../scene.ts';
import { choose, deselect, open, type Subject, selection, shown, view } from './state.ts';
import { isDragged, picture, sceneElement, setSize } from './window.ts';

let scene: Scene;

export const lineSurface = {
  draw: redraw,
  row: rowOf,
  groupsAround: ({ side, cluster, home }: Member) => [`${side}:${cluster}/${home}`],
  focus: (id: string) => find('row', id)?.focus(),
  mark,
};

function redraw() {
  scene = sceneOf(shown, view);
  setSize(scene);
  const focused =
    document.activeElement?.getAttribute('data-row') ?? document.activeElement?.getAttribute('data-group');
  sceneElement.innerHTML = draw(scene, true);
  // The element that had the focus has been replaced, so its successor gets the focus.
  if (focused) find('row', focused)?.focus() ?? find('group', focused)?.focus();
}

function find(name: 'row' | 'group', id: string): SVGElement | null {
  return sceneElement.querySelector(`[data-${name}="${CSS.escape(id)}"]`);
}

function toggle(group: string) {
  const isOpen = find('group', group)?.getAttribute('aria-expanded') === 'true';
  open([group], !isOpen);
}

function rowOf(id: string) {
  return scene.clusters.flatMap(({ boxes }) => boxes.flatMap(({ rows }) => rows)).find((row) => row.id === id);
}

function mark(): Subject {
  const row = selection !== undefined && 'row' in selection ? rowOf(selection.row) : undefined;
  for (const lit of sceneElement.querySelectorAll('.lit, .chosen')) lit.classList.remove('lit', 'chosen');
  const bundles = scene.lines.filter(({ from, to }) => isOfSelection(from.id, to.id));
  const lines = row === undefined ? bundles : linesOfRow(scene, row);
  picture.classList.toggle('choosing', selection !== undefined && lines.length > 0);
  for (const { from, to } of bundles) {
    sceneElement
      .querySelector(`.line[data-from="${CSS.escape(from.id)}"][data-to="${CSS.escape(to.id)}"]`)
      ?.classList.add('lit');
  }
  for (const { from, to } of selection === undefined ? [] : lines) {
    find('row', from.id)?.classList.add('lit');
    find('row', to.id)?.classList.add('lit');
  }
  if (row !== undefined) find('row', row.id)?.classList.add('chosen');
  // A row in a box with many rows has only bundled lines, so its own lines are drawn in addition.
  const drawn = new Set(scene.lines.map(({ from, to }) => `${from.id} ${to.id}`));
  const rowLines =
    row === undefined || lines.length > mostLabels
      ? []
      : lines.filter(({ from, to }) => !drawn.has(`${from.id} ${to.id}`));
  fill(
    '.chosen-lines',
    rowLines.map((line) => drawLine(line, true)),
  );
  for (const line of sceneElement.querySelectorAll('.chosen-lines .line')) line.classList.add('lit');
  const spoken = selection === undefined ? scene.lines : [...(rowLines.length > 0 ? [] : bundles), ...rowLines];
  fill('.labels', spoken.length > mostLabels ? [] : labelsOf(spoken, true));
  const [first] = lines;
  const title = first === undefined ? '' : `${first.from.label} → ${first.to.label}`;
  return { row, edges: lines.flatMap((line) => line.edges), title };
}

function fill(selector: string, shapes: readonly string[]) {
  const group = sceneElement.querySelector(selector);
  if (group !== null) group.innerHTML = shapes.join('\n');
}

function isOfSelection(from: string, to: string) {
  if (selection === undefined) return false;
  return 'row' in selection
    ? selection.row === from || selection.row === to
    : selection.from === from && selection.to === to;
}

function activate(target: Element) {
  const [row, group] = [target.getAttribute('data-row'), target.getAttribute('data-group')];
  const [from, to] = [target.getAttribute('data-from'), target.getAttribute('data-to')];
  if (from !== null && to !== null) choose({ from, to });
  else if (group !== null) {
    if (row !== null) deselect();
    toggle(group);
  } else if (row !== null) choose({ row });
}

picture.addEventListener('click', (event) => {
  if (isDragged() || !(event.target instanceof Element)) return;
  const target = event.target.closest('[data-row], [data-group], [data-from]');
  if (target === null) choose(undefined);
  else activate(target);
});

picture.addEventListener('keydown', (event) => {
  const isPressed = event.key === 'Enter' || event.key === ' ';
  if (!isPressed || !(event.target instanceof Element) || event.target === picture) return;
  activate(event.target);
  event.preventDefault();
});
