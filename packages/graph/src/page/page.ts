/** The page: the user's choices change the view, and a changed view is drawn again. The data is in the page; no server is contacted. */
import type { AccessData, GraphData, Grouping, SourceData } from '../data.ts';
import { draw, drawLine, labelsOf, mostLabels } from '../drawing.ts';
import { type Cell, type Header, type Matrix, matrixOf } from '../matrix.ts';
import { type EdgePart, type Member, nameOfPlace, rowId, type Shown, type ShownEdge } from '../member.ts';
import { written } from '../places.ts';
import { linesOfRow, type Row, type Scene, sceneOf } from '../scene.ts';
import { shownIn, writtenEdge } from '../shown.ts';
import { table } from '../table.ts';
import { accessOf, allKinds, everything, type View } from '../view.ts';
import { accountTitle, count } from '../words.ts';

/** The element of page.html with this id, which must have this class. */
function element<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id} of class ${kind.name}`);
  return element;
}

const data: GraphData = JSON.parse(element('data', HTMLScriptElement).text);

const picture = element('picture', SVGSVGElement);
const sceneElement = element('scene', SVGGElement);
const panel = element('panel', HTMLElement);
const matrixElement = element('matrix', HTMLElement);

let view: View = everything(data);
let isMatrix = false;
let shown: Shown;
let scene: Scene;
let matrix: Matrix;
/** The selection: a row of the drawing or of the table by its id, or a line or a cell by the ids of its ends. */
let chosen: { row: string } | { from: string; to: string } | undefined;

// --- Drawing ---

function redraw() {
  shown = shownIn(data, view);
  const { keys, principals, edges } = shown.counts;
  const edgesText = `${edges} ${edges === 1 ? 'pair' : 'pairs'} of them with access`;
  element('counts', HTMLElement).textContent = `${count(keys, 'key')}, ${count(principals, 'principal')}, ${edgesText}`;
  element('empty', HTMLElement).hidden = keys + principals > 0;
  if (isMatrix) tabulate();
  else redrawLines();
  choose(chosen);
}

function redrawLines() {
  scene = sceneOf(shown, view);
  const focused =
    document.activeElement?.getAttribute('data-row') ?? document.activeElement?.getAttribute('data-group');
  sceneElement.innerHTML = draw(scene, true);
  // The focused element has been replaced.
  if (focused) find('row', focused)?.focus() ?? find('group', focused)?.focus();
}

function find(name: 'row' | 'group', id: string): SVGElement | null {
  return sceneElement.querySelector(`[data-${name}="${CSS.escape(id)}"]`);
}

function see(change: Partial<View>) {
  view = { ...view, ...change };
  redraw();
}

function toggle(group: string) {
  const isOpen = find('group', group)?.getAttribute('aria-expanded') === 'true';
  see({ open: new Map([...view.open, [group, !isOpen]]) });
}

function toggleAll(isOpen: boolean) {
  const groups = [...shown.keys, ...shown.principals].flatMap((member) => {
    const cluster = `${member.side}:${member.cluster}`;
    return [cluster, `${cluster}/${member.home}`, `same:${cluster}/${rowId(member)}`];
  });
  see({ open: new Map(groups.map((id) => [id, isOpen])) });
  fitWindow();
}

// --- Moving ---

const position = { x: 0, y: 0, scale: 1 };

function move() {
  sceneElement.setAttribute('transform', `translate(${position.x} ${position.y}) scale(${position.scale})`);
}

/** Scales the drawing to the width of the window, and to its height unless the text would be too small to read. */
function fitWindow() {
  if (isMatrix) return;
  const { width, height } = picture.getBoundingClientRect();
  const whole = Math.min(width / scene.width, height / (scene.height + 10));
  position.scale = Math.max(Math.min(whole, 1.3), Math.min(width / scene.width, 0.7));
  position.x = Math.max(0, (width - scene.width * position.scale) / 2);
  position.y = 0;
  move();
}

/** `x` and `y` are the point of the window that stays in place. */
function zoom(factor: number, x: number, y: number) {
  const scale = Math.min(4, Math.max(0.05, position.scale * factor));
  position.x = x - ((x - position.x) * scale) / position.scale;
  position.y = y - ((y - position.y) * scale) / position.scale;
  position.scale = scale;
  move();
}

function zoomMiddle(factor: number) {
  const { width, height } = picture.getBoundingClientRect();
  zoom(factor, width / 2, height / 2);
}

picture.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    const { left, top } = picture.getBoundingClientRect();
    zoom(1.0015 ** -event.deltaY, event.clientX - left, event.clientY - top);
  },
  { passive: false },
);

let drag: { x: number; y: number; isFar: boolean } | undefined;
picture.addEventListener('pointerdown', (event) => {
  if (event.button === 0) drag = { x: event.clientX, y: event.clientY, isFar: false };
});
window.addEventListener('pointermove', (event) => {
  if (drag === undefined) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  // A shaky hand still clicks.
  if (!drag.isFar && Math.hypot(dx, dy) < 4) return;
  picture.classList.add('dragged');
  position.x += dx;
  position.y += dy;
  drag = { x: event.clientX, y: event.clientY, isFar: true };
  move();
});
for (const ending of ['pointerup', 'pointercancel']) {
  window.addEventListener(ending, () => {
    picture.classList.remove('dragged');
    // The click event after this one must still see that the pointer was dragged.
    setTimeout(() => {
      drag = undefined;
    });
  });
}

// --- Choosing ---

picture.addEventListener('click', (event) => {
  if (drag?.isFar || !(event.target instanceof Element)) return;
  const target = event.target.closest('[data-row], [data-group], [data-from]');
  if (target === null) choose(undefined);
  else activate(target);
});

const arrowSteps: ReadonlyMap<string, readonly [x: number, y: number]> = new Map([
  ['ArrowLeft', [60, 0]],
  ['ArrowRight', [-60, 0]],
  ['ArrowUp', [0, 60]],
  ['ArrowDown', [0, -60]],
]);

picture.addEventListener('keydown', (event) => {
  const step = arrowSteps.get(event.key);
  if (step !== undefined) {
    position.x += step[0];
    position.y += step[1];
    move();
  } else if (event.key === '+' || event.key === '=') zoomMiddle(1.25);
  else if (event.key === '-') zoomMiddle(0.8);
  else if (event.key === '0') fitWindow();
  else if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof Element && event.target !== picture)
    activate(event.target);
  else return;
  event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    element('filtering', HTMLDetailsElement).open = true;
    element('text', HTMLInputElement).focus();
  } else if (event.key === 'Escape' && !isTyping && !element('source', HTMLDialogElement).open) choose(undefined);
});

// The focused element has to be visible.
sceneElement.addEventListener('focusin', (event) => {
  if (!(event.target instanceof Element)) return;
  const box = event.target.getBoundingClientRect();
  const frame = picture.getBoundingClientRect();
  if (box.top < frame.top) position.y += frame.top - box.top + 20;
  else if (box.bottom > frame.bottom) position.y -= box.bottom - frame.bottom + 20;
  else return;
  move();
});

function activate(target: Element) {
  const [row, group] = [target.getAttribute('data-row'), target.getAttribute('data-group')];
  const [from, to] = [target.getAttribute('data-from'), target.getAttribute('data-to')];
  if (from !== null && to !== null) choose({ from, to });
  else if (group !== null) {
    if (row !== null) chosen = undefined;
    toggle(group);
  } else if (row !== null) choose({ row });
}

function choose(next: typeof chosen) {
  chosen = next;
  // A row that disappeared with a change of the view is no longer selected.
  if (next !== undefined && 'row' in next && ends(next.row) === undefined) chosen = undefined;
  if (isMatrix) chooseInMatrix();
  else chooseInLines();
}

/** The row of the drawing or table with this id. */
function ends(id: string): Row | Header | undefined {
  return isMatrix ? headers().find((header) => header.id === id) : rowOf(id);
}

function chooseInLines() {
  const row = chosen !== undefined && 'row' in chosen ? rowOf(chosen.row) : undefined;
  for (const lit of sceneElement.querySelectorAll('.lit, .chosen')) lit.classList.remove('lit', 'chosen');
  const bundles = scene.lines.filter(({ from, to }) => isOfChosen(from.id, to.id));
  const lines = row === undefined ? bundles : linesOfRow(scene, row);
  picture.classList.toggle('choosing', chosen !== undefined && lines.length > 0);
  for (const { from, to } of bundles) {
    sceneElement
      .querySelector(`.line[data-from="${CSS.escape(from.id)}"][data-to="${CSS.escape(to.id)}"]`)
      ?.classList.add('lit');
  }
  for (const { from, to } of chosen === undefined ? [] : lines) {
    find('row', from.id)?.classList.add('lit');
    find('row', to.id)?.classList.add('lit');
  }
  if (row !== undefined) find('row', row.id)?.classList.add('chosen');
  // A row in a box with many rows has only bundled lines: its own lines are drawn in addition.
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
  const spoken = chosen === undefined ? scene.lines : [...(rowLines.length > 0 ? [] : bundles), ...rowLines];
  fill('.labels', spoken.length > mostLabels ? [] : labelsOf(spoken, true));
  showDetails(
    lines.flatMap((line) => line.edges),
    row,
    lines.slice(0, 1).map(({ from, to }) => `${from.label} → ${to.label}`)[0] ?? '',
  );
}

function fill(selector: string, shapes: readonly string[]) {
  const group = sceneElement.querySelector(selector);
  if (group !== null) group.innerHTML = shapes.join('\n');
}

function isOfChosen(from: string, to: string) {
  if (chosen === undefined) return false;
  return 'row' in chosen ? chosen.row === from || chosen.row === to : chosen.from === from && chosen.to === to;
}

// --- Details ---

/** Creates an element with text or other elements in it. Text stays text. */
function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | undefined>>,
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

function makeButton(className: string, text: string, act: () => void) {
  const made = make('button', { type: 'button', class: className }, text);
  made.addEventListener('click', act);
  return made;
}

/** More entries than anybody reads. */
const mostShown = 60;

/** `of` is the selection, if it is a row; `title` is the subject of the details otherwise. */
function showDetails(indexes: readonly number[], of: Row | Header | undefined, title: string) {
  const wasHidden = panel.hidden;
  panel.hidden = chosen === undefined;
  if (wasHidden !== panel.hidden) keepInSight();
  if (chosen === undefined) return;
  const close = makeButton('close', 'Close', () => choose(undefined));
  const edges = indexes.flatMap((index) => shown.edges[index] ?? []);
  panel.replaceChildren(close, ...(of === undefined ? [make('h2', {}, title)] : detailsOf(of)));
  panel.append(make('h3', {}, of?.side === 'key' ? 'Who can use it' : of === undefined ? 'Access' : 'What it can do'));
  if (edges.length === 0) panel.append(make('p', { class: 'quiet' }, 'Nobody among those shown.'));
  const list = make('ul', {}, ...edges.slice(0, mostShown).map((edge) => detailsOfEdge(edge, of)));
  panel.append(list);
  if (edges.length > mostShown)
    panel.append(
      make('p', { class: 'quiet' }, `and ${edges.length - mostShown} more: unfold a group to choose among them`),
    );
  panel.scrollTop = 0;
}

/** The panel takes room from the drawing: the selection stays visible. */
function keepInSight() {
  if (isMatrix) return;
  const { width } = picture.getBoundingClientRect();
  if (scene.width * position.scale > width || position.x + scene.width * position.scale > width) {
    position.x = Math.max(0, (width - scene.width * position.scale) / 2);
    if (scene.width * position.scale > width) {
      zoom(Math.max(0.5, width / scene.width) / position.scale, 0, 0);
      position.x = 0;
    }
    move();
  }
}

function rowOf(id: string) {
  return scene.clusters.flatMap(({ boxes }) => boxes.flatMap(({ rows }) => rows)).find((row) => row.id === id);
}

function detailsOf({ side, members, group, label }: Row | Header) {
  const [index = -1] = members;
  const member = side === 'key' ? shown.keys[index] : shown.principals[index];
  if (member === undefined || group !== undefined || members.length !== 1) return [make('h2', {}, label)];
  const of = side === 'key' ? data.keys[member.of] : data.principals[member.of];
  const places = member.places.flatMap((place) => data.places[place] ?? []);
  const [first] = places;
  const where =
    places.length > 1
      ? ''
      : first === undefined
        ? `, ${member.cluster}`
        : `, ${accountTitle(first.account, data.accountNames)}`;
  const kind = member.kind === 'key' ? `key in ${member.detail}` : member.kind;
  const texts = [...(of !== undefined && 'aliases' in of ? [of.aliases.join(', ')] : []), ...(of?.facts ?? [])]
    .filter((text) => text !== '')
    .map((text) => written(text, places));
  return [
    make('h2', {}, member.fullName),
    make('p', { class: 'quiet' }, `${kind}${where}`),
    ...placesList(member.places),
    make('ul', {}, ...texts.map((text) => make('li', { class: 'quiet' }, text))),
    ...(of?.source === undefined ? [] : [sourceButton(of.source)]),
  ];
}

/** The places something applies to, by name; nothing for a single place, which is already mentioned. */
function placesList(indexes: readonly number[]) {
  const places = indexes
    .flatMap((index) => data.places[index] ?? [])
    .sort((one, other) =>
      nameOfPlace(one, data.accountNames).localeCompare(nameOfPlace(other, data.accountNames), 'en', { numeric: true }),
    );
  if (places.length < 2) return [];
  const noun = places.every(({ environment }) => environment === undefined) ? 'account' : 'environment';
  const entries = places.map((place) => {
    const { environment, account, region } = place;
    const more =
      environment === undefined
        ? ''
        : ` (${[accountTitle(account, data.accountNames), ...(region === undefined ? [] : [region])].join(', ')})`;
    return make('li', {}, `${nameOfPlace(place, data.accountNames)}${more}`);
  });
  return [
    make(
      'details',
      { class: 'places' },
      make('summary', {}, `in ${count(places.length, noun)}`),
      make('ul', {}, ...entries),
    ),
  ];
}

/** `among` is the row or column whose details include it. */
function detailsOfEdge(edge: ShownEdge, among: Row | Header | undefined) {
  const [principal, key] = [shown.principals[edge.principal], shown.keys[edge.key]];
  if (principal === undefined || key === undefined) return '';
  const isAlone = (side: 'principal' | 'key') => among?.side === side && among.members.length === 1;
  const others = [
    ...(isAlone('principal') ? [] : [link(principal, principal.fullName)]),
    ...(isAlone('key')
      ? []
      : [
          link(
            key,
            `${key.fullName} (${key.places.length > 1 ? count(key.places.length, 'environment') : key.detail})`,
          ),
        ]),
  ];
  const heading = others.flatMap((other, index) => (index === 0 ? [other] : [' → ', other]));
  const parts = edge.parts.flatMap((part) => [
    ...(part.places.length < key.places.length ? placesOfPart(part) : []),
    ...sameAccess(part).map((same) => accessDetails(same, part, principal)),
  ]);
  return make('li', { class: 'access' }, ...heading, ...parts);
}

/** The environments of a key in which something applies, if these are only some. */
function placesOfPart({ places }: EdgePart) {
  const [only = -1] = places;
  const place = data.places[only];
  if (places.length > 1 || place === undefined) return placesList(places);
  return [make('p', { class: 'quiet' }, `in ${nameOfPlace(place, data.accountNames)}`)];
}

function link(member: Member, text: string) {
  return makeButton('other', text, () => {
    const id = rowId(member);
    const cluster = `${member.side}:${member.cluster}`;
    if (ends(id) === undefined) {
      const groups = isMatrix
        ? headers().flatMap(({ group, members, side }) => {
            const all = side === 'key' ? shown.keys : shown.principals;
            return side === member.side && group !== undefined && members.some((index) => all[index] === member)
              ? [group]
              : [];
          })
        : [cluster, `${cluster}/${member.home}`];
      see({ open: new Map([...view.open, ...[cluster, ...groups].map((group) => [group, true] as const)]) });
    }
    choose({ row: id });
    (isMatrix ? headElement(id) : find('row', id))?.focus();
  });
}

interface SameAccess {
  readonly can: AccessData['can'][];
  readonly access: AccessData;
}

/** The access of an edge, merged if the same statements allow it under the same conditions. */
function sameAccess({ edge }: EdgePart): readonly SameAccess[] {
  const same: Map<string, SameAccess> = new Map();
  for (const access of accessOf(data, data.edges[edge], view)) {
    const id = JSON.stringify([access.certainty, access.by, access.when]);
    const earlier = same.get(id);
    if (earlier === undefined) same.set(id, { can: [access.can], access });
    else earlier.can.push(access.can);
  }
  return [...same.values()];
}

const meanings = {
  allowed: 'allowed',
  depends: 'depends on the request or the deployment',
  shared: 'if a policy outside this project allows it too',
  trust: 'if the policies of its account allow it, which the key trusts',
};

function accessDetails({ can, access }: SameAccess, part: EdgePart, principal: Member) {
  const words = can.map((word) =>
    make('span', { class: `can ${word === 'administer' ? 'admin' : word === 'describe' ? 'see' : 'use'}` }, word),
  );
  const text = (of: string) => writtenEdge(data, of, part, principal);
  return make(
    'div',
    {},
    ...words.flatMap((word, index) => (index === 0 ? [word] : [', ', word])),
    `: ${meanings[access.certainty]}`,
    ...(access.when === undefined ? [] : [make('div', { class: 'when' }, `if ${text(access.when)}`)]),
    make('ul', {}, ...access.by.flatMap((index) => statementDetails(data.statements[index], text))),
  );
}

function statementDetails(statement: GraphData['statements'][number] | undefined, written: (text: string) => string) {
  if (statement === undefined) return [];
  const { of, effect, sid, sources } = statement;
  const text = `${effect}${sid === undefined ? '' : ` “${written(sid)}”`} in the ${written(of)} `;
  const buttons = sources.map(sourceButton).flatMap((button, index) => (index === 0 ? [button] : [', ', button]));
  return [make('li', { class: 'quiet' }, text, ...buttons)];
}

function sourceButton(source: SourceData) {
  const through = source.through === undefined ? '' : ` (${source.through})`;
  return makeButton('place', `${source.file}:${source.line}${through}`, () => showSource(source));
}

/** The number of lines of a file shown before and after the requested ones. */
const context = 300;

function showSource({ file, line, endLine }: SourceData) {
  const lines = data.sources?.[file] ?? [];
  const first = Math.max(1, line - context);
  const shown = lines.slice(first - 1, endLine + context).map((text, index) => {
    const number = first + index;
    const isHere = number >= line && number <= endLine;
    return make('div', { 'data-line': String(number), class: isHere ? 'here' : undefined }, text);
  });
  element('source-title', HTMLElement).textContent = `${file}:${line}`;
  element('source-lines', HTMLElement).replaceChildren(...shown);
  element('source', HTMLDialogElement).showModal();
  element('source-lines', HTMLElement).querySelector('.here')?.scrollIntoView({ block: 'center' });
}

// --- Matrix ---

function tabulate() {
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

/** The only cell of the table where the tab key stops. */
function tabTo(target: HTMLElement | null) {
  for (const old of matrixElement.querySelectorAll('[tabindex="0"]')) old.setAttribute('tabindex', '-1');
  target?.setAttribute('tabindex', '0');
}

function chooseInMatrix() {
  for (const lit of matrixElement.querySelectorAll('.chosen')) lit.classList.remove('chosen');
  const header = chosen !== undefined && 'row' in chosen ? ends(chosen.row) : undefined;
  const cells = [...matrix.cells].filter(([id]) => {
    if (chosen === undefined) return false;
    if ('from' in chosen) return id === `${chosen.from} ${chosen.to}`;
    return (
      header !== undefined && (header.side === 'key' ? id.endsWith(` ${header.id}`) : id.startsWith(`${header.id} `))
    );
  });
  for (const [id] of cells) cellElement(id)?.classList.add('chosen');
  if (header !== undefined) headElement(header.id)?.classList.add('chosen');
  const title = (id: string) => headers().find((one) => one.id === id)?.label ?? '';
  showDetails(
    cells.flatMap(([, cell]: [string, Cell]) => cell.edges),
    header,
    chosen !== undefined && 'from' in chosen ? `${title(chosen.from)} → ${title(chosen.to)}` : '',
  );
}

function activateInMatrix(target: Element | null) {
  const [row, column, head] = ['data-row', 'data-column', 'data-head'].map((name) => target?.getAttribute(name));
  const group = target?.getAttribute('data-group');
  if (group) see({ open: new Map([...view.open, [group, true]]) });
  else if (head) choose({ row: head });
  else if (row && column) choose({ from: row, to: column });
  else choose(undefined);
}

matrixElement.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const target = event.target.closest<HTMLElement>('[tabindex]');
  tabTo(target);
  activateInMatrix(target);
});

matrixElement.addEventListener('keydown', (event) => {
  const cell = event.target instanceof Element ? event.target.closest('th, td') : null;
  if (!(cell instanceof HTMLTableCellElement)) return;
  if (event.key === 'Enter' || event.key === ' ') activateInMatrix(cell);
  else {
    const next = neighbour(cell, event.key, event.ctrlKey);
    if (next === undefined) return;
    tabTo(next);
    next.focus();
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  event.preventDefault();
});

/** The cell to which a keyboard key moves from a cell of the table, skipping rows with names of groups. */
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

// --- Filters ---

const text = element('text', HTMLInputElement);
const account = element('account', HTMLSelectElement);
const can = element('can', HTMLSelectElement);
const trust = element('trust', HTMLInputElement);
const filters = element('filters', HTMLFormElement);

const accounts = [...new Set(data.places.map((place) => place.account))].sort();
account.append(...accounts.map((name) => make('option', { value: name }, accountTitle(name, data.accountNames))));
const words = [...new Set(data.access.map((one) => one.can))];
// The legend omits letters that do not occur.
for (const entry of document.querySelectorAll<HTMLElement>('.legend [data-can]')) {
  entry.hidden = !words.some((word) => word === entry.dataset.can);
}
can.append(...words.map((word) => make('option', { value: word }, word)));
const kindsPresent = allKinds.filter((kind) => data.principals.some((principal) => principal.kind === kind));
const kindBoxes = kindsPresent.map((kind) => {
  const box = make('input', { type: 'checkbox', value: kind, checked: '' });
  element('kinds', HTMLElement)
    .querySelector('fieldset')
    ?.append(make('label', {}, box, kind));
  return box;
});

function filter() {
  const kinds = kindBoxes.filter((box) => box.checked).map((box) => box.value);
  // Filters change how much fits: groups fold and unfold automatically again.
  see({ text: text.value, account: account.value, can: can.value, trust: trust.checked, kinds, open: new Map() });
  fitWindow();
}

filters.addEventListener('input', filter);
filters.addEventListener('submit', (event) => event.preventDefault());
// The fields are reset after the event.
filters.addEventListener('reset', () => setTimeout(filter));
element('reset', HTMLElement).addEventListener('click', () => filters.reset());
element('unfold', HTMLElement).addEventListener('click', () => toggleAll(true));
element('fold', HTMLElement).addEventListener('click', () => toggleAll(false));
element('in', HTMLElement).addEventListener('click', () => zoomMiddle(1.25));
element('out', HTMLElement).addEventListener('click', () => zoomMiddle(0.8));
element('fit', HTMLElement).addEventListener('click', fitWindow);

function group(by: Grouping) {
  chosen = undefined;
  see({ by, open: new Map() });
  fitWindow();
}

function showAs(name: string) {
  isMatrix = name === 'matrix';
  chosen = undefined;
  matrixElement.hidden = !isMatrix;
  picture.toggleAttribute('hidden', isMatrix);
  for (const of of document.querySelectorAll('.of-lines')) of.toggleAttribute('hidden', isMatrix);
  for (const of of document.querySelectorAll('.of-matrix')) of.toggleAttribute('hidden', !isMatrix);
  redraw();
  fitWindow();
}

function onChoice(id: string, choice: (value: string) => void) {
  element(id, HTMLFieldSetElement).addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) choice(event.target.value);
  });
}

onChoice('by', (value) => group(value === 'key' ? 'key' : 'account'));
onChoice('as', showAs);
for (const choice of document.querySelectorAll<HTMLInputElement>('#by input'))
  choice.checked = choice.value === data.by;

// If lines would be too small to read, the table comes first and gets the room.
if (window.matchMedia('(max-width: 800px)').matches) {
  for (const id of ['filtering', 'meaning']) element(id, HTMLDetailsElement).open = false;
  for (const choice of document.querySelectorAll<HTMLInputElement>('#as input')) {
    choice.checked = choice.value === 'matrix';
  }
  showAs('matrix');
} else {
  redraw();
  fitWindow();
}
