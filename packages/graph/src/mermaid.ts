/** The access as a Mermaid flowchart, which GitHub and others draw in a README. */
import type { AccessData, EdgeData, GraphData, KeyData, PrincipalData } from './data.ts';
import { marks } from './mark.ts';

/** With more nodes than this Mermaid's drawings cannot be read. */
const mostNodes = 40;

export function graphMermaid(data: GraphData): string {
  const edges = data.edges.flatMap((edge) => {
    const access = edge.access.filter(({ certainty }) => certainty !== 'trust');
    return access.length === 0 ? [] : [{ ...edge, access }];
  });
  const principals = new Set(edges.map(({ principal }) => principal));
  const isFolded = data.keys.length + principals.size > mostNodes;
  const sides = [
    side('p', data.principals, [...principals], isFolded),
    side('k', data.keys, [...data.keys.keys()], isFolded),
  ] as const;
  const lines = [
    'flowchart LR',
    `  ${marks.mermaid}`,
    ...sides.flatMap(({ lines }) => lines),
    ...links(edges, sides[0].nodes, sides[1].nodes),
  ];
  if (isFolded) {
    const counts = `${data.keys.length} keys and ${principals.size} principals`;
    lines.push(
      `  note["${text(`${counts} are more than fit here: they are folded into their stacks. keywright graph --out keys.html shows all.`)}"]`,
    );
  }
  return `${lines.join('\n')}\n`;
}

type Member = KeyData | PrincipalData;

/** The subgraphs of a side, and the node of each member. */
function side(
  prefix: 'p' | 'k',
  all: readonly Member[],
  members: readonly number[],
  isFolded: boolean,
): { readonly lines: readonly string[]; readonly nodes: ReadonlyMap<number, string> } {
  const accounts = groupBy(
    members.toSorted((one, other) => one - other),
    (member) => all[member]?.account ?? '',
  );
  const lines: string[] = [];
  const nodes = new Map<number, string>();
  let groups = 0;
  const open = (indent: string, title: string): void => {
    groups += 1;
    lines.push(`${indent}subgraph ${prefix}g${groups}["${text(title)}"]`);
  };
  const draw = (indent: string, member: number, own: readonly number[]): void => {
    const id = `${prefix}${member}`;
    // Keys are rounded, so that the two sides look different.
    const [start, end] = prefix === 'k' ? ['(["', '"])'] : ['["', '"]'];
    lines.push(`${indent}${id}${start}${text(labelOf(member, own, all))}${end}`);
    nodes.set(member, id);
  };
  for (const [account, inAccount] of accounts) {
    open('  ', account);
    for (const [home, own] of groupBy(inAccount, (member) => all[member]?.home ?? '')) {
      const [first = -1] = own;
      if (isFolded && own.length > 1) {
        const noun = prefix === 'k' ? 'keys' : 'principals';
        lines.push(`    ${prefix}${first}["${text(`${home}: ${own.length} ${noun}`)}"]`);
        for (const member of own) nodes.set(member, `${prefix}${first}`);
      } else if (isFolded || !hasHome(all[first])) {
        for (const member of own) draw('    ', member, own);
      } else {
        open('    ', home);
        for (const member of own) draw('      ', member, own);
        lines.push('    end');
      }
    }
    lines.push('  end');
  }
  return { lines, nodes };
}

/** What services and organizations are is told by the group that they are in. */
function hasHome(member: Member | undefined): boolean {
  return member === undefined || !('kind' in member) || ['role', 'user', 'group'].includes(member.kind);
}

/** A replica has the name of its key. */
function labelOf(member: number, own: readonly number[], all: readonly Member[]): string {
  const of = all[member];
  if (of === undefined) return '';
  const isUnique = own.every((other) => other === member || all[other]?.name !== of.name);
  return isUnique || !('region' in of) ? of.name : `${of.name} (${of.region})`;
}

function groupBy(
  members: readonly number[],
  nameOf: (member: number) => string,
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const member of members) {
    const name = nameOf(member);
    groups.set(name, [...(groups.get(name) ?? []), member]);
  }
  return groups;
}

function links(
  edges: readonly EdgeData[],
  principals: ReadonlyMap<number, string>,
  keys: ReadonlyMap<number, string>,
): readonly string[] {
  const joined = new Map<string, AccessData[]>();
  for (const { principal, key, access } of edges) {
    const id = `${principals.get(principal)} ${keys.get(key)}`;
    joined.set(id, [...(joined.get(id) ?? []), ...access]);
  }
  return [...joined].map(([id, access]) => {
    const [from, to] = id.split(' ');
    const words = [...new Set(access.map(({ can }) => can))];
    const shown = words.length > 1 ? words.filter((word) => word !== 'describe') : words;
    // Dotted where it is not sure.
    const arrow = access.some(({ certainty }) => certainty === 'allowed') ? '-->' : '-.->';
    return `  ${from} ${arrow}|"${text(shown.join(', '))}"| ${to}`;
  });
}

/**
 * A text inside quotes, where Mermaid reads entities, HTML and Markdown. `#` starts an entity there.
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function text(label: string): string {
  return label.replaceAll(/[^\w .,:@/+=-]/gu, (character) =>
    // Letters of other scripts stay as they are.
    /\p{L}|\p{N}/u.test(character) ? character : `#${character.codePointAt(0)};`,
  );
}
