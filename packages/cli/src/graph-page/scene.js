/**
 * What of the access is seen, and where. In: the data, and what somebody has chosen to see. Out: boxes with rows, principals on
 * the left and keys on the right, and the lines between rows. What does not fit is folded: keys into their stacks, stacks into
 * their accounts, and the lines of all that is folded become one line with a count.
 *
 * This file and drawing.js run in the browser and in Node: both draw the same.
 *
 * @typedef {import('./data.ts').GraphData} GraphData
 * @typedef {import('./data.ts').AccessData} AccessData
 *
 * @typedef {object} View What to see.
 * @property {string} text what names, ARNs, aliases have to contain; empty: anything
 * @property {string} account only what is in this account; empty: any
 * @property {string} can only this capability; empty: any
 * @property {readonly string[]} kinds the kinds of principals to see
 * @property {boolean} trust whether to see whom the trust in a key's own account lets in
 * @property {ReadonlyMap<string, boolean>} open groups that somebody has opened or closed, by id
 * @property {number} limit how many rows a side may have before groups are folded
 *
 * @typedef {'principal' | 'key'} Side
 *
 * @typedef {object} Row One line of a box: a principal, a key, or a group that is folded.
 * @property {string} id
 * @property {Side} side
 * @property {string} label
 * @property {string} detail what stands small at its end
 * @property {readonly number[]} members indexes of the principals or keys that it stands for
 * @property {string} [group] the group that it is, if it is one
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Box A stack, or whatever else holds rows.
 * @property {string} id
 * @property {Side} side
 * @property {string} [title] absent of a box that is one row
 * @property {readonly Row[]} rows
 * @property {number} x
 * @property {number} y
 * @property {number} height
 *
 * @typedef {object} Cluster An account, or what stands in the place of one.
 * @property {string} id
 * @property {Side} side
 * @property {string} title
 * @property {boolean} isOpen
 * @property {Box[]} boxes
 * @property {number} x
 * @property {number} y
 * @property {number} height
 *
 * @typedef {object} Line All access of one row to another.
 * @property {Row} from
 * @property {Row} to
 * @property {number[]} edges indexes of the edges of the data
 * @property {string[]} can every capability among them
 * @property {AccessData['certainty']} certainty the surest among them
 *
 * @typedef {object} Join What joins rows: the edges seen, and the row that each principal and key is in or folded into.
 * @property {readonly number[]} edges
 * @property {ReadonlyMap<number, Row>} principals
 * @property {ReadonlyMap<number, Row>} keys
 *
 * @typedef {object} Scene
 * @property {readonly Cluster[]} clusters
 * @property {readonly Line[]} lines bundled: to a box of many rows there is one from each principal
 * @property {Join} join
 * @property {{ keys: number, principals: number, edges: number }} counts what is seen, folded or not
 * @property {number} width
 * @property {number} height
 */

export const sizes = { row: 26, head: 28, width: 270, pad: 12, gap: 16, mostGap: 60, between: 340, margin: 24 };

export const allKinds = ['role', 'user', 'group', 'account', 'service', 'organization', 'anyone'];

/** @type {readonly AccessData['certainty'][]} */
export const certainties = ['allowed', 'depends', 'shared', 'trust'];

/** @returns {View} */
export function everything() {
  return { text: '', account: '', can: '', kinds: allKinds, trust: false, open: new Map(), limit: 44 };
}

/**
 * @param {GraphData} data
 * @param {View} view
 * @param {typeof import('@dagrejs/dagre').default} dagre
 * @returns {Scene}
 */
export function sceneOf(data, view, dagre) {
  const seen = select(data, view);
  const principals = side('principal', data.principals, seen.principals, view);
  const keys = side('key', data.keys, seen.keys, view);
  const join = { edges: seen.edges, principals: rowsByMember(principals), keys: rowsByMember(keys) };
  const clusters = [...principals, ...keys];
  const heads = headsOf(clusters);
  /** @param {ReadonlyMap<number, Row>} rows */
  const bundled = (rows) => new Map([...rows].map(([member, row]) => [member, heads.get(row) ?? row]));
  const lines = joinRows(data, { ...join, principals: bundled(join.principals), keys: bundled(join.keys) }, view);
  const counts = { keys: seen.keys.length, principals: seen.principals.length, edges: seen.edges.length };
  const { width, height } = place(clusters, lines, dagre);
  for (const head of new Set(heads.values())) moveToBox(head, clusters);
  return { clusters, lines, join, counts, width, height };
}

/** With more rows than this the lines to each would be an area of colour. */
const mostUnbundled = 12;

/**
 * The titles that stand for rows as an end of lines.
 *
 * @param {readonly Cluster[]} clusters
 * @returns {Map<Row, Row>}
 */
function headsOf(clusters) {
  const boxes = clusters.flatMap((cluster) => cluster.boxes).filter(({ rows }) => rows.length > mostUnbundled);
  return new Map(
    boxes.flatMap(({ id, side, title = '', rows }) => {
      const members = rows.flatMap((row) => row.members);
      const head = { id, side, label: title, detail: count(members.length, side), members, x: 0, y: 0 };
      return rows.map((row) => /** @type {const} */ ([row, head]));
    }),
  );
}

