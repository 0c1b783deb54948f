/**
 * Lays out the access of a view. In: the visible members, and the view that the user chose. Out: boxes with rows, principals on the left
 * and keys on the right, and the lines between rows. If there are too many rows, they are folded into their boxes, and boxes into their
 * clusters. All lines of a folded group become one line with a count.
 *
 * The browser and Node both run this file and drawing.ts, so that the page and the SVG show the same.
 */

import dagre, { type Graph } from '@dagrejs/dagre';
import { groupBy } from '@keywright/core/collections/group-by';
import type { AccessData } from './data.ts';
import { type Member, rowId, type Shown, type Side } from './member.ts';
import { certainties, type View } from './view.ts';
import { count } from './words.ts';

/** One line of a box: a principal, a key, or a folded group. */
export interface Row {
  readonly id: string;
  readonly side: Side;
  readonly label: string;
  /** Shown in small type at the end of the row. */
  readonly detail: string;
  /** Indexes of the visible principals or keys in the row. */
  readonly members: readonly number[];
  /** Set if the row is a folded group: the id of that group. */
  readonly group?: string;
  x: number;
  y: number;
}

/** A stack, or another holder of rows. */
export interface Box {
  readonly id: string;
  readonly side: Side;
  /** Absent if the box is a single row. */
  readonly title?: string;
  readonly rows: readonly Row[];
  x: number;
  y: number;
  height: number;
}

/** An account, or another group of boxes. */
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

/** All access of the principals in one row to the keys in another. */
export interface Line {
  readonly from: Row;
  readonly to: Row;
  /** Indexes of the visible edges. */
  readonly edges: number[];
  /** The number of pairs of a principal and a key that have this line. */
  pairs: number;
  can: string[];
  /** The greatest certainty in the access. */
  certainty: AccessData['certainty'];
}

/** The visible edges, and the row of each principal and key: a separate row, or the row of its folded group. */
interface Join {
  readonly edges: readonly number[];
  readonly principals: ReadonlyMap<number, Row>;
  readonly keys: ReadonlyMap<number, Row>;
}

export interface Scene {
  readonly clusters: readonly Cluster[];
  /** The lines of the drawing. They are bundled: a principal has one line to a box of many rows. */
  readonly lines: readonly Line[];
  readonly join: Join;
  readonly shown: Shown;
  readonly width: number;
  readonly height: number;
}

export const sizes = { row: 26, head: 28, width: 270, pad: 12, gap: 16, mostGap: 60, between: 340, margin: 24 };

export function sceneOf(shown: Shown, view: View): Scene {
  const principals = side('principal', shown.principals, view);
  const keys = side('key', shown.keys, view);
  const join = {
    edges: [...shown.edges.keys()],
    principals: rowsByMember(principals),
    keys: rowsByMember(keys),
  };
  const clusters = [...principals, ...keys];
  const heads = headsOf(clusters);
  const bundled = (rows: ReadonlyMap<number, Row>) =>
    new Map([...rows].map(([member, row]) => [member, heads.get(row) ?? row]));
  const lines = joinRows(shown, { ...join, principals: bundled(join.principals), keys: bundled(join.keys) });
  const { width, height } = place(clusters, lines);
  for (const head of new Set(heads.values())) moveToBox(head, clusters);
  return { clusters, lines, join, shown, width, height };
}

/** With more rows in a box than this, separate lines would become an area of colour. */
const mostUnbundled = 12;

/** Returns the title of the box for each row of a large box, because lines to the row end at the title. */
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

/** Returns the lines of one row, which end at rows even in large boxes. */
export function linesOfRow({ join, shown }: Scene, row: Row) {
  const edges = join.edges.filter((index) => {
    const edge = shown.edges[index];
    return edge !== undefined && row.members.includes(row.side === 'key' ? edge.key : edge.principal);
  });
  return joinRows(shown, { ...join, edges });
}

