/**
 * Selects the access to show and lays it out. In: the data, and the view that somebody chose. Out: boxes with rows, principals
 * on the left and keys on the right, and the lines between rows. What does not fit is folded: keys into their stacks, stacks
 * into their accounts, and the lines of everything folded become one line with a count.
 *
 * The browser and Node both run this file and drawing.ts, so that page and SVG show the same.
 */
import dagre, { type Graph } from '@dagrejs/dagre';
import type { AccessData, EdgeData, GraphData, KeyData, PrincipalData } from './data.ts';

/** What to show. */
export interface View {
  /** Names, ARNs and aliases have to contain it; empty: any. */
  readonly text: string;
  /** Only what is in this account; empty: any. */
  readonly account: string;
  /** Only this capability; empty: any. */
  readonly can: string;
  /** The kinds of principals to show. */
  readonly kinds: readonly string[];
  /** Whether to show everyone who has access because a key trusts its own account. */
  readonly trust: boolean;
  /** Groups that somebody opened or closed, by id. */
  readonly open: ReadonlyMap<string, boolean>;
  /** How many rows a side may have before groups are folded. */
  readonly limit: number;
}

type Side = 'principal' | 'key';

/** One line of a box: a principal, a key, or a folded group. */
export interface Row {
  readonly id: string;
  readonly side: Side;
  readonly label: string;
  /** Shown small at its end. */
  readonly detail: string;
  /** Indexes of the principals or keys that it stands for. */
  readonly members: readonly number[];
  /** The id of the group, if it is a folded one. */
  readonly group?: string;
  x: number;
  y: number;
}

/** A stack, or another holder of rows. */
export interface Box {
  readonly id: string;
  readonly side: Side;
  /** Absent where the box is a single row. */
  readonly title?: string;
  readonly rows: readonly Row[];
  x: number;
  y: number;
  height: number;
}

/** An account, or what takes the place of one. */
export interface Cluster {
  readonly id: string;
  readonly side: Side;
  readonly title: string;
  readonly isOpen: boolean;
  readonly boxes: Box[];
  x: number;
  y: number;
  height: number;
}

/** All access of one row to another. */
export interface Line {
  readonly from: Row;
  readonly to: Row;
  /** Indexes of the edges of the data. */
  readonly edges: number[];
  /** Every capability among them. */
  can: string[];
  /** The surest among them. */
  certainty: AccessData['certainty'];
}

/** The edges shown, and the row of each principal and key, its own or the one it is folded into. */
interface Join {
  readonly edges: readonly number[];
  readonly principals: ReadonlyMap<number, Row>;
  readonly keys: ReadonlyMap<number, Row>;
}

export interface Scene {
  readonly clusters: readonly Cluster[];
  /** Bundled: a box of many rows has one from each principal. */
  readonly lines: readonly Line[];
  readonly join: Join;
  /** What is shown, folded or not. */
  readonly counts: { readonly keys: number; readonly principals: number; readonly edges: number };
  readonly width: number;
  readonly height: number;
}

export const sizes = { row: 26, head: 28, width: 270, pad: 12, gap: 16, mostGap: 60, between: 340, margin: 24 };

export const allKinds = ['role', 'user', 'group', 'account', 'service', 'organization', 'anyone'];

export const certainties: readonly AccessData['certainty'][] = ['allowed', 'depends', 'shared', 'trust'];

export function everything(): View {
  return { text: '', account: '', can: '', kinds: allKinds, trust: false, open: new Map(), limit: 44 };
}

export function sceneOf(data: GraphData, view: View): Scene {
  const seen = select(data, view);
  const principals = side('principal', data.principals, seen.principals, view);
  const keys = side('key', data.keys, seen.keys, view);
  const join = { edges: seen.edges, principals: rowsByMember(principals), keys: rowsByMember(keys) };
  const clusters = [...principals, ...keys];
  const heads = headsOf(clusters);
  const bundled = (rows: ReadonlyMap<number, Row>) =>
    new Map([...rows].map(([member, row]) => [member, heads.get(row) ?? row]));
  const lines = joinRows(data, { ...join, principals: bundled(join.principals), keys: bundled(join.keys) }, view);
  const counts = { keys: seen.keys.length, principals: seen.principals.length, edges: seen.edges.length };
  const { width, height } = place(clusters, lines);
  for (const head of new Set(heads.values())) moveToBox(head, clusters);
  return { clusters, lines, join, counts, width, height };
}

/** With more rows than this the lines to each would be an area of colour. */
const mostUnbundled = 12;

/** The titles that stand for rows as an end of lines. */
function headsOf(clusters: readonly Cluster[]): Map<Row, Row> {
  const boxes = clusters.flatMap((cluster) => cluster.boxes).filter(({ rows }) => rows.length > mostUnbundled);
  return new Map(
    boxes.flatMap(({ id, side, title = '', rows }) => {
      const members = rows.flatMap((row) => row.members);
      const head = { id, side, label: title, detail: count(members.length, side), members, x: 0, y: 0 };
      return rows.map((row) => [row, head] as const);
    }),
  );
}

