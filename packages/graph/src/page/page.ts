/**
 * The page: what somebody chooses changes the view, and a changed view is drawn anew. The data is in the page; no server is
 * asked for anything.
 */
import type { AccessData, EdgeData, GraphData, PlaceData } from '../data.ts';
import { draw, drawLine, labelsOf, mostLabels } from '../drawing.ts';
import {
  accessSeen,
  allKinds,
  count,
  everything,
  type Line,
  linesOfRow,
  type Row,
  type Scene,
  sceneOf,
  type View,
} from '../scene.ts';

/** The element of page.html with this id, which has to be of this class. */
function element<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id} of class ${kind.name}`);
  return found;
}

const data: GraphData = JSON.parse(element('data', HTMLScriptElement).text);

const picture = element('picture', SVGSVGElement);
const sceneElement = element('scene', SVGGElement);
const panel = element('panel', HTMLElement);

let view: View = everything();
let scene: Scene;
/** What is chosen: a row by its id, or a line by those of its ends. */
let chosen: { row: string } | { from: string; to: string } | undefined;

// --- Drawing ---

function redraw() {
  scene = sceneOf(data, view);
  const focused =
    document.activeElement?.getAttribute('data-row') ?? document.activeElement?.getAttribute('data-group');
  sceneElement.innerHTML = draw(scene, true);
  const { keys, principals, edges } = scene.counts;
  const edgesText = `${edges} ${edges === 1 ? 'pair' : 'pairs'} of them with access`;
  element('counts', HTMLElement).textContent = `${count(keys, 'key')}, ${count(principals, 'principal')}, ${edgesText}`;
  element('empty', HTMLElement).hidden = keys + principals > 0;
  // What had the focus has been replaced.
  if (focused) find('row', focused)?.focus() ?? find('group', focused)?.focus();
  choose(chosen);
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
  const accounts = [
    ...data.keys.map(({ account, home }) => [`key:${account}`, `key:${account}/${home}`]),
    ...data.principals.map(({ account, home }) => [`principal:${account}`, `principal:${account}/${home}`]),
  ].flat();
  see({ open: new Map(accounts.map((id) => [id, isOpen])) });
  fitWindow();
}

// --- Moving ---

const position = { x: 0, y: 0, scale: 1 };

function move() {
  sceneElement.setAttribute('transform', `translate(${position.x} ${position.y}) scale(${position.scale})`);
}

/** All of its width, and of its height as much as stays legible. */
function fitWindow() {
  const { width, height } = picture.getBoundingClientRect();
  const whole = Math.min(width / scene.width, height / (scene.height + 10));
  position.scale = Math.max(Math.min(whole, 1.3), Math.min(width / scene.width, 0.7));
  position.x = Math.max(0, (width - scene.width * position.scale) / 2);
  position.y = 0;
  move();
}

/** `x` and `y` are the point of the window that stays where it is. */
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
  // A hand that shakes clicks.
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
    // The click that follows has to know.
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
    element('text', HTMLInputElement).focus();
  } else if (event.key === 'Escape' && !isTyping && !element('source', HTMLDialogElement).open) choose(undefined);
});

// What has the focus has to be in sight.
sceneElement.addEventListener('focusin', (event) => {
  if (!(event.target instanceof Element)) return;
  const own = event.target.getBoundingClientRect();
  const frame = picture.getBoundingClientRect();
  if (own.top < frame.top) position.y += frame.top - own.top + 20;
  else if (own.bottom > frame.bottom) position.y -= own.bottom - frame.bottom + 20;
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
  const row = next !== undefined && 'row' in next ? rowOf(next.row) : undefined;
  // A row that has gone with a change of the view is not chosen any more.
  if (next !== undefined && 'row' in next && row === undefined) chosen = undefined;
  for (const lit of sceneElement.querySelectorAll('.lit, .chosen')) lit.classList.remove('lit', 'chosen');
  const bundles = scene.lines.filter(({ from, to }) => isOfChosen(from.id, to.id));
  const lines = row === undefined ? bundles : linesOfRow(data, view, scene, row);
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
  // Of a row in a box of many there are only bundles: its own lines come in addition.
  const drawn = new Set(scene.lines.map(({ from, to }) => `${from.id} ${to.id}`));
  const own =
    row === undefined || lines.length > mostLabels
      ? []
      : lines.filter(({ from, to }) => !drawn.has(`${from.id} ${to.id}`));
  fill(
    '.chosen-lines',
    own.map((line) => drawLine(line, true)),
  );
  for (const line of sceneElement.querySelectorAll('.chosen-lines .line')) line.classList.add('lit');
  const spoken = chosen === undefined ? scene.lines : [...(own.length > 0 ? [] : bundles), ...own];
  fill('.labels', spoken.length > mostLabels ? [] : labelsOf(spoken, true));
  showDetails(lines);
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

/** An element with text or others in it. Text stays text. */
function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | undefined>>,
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

function makeButton(className: string, text: string, act: () => void) {
  const made = make('button', { type: 'button', class: className }, text);
  made.addEventListener('click', act);
  return made;
}

/** More entries than anybody reads. */
const mostShown = 60;

function showDetails(lines: readonly Line[]) {
  const wasHidden = panel.hidden;
  panel.hidden = chosen === undefined;
  if (wasHidden !== panel.hidden) keepInSight();
  if (chosen === undefined) return;
  const close = makeButton('close', 'Close', () => choose(undefined));
  const edges = lines.flatMap((line) => line.edges.flatMap((index) => data.edges[index] ?? []));
  const row = 'row' in chosen ? rowOf(chosen.row) : undefined;
  panel.replaceChildren(close, ...(row === undefined ? detailsOfLine(lines) : detailsOfRow(row)));
  panel.append(
    make('h3', {}, row?.side === 'key' ? 'Who can use it' : row === undefined ? 'Access' : 'What it can do'),
  );
  if (edges.length === 0) panel.append(make('p', { class: 'quiet' }, 'Nobody, as far as what is shown says.'));
  const list = make('ul', {}, ...edges.slice(0, mostShown).map((edge) => detailsOfEdge(edge, row)));
  panel.append(list);
  if (edges.length > mostShown)
    panel.append(
      make('p', { class: 'quiet' }, `and ${edges.length - mostShown} more: unfold a group to choose among them`),
    );
  panel.scrollTop = 0;
}

/** The panel takes room from the picture: what is chosen stays visible. */
function keepInSight() {
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

function detailsOfRow(row: Row) {
  const [index = -1] = row.members;
  const of = row.side === 'key' ? data.keys[index] : data.principals[index];
  if (of === undefined || row.group !== undefined) return [make('h2', {}, row.label)];
  const kind = 'kind' in of ? of.kind : `key in ${of.region}`;
  const aliases = 'aliases' in of && of.aliases.length > 0 ? [make('li', {}, of.aliases.join(', '))] : [];
  return [
    make('h2', {}, of.fullName),
    make('p', { class: 'quiet' }, `${kind}, ${of.account}`),
    make('ul', {}, ...aliases, ...of.facts.map((fact) => make('li', { class: 'quiet' }, fact))),
    ...(of.place === undefined ? [] : [placeButton(of.place)]),
  ];
}

function detailsOfLine([line]: readonly Line[]) {
  if (line === undefined) return [];
  return [make('h2', {}, `${line.from.label} → ${line.to.label}`)];
}

/** `row` is the one whose details it is among. */
function detailsOfEdge(edge: EdgeData, row: Row | undefined) {
  const principal = data.principals[edge.principal];
  const key = data.keys[edge.key];
  const others = [
    ...(row?.side === 'principal' && row.members.length === 1
      ? []
      : [link('principal', edge.principal, principal?.fullName ?? '')]),
    ...(row?.side === 'key' && row.members.length === 1
      ? []
      : [link('key', edge.key, `${key?.fullName} (${key?.region})`)]),
  ];
  const heading = others.flatMap((other, index) => (index === 0 ? [other] : [' → ', other]));
  return make('li', { class: 'access' }, ...heading, ...sameAccess(edge).map(accessDetails));
}

function link(side: 'principal' | 'key', index: number, text: string) {
  return makeButton('other', text, () => {
    const of = side === 'key' ? data.keys[index] : data.principals[index];
    const account = `${side}:${of?.account}`;
    const open = new Map(view.open);
    if (find('row', `${side}#${index}`) === null) {
      see({ open: open.set(account, true).set(`${account}/${of?.home}`, true) });
    }
    choose({ row: `${side}#${index}` });
    find('row', `${side}#${index}`)?.focus();
  });
}