/**
 * @param {Row} head
 * @param {readonly Cluster[]} clusters
 */
function moveToBox(head, clusters) {
  const box = clusters.flatMap(({ boxes }) => boxes).find(({ id }) => id === head.id);
  if (box === undefined) return;
  head.x = box.x;
  head.y = box.y;
}

/**
 * The lines of one row, each to the very row at its other end.
 *
 * @param {GraphData} data
 * @param {View} view
 * @param {Scene} scene
 * @param {Row} row
 */
export function linesOfRow(data, view, { join }, row) {
  const edges = join.edges.filter((index) => {
    const edge = data.edges[index];
    return edge !== undefined && row.members.includes(row.side === 'key' ? edge.key : edge.principal);
  });
  return joinRows(data, { ...join, edges }, view);
}

/**
 * The access that an edge has in a view.
 *
 * @param {import('./data.ts').EdgeData} edge
 * @param {View} view
 */
export function accessSeen(edge, view) {
  return edge.access.filter(
    ({ can, certainty }) => (view.can === '' || view.can === can) && (view.trust || certainty !== 'trust'),
  );
}

/**
 * @param {GraphData} data
 * @param {View} view
 */
function select(data, view) {
  const wanted = view.text.trim().toLowerCase();
  /** @param {import('./data.ts').KeyData | import('./data.ts').PrincipalData} of */
  const hasText = (of) =>
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

/**
 * The clusters of a side, with whatever is folded.
 *
 * @param {Side} which
 * @param {readonly (import('./data.ts').KeyData | import('./data.ts').PrincipalData)[]} all
 * @param {readonly number[]} members
 * @param {View} view
 * @returns {Cluster[]}
 */
function side(which, all, members, view) {
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

/**
 * @param {Side} which
 * @param {string} id
 * @param {string} home
 * @param {readonly number[]} members
 * @param {readonly (import('./data.ts').KeyData | import('./data.ts').PrincipalData)[]} all
 * @param {View} view
 * @param {number} depth
 * @returns {Box}
 */
function boxOf(which, id, home, members, all, view, depth) {
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

/**
 * @param {Side} which
 * @param {string} id
 * @param {readonly number[]} members
 */
function rowBase(which, id, members) {
  return { id, side: which, members, x: 0, y: 0 };
}

/**
 * @param {Row} row
 * @returns {Box}
 */
function alone(row) {
  return { id: row.id, side: row.side, rows: [row], x: 0, y: 0, height: sizes.row };
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => string} nameOf
 * @returns {Map<string, T[]>}
 */
function groupBy(items, nameOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** @param {readonly Cluster[]} clusters */
function rowsByMember(clusters) {
  const rows = clusters.flatMap(({ boxes }) => boxes.flatMap((box) => box.rows));
  return new Map(rows.flatMap((row) => row.members.map((member) => /** @type {const} */ ([member, row]))));
}

/**
 * @param {GraphData} data
 * @param {Join} join
 * @param {View} view
 * @returns {Line[]}
 */
function joinRows(data, { edges, principals, keys }, view) {
  /** @type {Map<string, Line>} */
  const lines = new Map();
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
 *
 * @param {readonly Cluster[]} clusters
 * @param {readonly Line[]} lines
 * @param {typeof import('@dagrejs/dagre').default} dagre
 */
function place(clusters, lines, dagre) {
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', ranksep: sizes.between, nodesep: sizes.gap, edgesep: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  /** @type {Map<string, Box>} */
  const boxOfRow = new Map();
  for (const cluster of clusters) {
    graph.setNode(cluster.id, { width: 0, height: 0 });
    for (const box of cluster.boxes) {
      const id = `box ${box.id}`;
      graph.setNode(id, { width: sizes.width, height: box.height });
      graph.setParent(id, cluster.id);
      for (const row of [box, ...box.rows]) boxOfRow.set(row.id, box);
    }
  }
  /** @type {Map<string, { from: string, to: string, weight: number }>} */
  const joints = new Map();
  for (const { from, to, edges } of lines) {
    const ends = { from: `box ${boxOfRow.get(from.id)?.id}`, to: `box ${boxOfRow.get(to.id)?.id}` };
    const id = `${ends.from} ${ends.to}`;
    joints.set(id, { ...ends, weight: (joints.get(id)?.weight ?? 0) + edges.length });
  }
  for (const { from, to, weight } of joints.values()) graph.setEdge(from, to, { weight });
  dagre.layout(graph);

  let height = 0;
  for (const which of /** @type {const} */ (['principal', 'key'])) {
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
 * Puts the clusters of a side below each other: near to where the library wants each, with room for titles and without holes.
 *
 * @param {readonly Cluster[]} clusters
 * @param {number} x
 * @param {import('@dagrejs/dagre').Graph} graph
 */
function stack(clusters, x, graph) {
  /** @param {Box} box */
  const wanted = (box) => {
    const node = graph.node(`box ${box.id}`);
    return node.y - box.height / 2;
  };
  /** @param {Cluster} cluster */
  const top = (cluster) => Math.min(...cluster.boxes.map(wanted)) - sizes.head;
  let y = sizes.margin;
  /** @param {number} at */
  const notBefore = (at) => Math.min(Math.max(y, at), y + sizes.mostGap);
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