function moveToBox(head: Row, clusters: readonly Cluster[]) {
  const box = clusters.flatMap(({ boxes }) => boxes).find(({ id }) => id === head.id);
  if (box === undefined) return;
  head.x = box.x;
  head.y = box.y;
}

/** The lines of one row, each to the very row at its other end. */
export function linesOfRow(data: GraphData, view: View, { join }: Scene, row: Row) {
  const edges = join.edges.filter((index) => {
    const edge = data.edges[index];
    return edge !== undefined && row.members.includes(row.side === 'key' ? edge.key : edge.principal);
  });
  return joinRows(data, { ...join, edges }, view);
}

/** The access that an edge has in a view. */
export function accessSeen(edge: EdgeData, view: View) {
  return edge.access.filter(
    ({ can, certainty }) => (view.can === '' || view.can === can) && (view.trust || certainty !== 'trust'),
  );
}

function select(data: GraphData, view: View) {
  const wanted = view.text.trim().toLowerCase();
  const hasText = (of: KeyData | PrincipalData) =>
    [of.name, of.fullName, of.home, ...of.facts, ...('aliases' in of ? of.aliases : [])].some((text) =>
      text.toLowerCase().includes(wanted),
    );
  const keyTexts = data.keys.map((key) => wanted === '' || hasText(key));
  const principalTexts = data.principals.map((principal) => wanted === '' || hasText(principal));
  const edges = data.edges.flatMap((edge, index) => {
    const principal = data.principals[edge.principal];
    const key = data.keys[edge.key];
    if (principal === undefined || key === undefined || !view.kinds.includes(principal.kind)) return [];
    if (view.account !== '' && view.account !== key.account && view.account !== principal.account) return [];
    if (!keyTexts[edge.key] && !principalTexts[edge.principal]) return [];
    return accessSeen(edge, view).length === 0 ? [] : [index];
  });
  const joined = edges.flatMap((index) => data.edges[index] ?? []);
  const withKey = new Set(joined.map(({ key }) => key));
  const withPrincipal = new Set(joined.map(({ principal }) => principal));
  // A key that nobody can use is worth seeing too, unless somebody asks for what can be done with it.
  const keys = data.keys.flatMap((key, index) => {
    const isAsked = view.can === '' && keyTexts[index] && (view.account === '' || view.account === key.account);
    return isAsked || withKey.has(index) ? [index] : [];
  });
  const principals = data.principals.flatMap((_, index) => (withPrincipal.has(index) ? [index] : []));
  return { edges, keys, principals };
}

/** The clusters of a side, with whatever is folded. */
function side(
  which: Side,
  all: readonly (KeyData | PrincipalData)[],
  members: readonly number[],
  view: View,
): Cluster[] {
  const accounts = groupBy(members, (index) => all[index]?.account ?? '');
  const homes = [...accounts].flatMap(([account, own]) => [
    ...groupBy(own, (index) => `${account}/${all[index]?.home ?? ''}`),
  ]);
  // As deep as fits.
  const depth = members.length + homes.length <= view.limit ? 2 : homes.length + accounts.size <= view.limit ? 1 : 0;
  const noun = which === 'key' ? 'key' : 'principal';
  return [...accounts].map(([account, own]) => {
    const id = `${which}:${account}`;
    const isOpen = view.open.get(id) ?? depth >= 1;
    const groups = [...groupBy(own, (index) => all[index]?.home ?? '')];
    const boxes = isOpen
      ? groups.map(([home, indexes]) => boxOf(which, `${id}/${home}`, home, indexes, all, view, depth))
      : [
          alone({
            ...rowBase(which, id, own),
            label: count(groups.length, which === 'key' ? 'stack' : 'group'),
            detail: count(own.length, noun),
            group: id,
          }),
        ];
    return { id, side: which, title: account, isOpen, boxes, x: 0, y: 0, height: 0 };
  });
}

function boxOf(
  which: Side,
  id: string,
  home: string,
  members: readonly number[],
  all: readonly (KeyData | PrincipalData)[],
  view: View,
  depth: number,
): Box {
  const [only] = members;
  const isOpen = view.open.get(id) ?? (depth >= 2 || members.length === 1);
  if (!isOpen) {
    return alone({ ...rowBase(which, id, members), label: home, detail: count(members.length, which), group: id });
  }
  const rows = members.map((index) => {
    const of = all[index];
    const detail = of === undefined ? '' : 'kind' in of ? of.kind : of.region;
    return { ...rowBase(which, `${which}#${index}`, [index]), label: of?.name ?? '', detail };
  });
  const box = { id, side: which, title: home, rows, x: 0, y: 0, height: sizes.head + rows.length * sizes.row };
  // The name of a service, an organization or an account says all.
  const says = only === undefined ? undefined : all[only];
  const isBare = says !== undefined && 'kind' in says && !['role', 'user', 'group'].includes(says.kind);
  if (!isBare) return box;
  const { title: _, ...bare } = box;
  return { ...bare, height: rows.length * sizes.row };
}