function side(which: Side, all: readonly Member[], view: View): Cluster[] {
  const members = [...all.keys()];
  const accounts = groupBy(members, (index) => all[index]?.cluster ?? '');
  const homes = [...accounts].flatMap(([account, ofAccount]) => [
    ...groupBy(ofAccount, (index) => `${account}/${all[index]?.home ?? ''}`),
  ]);
  // Opens as many levels of groups as fit.
  const depth = members.length + homes.length <= view.limit ? 2 : homes.length + accounts.size <= view.limit ? 1 : 0;
  return [...accounts].map(([account, ofAccount]) => {
    const id = `${which}:${account}`;
    const isOpen = view.open.get(id) ?? depth >= 1;
    const groups = [...groupBy(ofAccount, (index) => all[index]?.home ?? '')];
    const boxes = isOpen
      ? groups.map(([title, indexes]) => {
          const group = { id: `${id}/${title}`, side: which, title, members: indexes };
          return boxOf(group, all, view.open.get(group.id) ?? (depth >= 2 || indexes.length === 1));
        })
      : [
          alone({
            ...rowBase(which, id, ofAccount),
            label: count(groups.length, which === 'key' && view.by === 'account' ? 'stack' : 'group'),
            detail: count(ofAccount.length, which),
            group: id,
          }),
        ];
    return { id, side: which, title: account, isOpen, boxes, x: 0, y: 0, height: 0 };
  });
}

interface Group {
  readonly id: string;
  readonly side: Side;
  readonly title: string;
  readonly members: readonly number[];
}

function boxOf({ id, side: which, title, members }: Group, all: readonly Member[], isOpen: boolean): Box {
  const [only] = members;
  if (!isOpen) {
    return alone({ ...rowBase(which, id, members), label: title, detail: count(members.length, which), group: id });
  }
  const rows = members.map((index) => {
    const of = all[index];
    return { ...rowBase(which, rowId(of), [index]), label: of?.label ?? '', detail: of?.detail ?? '' };
  });
  const box = { id, side: which, title, rows, x: 0, y: 0, height: sizes.head + rows.length * sizes.row };
  if (only === undefined || all[only]?.isBare !== true) return box;
  const { title: _, ...bare } = box;
  return { ...bare, height: rows.length * sizes.row };
}

function rowBase(which: Side, id: string, members: readonly number[]) {
  return { id, side: which, members, x: 0, y: 0 };
}

function alone(row: Row): Box {
  return { id: row.id, side: row.side, rows: [row], x: 0, y: 0, height: sizes.row };
}

function rowsByMember(clusters: readonly Cluster[]) {
  const rows = clusters.flatMap(({ boxes }) => boxes.flatMap((box) => box.rows));
  return new Map(rows.flatMap((row) => row.members.map((member) => [member, row])));
}

function joinRows(shown: Shown, { edges, principals, keys }: Join): Line[] {
  const lines: Map<string, Line> = new Map();
  for (const index of edges) {
    const edge = shown.edges[index];
    const from = edge && principals.get(edge.principal);
    const to = edge && keys.get(edge.key);
    if (edge === undefined || from === undefined || to === undefined) continue;
    const id = `${from.id} ${to.id}`;
    const line = lines.get(id) ?? { from, to, edges: [], pairs: 0, can: [], certainty: 'trust' };
    lines.set(id, line);
    line.edges.push(index);
    line.pairs += edge.pairs;
    for (const [can, certainty] of edge.can) {
      if (!line.can.includes(can)) line.can.push(can);
      if (certainties.indexOf(certainty) < certainties.indexOf(line.certainty)) line.certainty = certainty;
    }
  }
  return [...lines.values()];
}

/**
 * Positions everything: dagre orders the boxes of both sides so that few lines cross, and aligns connected boxes. Rows keep the order of
 * the YAML.
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

/**
 * Stacks the clusters of a side. Each cluster is placed near the position that dagre gives it, with room for titles and without large gaps.
 */
function stack(clusters: readonly Cluster[], x: number, graph: Graph) {
  const wantedY = (box: Box) => {
    const node = graph.node(`box ${box.id}`);
    return node.y - box.height / 2;
  };
  const top = (cluster: Cluster) => Math.min(...cluster.boxes.map(wantedY)) - sizes.head;
  let y = sizes.margin;
  const notBefore = (at: number) => Math.min(Math.max(y, at), y + sizes.mostGap);
  for (const cluster of clusters.toSorted((one, other) => top(one) - top(other))) {
    y = notBefore(top(cluster));
    cluster.x = x;
    cluster.y = y;
    // If a cluster cannot have the position that dagre gives it, its boxes move with it.
    const shift = y - top(cluster);
    y += sizes.head;
    for (const box of cluster.boxes.toSorted((one, other) => wantedY(one) - wantedY(other))) {
      y = notBefore(wantedY(box) + shift);
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
