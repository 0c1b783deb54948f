/**
 * The access of a view as a table of principals and keys. In: the visible members, and the view. Out: rows, columns and cells. Equal rows
 * are merged, and so are equal columns. If too many are left, they are folded into groups, and the cell of a group says what some of its
 * members can do.
 */
import { groupBy } from '@keywright/core/collections/group-by';
import type { AccessData } from './data.ts';
import { type Member, rowId, type Shown, type ShownEdge, type Side } from './member.ts';
import { surest } from './shown.ts';
import type { View } from './view.ts';
import { count } from './words.ts';

export interface Matrix {
  readonly rows: readonly Band[];
  readonly columns: readonly Band[];
  /** The cells, by the ids of row and column with a space between them. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** Rows or columns of one account, or of one stack. */
export interface Band {
  readonly id: string;
  readonly title: string;
  readonly headers: readonly Header[];
}

export interface Header {
  readonly id: string;
  readonly side: Side;
  readonly label: string;
  /** Shown in small type beside the label if the label does not distinguish the row or column from others in its band. */
  readonly note?: string;
  /** The names of all members, each with its place. */
  readonly names: readonly string[];
  /** Indexes of the visible principals or keys. */
  readonly members: readonly number[];
  /** The group to open to see the members one by one; absent for a single member. */
  readonly group?: string;
}

export interface Cell {
  readonly can: ReadonlyMap<AccessData['can'], AccessData['certainty']>;
  /** Whether access differs between members of the row or column, or between environments. */
  readonly isMixed: boolean;
  /** Indexes of the visible edges. */
  readonly edges: readonly number[];
}

/** With more rows or columns than this, groups are folded. */
const most = { principal: 120, key: 48 };

export function matrixOf(shown: Shown, view: View): Matrix {
  const rows = bandsOf('principal', shown.principals, lookOf(shown.edges, 'principal', 'key'), view);
  const columns = bandsOf('key', shown.keys, lookOf(shown.edges, 'key', 'principal'), view);
  return { rows, columns, cells: cellsOf(shown, rows, columns) };
}

/** Returns all cells of a row or column, as a text to compare. */
function lookOf(edges: readonly ShownEdge[], side: Side, other: Side): (member: number) => string {
  const looks = new Map<number, string[]>();
  for (const edge of edges) {
    const look = looks.get(edge[side]) ?? [];
    looks.set(edge[side], look);
    look.push(`${edge[other]} ${[...edge.can].join(' ')} ${edge.isPartial}`);
  }
  const texts = new Map([...looks].map(([member, look]) => [member, look.sort().join(';')]));
  return (member) => texts.get(member) ?? '';
}

function bandsOf(side: Side, all: readonly Member[], look: (member: number) => string, view: View): readonly Band[] {
  const clusters = [...groupBy([...all.keys()], (member) => all[member]?.cluster ?? '')].map(([title, members]) => ({
    id: `${side}:${title}`,
    title,
    members,
    equal: [...groupBy(members, look).values()],
  }));
  const size = clusters.reduce((sum, { equal }) => sum + equal.length, 0);
  return clusters.map(({ id, title, members, equal }): Band => {
    const isOpen = view.open.get(id) ?? (size <= most[side] || equal.length === 1);
    if (!isOpen)
      return {
        id,
        title,
        headers: [together({ id, side, label: count(members.length, side), members }, members, all)],
      };
    const headers = equal.flatMap((same): readonly Header[] => {
      const [first = -1] = same;
      const group = `same:${id}/${rowId(all[first])}`;
      if (same.length === 1 || view.open.get(group) === true) {
        return same.map((member) => alone(side, member, members, all));
      }
      const label = `${all[first]?.label} and ${same.length - 1} alike`;
      return [together({ id: group, side, label, members: same }, members, all)];
    });
    return { id, title, headers };
  });
}

function alone(side: Side, member: number, band: readonly number[], all: readonly Member[]): Header {
  const of = all[member];
  return {
    id: rowId(of),
    side,
    label: of?.label ?? '',
    ...noteOf([member], band, all),
    names: [placedName(of)],
    members: [member],
  };
}

function together(
  group: Pick<Header, 'id' | 'side' | 'label' | 'members'>,
  band: readonly number[],
  all: readonly Member[],
): Header {
  const { id, members } = group;
  const names = members.map((member) => placedName(all[member]));
  return { ...group, ...noteOf(members, band, all), names, group: id };
}

/**
 * Returns the home of the members, if other members of the band have another home. Adds the region if the same key is in several regions.
 */
function noteOf(
  members: readonly number[],
  band: readonly number[],
  all: readonly Member[],
): { readonly note?: string } {
  const [first, ...more] = members.flatMap((member) => all[member] ?? []);
  const others = band.flatMap((member) => all[member] ?? []).filter(({ isBare }) => !isBare);
  if (first === undefined || first.isBare || more.some(({ home }) => home !== first.home)) return {};
  const namesakes = others.filter(({ label, home }) => label === first.label && home === first.home);
  const notes = [
    ...(others.some(({ home }) => home !== first.home) ? [first.home] : []),
    ...(more.length === 0 && namesakes.length > 1 ? [first.detail] : []),
  ];
  return notes.length === 0 ? {} : { note: notes.join(', ') };
}

function placedName(member: Member | undefined): string {
  if (member === undefined) return '';
  return `${member.label} (${member.isBare ? member.detail : `${member.home}, ${member.detail}`})`;
}

function cellsOf(shown: Shown, rows: readonly Band[], columns: readonly Band[]): ReadonlyMap<string, Cell> {
  const row = headerOfMember(rows);
  const column = headerOfMember(columns);
  const joined = new Map<string, { readonly all: number; readonly edges: number[] }>();
  shown.edges.forEach(({ principal, key }, index) => {
    const [from, to] = [row.get(principal), column.get(key)];
    if (from === undefined || to === undefined) return;
    const id = `${from.id} ${to.id}`;
    const cell = joined.get(id) ?? { all: from.members.length * to.members.length, edges: [] };
    joined.set(id, cell);
    cell.edges.push(index);
  });
  return new Map(
    [...joined].map(([id, { all, edges }]): [string, Cell] => {
      const access = edges.map((index) => shown.edges[index]?.can ?? new Map());
      const looks = new Set(access.map((can) => [...can].join(' ')));
      const isMixed = looks.size > 1 || edges.length < all || edges.some((index) => shown.edges[index]?.isPartial);
      return [id, { can: surest(access.flatMap((can) => [...can])), isMixed, edges }];
    }),
  );
}

function headerOfMember(bands: readonly Band[]): ReadonlyMap<number, Header> {
  const headers = bands.flatMap((band) => band.headers);
  return new Map(headers.flatMap((header) => header.members.map((member) => [member, header] as const)));
}