function rowBase(which: Side, id: string, members: readonly number[]) {
  return { id, side: which, members, x: 0, y: 0 };
}

function alone(row: Row): Box {
  return { id: row.id, side: row.side, rows: [row], x: 0, y: 0, height: sizes.row };
}

export function count(number: number, noun: string) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** @template T */
function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups: Map<string, T[]> = new Map();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function rowsByMember(clusters: readonly Cluster[]) {
  const rows = clusters.flatMap(({ boxes }) => boxes.flatMap((box) => box.rows));
  return new Map(rows.flatMap((row) => row.members.map((member) => [member, row])));
}

function joinRows(data: GraphData, { edges, principals, keys }: Join, view: View): Line[] {
  const lines: Map<string, Line> = new Map();
  for (const index of edges) {
    const edge = data.edges[index];
    const from = edge && principals.get(edge.principal);
    const to = edge && keys.get(edge.key);
    if (edge === undefined || from === undefined || to === undefined) continue;
    const id = `${from.id} ${to.id}`;
    const line = lines.get(id) ?? { from, to, edges: [], can: [], certainty: 'trust' };
    lines.set(id, line);
    line.edges.push(index);
    for (const { can, certainty } of accessSeen(edge, view)) {
      if (!line.can.includes(can)) line.can.push(can);
      if (certainties.indexOf(certainty) < certainties.indexOf(line.certainty)) line.certainty = certainty;
    }
  }
  return [...lines.values()];
}

/**
 * Places everything: the library orders the boxes of both sides so that few lines cross and puts what is joined on one height. Rows
 * keep the order of the YAML.
 */
function place(clusters: readonly Cluster[], lines: readonly Line[]) {
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', ranksep: sizes.between, nodesep: sizes.gap, edgesep: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxOfRow: Map<string, Box> = new Map();
  for (const cluster of clusters) {
    graph.setNode(cluster.id, { width: 0, height: 0 });
    for (const box of cluster.boxes) {
      const id = `box ${box.id}`;
      graph.setNode(id, { width: sizes.width, height: box.height });
      graph.setParent(id, cluster.id);
      for (const row of [box, ...box.rows]) boxOfRow.set(row.id, box);
    }
  }
  const joints: Map<string, { from: string; to: string; weight: number }> = new Map();
  for (const { from, to, edges } of lines) {
    const ends = { from: `box ${boxOfRow.get(from.id)?.id}`, to: `box ${boxOfRow.get(to.id)?.id}` };
    const id = `${ends.from} ${ends.to}`;
    joints.set(id, { ...ends, weight: (joints.get(id)?.weight ?? 0) + edges.length });
  }
  for (const { from, to, weight } of joints.values()) graph.setEdge(from, to, { weight });
  dagre.layout(graph);

  let height = 0;
  for (const which of ['principal', 'key']) {
    const x = sizes.margin + (which === 'key' ? sizes.width + 2 * sizes.pad + sizes.between : 0);
    height = Math.max(
      height,
      stack(
        clusters.filter(({ side }) => side === which),
        x,
        graph,
      ),
    );
  }
  return { width: 2 * (sizes.width + 2 * sizes.pad) + sizes.between + 2 * sizes.margin, height: height + sizes.margin };
}

/** Puts the clusters of a side below each other: near to where the library wants each, with room for titles and without holes. */
function stack(clusters: readonly Cluster[], x: number, graph: Graph) {
  const wanted = (box: Box) => {
    const node = graph.node(`box ${box.id}`);
    return node.y - box.height / 2;
  };
  const top = (cluster: Cluster) => Math.min(...cluster.boxes.map(wanted)) - sizes.head;
  let y = sizes.margin;
  const notBefore = (at: number) => Math.min(Math.max(y, at), y + sizes.mostGap);
  for (const cluster of clusters.toSorted((one, other) => top(one) - top(other))) {
    y = notBefore(top(cluster));
    cluster.x = x;
    cluster.y = y;
    // The cluster may stand elsewhere than the library wants it; its boxes go with it.
    const shift = y - top(cluster);
    y += sizes.head;
    for (const box of cluster.boxes.toSorted((one, other) => wanted(one) - wanted(other))) {
      y = notBefore(wanted(box) + shift);
      box.x = x + sizes.pad;
      box.y = y;
      const head = box.height - box.rows.length * sizes.row;
      box.rows.forEach((row, index) => {
        row.x = box.x;
        row.y = y + head + index * sizes.row;
      });
      y += box.height + sizes.gap / 2;
    }
    y += sizes.pad - sizes.gap / 2;
    cluster.height = y - cluster.y;
    y += sizes.gap;
  }
  return y - sizes.gap;
}
