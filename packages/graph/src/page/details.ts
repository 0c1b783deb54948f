/** Fills the panel with the details of the selection: its name and places, and the access that it has or gives. */
import type { AccessData, GraphData } from '../data.ts';
import type { Header } from '../matrix.ts';
import { type EdgePart, type Member, nameOfPlace, rowId, type ShownEdge } from '../member.ts';
import { written } from '../places.ts';
import type { Row } from '../scene.ts';
import { writtenEdge } from '../shown.ts';
import { accessOf } from '../view.ts';
import { accountTitle, count } from '../words.ts';
import { element, make, makeButton } from './dom.ts';
import { sourceButton } from './source.ts';
import { choose, data, open, type Subject, selection, shown, surface, view } from './state.ts';
import { keepInSight } from './window.ts';

const panel = element('panel', HTMLElement);

/** The maximum number of entries in the panel. Nobody reads more. */
const mostShown = 60;

export function showDetails({ row: of, edges: indexes, title }: Subject) {
  const wasHidden = panel.hidden;
  panel.hidden = selection === undefined;
  if (wasHidden !== panel.hidden) keepInSight();
  if (selection === undefined) return;
  const close = makeButton('close', 'Close', () => choose(undefined));
  const edges = indexes.flatMap((index) => shown.edges[index] ?? []);
  panel.replaceChildren(close, ...(of === undefined ? [make('h2', {}, title)] : detailsOf(of)));
  panel.append(make('h3', {}, of?.side === 'key' ? 'Who can use it' : of === undefined ? 'Access' : 'What it can do'));
  const none = of?.side === 'principal' ? 'Nothing with the keys shown.' : 'Nobody among the principals shown.';
  if (edges.length === 0) panel.append(make('p', { class: 'quiet' }, none));
  const list = make('ul', {}, ...edges.slice(0, mostShown).map((edge) => detailsOfEdge(edge, of)));
  panel.append(list);
  if (edges.length > mostShown)
    panel.append(
      make('p', { class: 'quiet' }, `and ${edges.length - mostShown} more: unfold a group to choose among them`),
    );
  panel.scrollTop = 0;
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

/** Lists the places where something applies, by name. Does not list a single place, since it is mentioned already. */
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

/** `among` is the row or column whose details include the edge. */
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

/** Lists the environments of a key where something applies. */
function placesOfPart({ places }: EdgePart) {
  const [only = -1] = places;
  const place = data.places[only];
  if (places.length > 1 || place === undefined) return placesList(places);
  return [make('p', { class: 'quiet' }, `in ${nameOfPlace(place, data.accountNames)}`)];
}

function link(member: Member, text: string) {
  return makeButton('other', text, () => {
    const id = rowId(member);
    if (surface.row(id) === undefined) open([`${member.side}:${member.cluster}`, ...surface.groupsAround(member)]);
    choose({ row: id });
    surface.focus(id);
  });
}

interface SameAccess {
  readonly can: AccessData['can'][];
  readonly access: AccessData;
}

/** Merges access that the same statements allow under the same conditions. */
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