/** The access of an edge; what is allowed by the same statements under the same conditions is one. */
function sameAccess(edge: EdgeData) {
  const same: Map<string, { can: string[]; access: AccessData }> = new Map();
  for (const access of accessSeen(edge, view)) {
    const id = JSON.stringify([access.certainty, access.by, access.when]);
    const known = same.get(id);
    if (known === undefined) same.set(id, { can: [access.can], access });
    else known.can.push(access.can);
  }
  return [...same.values()];
}

const meanings = {
  allowed: 'allowed',
  depends: 'depends on what is not known now',
  shared: 'if a policy outside this project allows it too',
  trust: 'if its account’s policies allow it, which the key trusts',
};

function accessDetails({ can, access }: ReturnType<typeof sameAccess>[number]) {
  const words = can.map((word) =>
    make('span', { class: `can ${word === 'administer' ? 'admin' : word === 'describe' ? 'see' : 'use'}` }, word),
  );
  return make(
    'div',
    {},
    ...words.flatMap((word, index) => (index === 0 ? [word] : [', ', word])),
    `: ${meanings[access.certainty]}`,
    ...(access.when === undefined ? [] : [make('div', { class: 'when' }, `if ${access.when}`)]),
    make('ul', {}, ...access.by.flatMap((index) => statementDetails(data.statements[index]))),
  );
}

function statementDetails(statement: GraphData['statements'][number] | undefined) {
  if (statement === undefined) return [];
  const { of, effect, sid, places } = statement;
  const text = `${effect}${sid === undefined ? '' : ` “${sid}”`} in the ${of} `;
  const buttons = places.map(placeButton).flatMap((button, index) => (index === 0 ? [button] : [', ', button]));
  return [make('li', { class: 'quiet' }, text, ...buttons)];
}

function placeButton(place: PlaceData) {
  const through = place.through === undefined ? '' : ` (${place.through})`;
  return makeButton('place', `${place.file}:${place.line}${through}`, () => showSource(place));
}

/** How much of a file is shown before and after the lines that somebody asked for. */
const context = 300;

function showSource({ file, line, endLine }: PlaceData) {
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

// --- Filters ---

const text = element('text', HTMLInputElement);
const account = element('account', HTMLSelectElement);
const can = element('can', HTMLSelectElement);
const trust = element('trust', HTMLInputElement);
const filters = element('filters', HTMLFormElement);

const accounts = [...new Set([...data.keys, ...data.principals].map((of) => of.account))].sort();
account.append(...accounts.map((name) => make('option', { value: name }, name)));
const words = [...new Set(data.edges.flatMap(({ access }) => access.map((one) => one.can)))];
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
  // What fits is another matter now: groups fold and unfold by themselves again.
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

redraw();
fitWindow();
