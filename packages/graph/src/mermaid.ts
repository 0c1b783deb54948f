/** Draws the access as a Mermaid flowchart, which GitHub and others show in a README. */
import { groupBy } from '@keywright/core/collections/group-by';
import type { GraphData } from './data.ts';
import { marks } from './mark.ts';
import type { Member, ShownEdge } from './member.ts';
import { shownIn } from './shown.ts';
import { everything } from './view.ts';

/** With more nodes than this, Mermaid's drawings are illegible. */
const mostNodes = 40;

export function graphMermaid(data: GraphData): string {
  const { principals, keys, edges } = shownIn(data, everything(data));
  const isFolded = keys.length + principals.length > mostNodes;
  const sides = [side('p', principals, isFolded), side('k', keys, isFolded)] as const;
  const lines = [
    'flowchart LR',
    `  ${marks.mermaid}`,
    ...sides.flatMap(({ lines }) => lines),
    ...links(edges, sides[0].nodes, sides[1].nodes),
  ];
  if (isFolded) {
    const counts = `${keys.length} keys and ${principals.length} principals`;
    lines.push(
      `  note["${text(`${counts} are too many to draw here, so they are folded into their stacks. keywright graph --out keys.html shows all.`)}"]`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function side(
  prefix: 'p' | 'k',
  all: readonly Member[],
  isFolded: boolean,
): { readonly lines: readonly string[]; readonly nodes: ReadonlyMap<number, string> } {
  const accounts = groupBy([...all.keys()], (member) => all[member]?.cluster ?? '');
  const lines: string[] = [];
  const nodes = new Map<number, string>();
  let groups = 0;
  const open = (indent: string, title: string): void => {
    groups += 1;
    lines.push(`${indent}subgraph ${prefix}g${groups}["${text(title)}"]`);
  };
  const draw = (indent: string, member: number, group: readonly number[], holder = ''): void => {
    const id = `${prefix}${member}`;
    // Keys get rounded nodes, so that the two sides look different.
    const [start, end] = prefix === 'k' ? ['(["', '"])'] : ['["', '"]'];
    lines.push(`${indent}${id}${start}${text(`${holder}${labelOf(member, group, all)}`)}${end}`);
    nodes.set(member, id);
  };
  for (const [account, inAccount] of accounts) {
    open('  ', account);
    for (const [home, group] of groupBy(inAccount, (member) => all[member]?.home ?? '')) {
      const [first = -1] = group;
      if (isFolded && group.length > 1) {
        const noun = prefix === 'k' ? 'keys' : 'principals';
        lines.push(`    ${prefix}${first}["${text(`${home}: ${group.length} ${noun}`)}"]`);
        for (const member of group) nodes.set(member, `${prefix}${first}`);
      } else if (isFolded || all[first]?.isBare === true) {
        const holder = all[first]?.isBare === true ? '' : `${home}: `;
        for (const member of group) draw('    ', member, group, holder);
      } else {
        open('    ', home);
        for (const member of group) draw('      ', member, group);
        lines.push('    end');
      }
    }
    lines.push('  end');
  }
  return { lines, nodes };
}

/**
 * Returns the label of a member. A label may occur more than once: a replica has the name of its key, and a key that differs between
 * environments is drawn several times.
 */
function labelOf(member: number, group: readonly number[], all: readonly Member[]): string {
  const of = all[member];
  if (of === undefined) return '';
  const isUnique = group.every((other) => other === member || all[other]?.label !== of.label);
  return isUnique ? of.label : `${of.label} (${of.detail})`;
}

function links(
  edges: readonly ShownEdge[],
  principals: ReadonlyMap<number, string>,
  keys: ReadonlyMap<number, string>,
): readonly string[] {
  const joined = groupBy(edges, ({ principal, key }) => `${principals.get(principal)} ${keys.get(key)}`);
  return [...joined].map(([id, access]) => {
    const [from, to] = id.split(' ');
    const words = [...new Set(access.flatMap(({ can }) => [...can.keys()]))];
    const shown = words.length > 1 ? words.filter((word) => word !== 'describe') : words;
    // The arrow is dotted if none of the access is certain.
    const isSure = access.some(({ can }) => [...can.values()].includes('allowed'));
    return `  ${from} ${isSure ? '-->' : '-.->'}|"${text(shown.join(', '))}"| ${to}`;
  });
}

/**
 * Escapes a text inside quotes, where Mermaid interprets entities (`#` starts one), HTML and Markdown.
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function text(label: string): string {
  return label.replaceAll(/[^\w .,:@/+=-]/gu, (character) =>
    // Letters of other scripts stay as they are.
    /\p{L}|\p{N}/u.test(character) ? character : `#${character.codePointAt(0)};`,
  );
}
