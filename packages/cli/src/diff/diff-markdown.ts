import { visible } from '@keywright/core/source/visible';
import type { Change } from '@keywright/migrate';
import type { Io } from '../io.ts';
import { type ChangeLine, type ChangeText, describeChange, headings, ranks, summary } from './diff-words.ts';
import { type Sides, shownLocations } from './open-side.ts';
import type { PrincipalNames } from './principal-names.ts';

/** A list shows this many entries. The rest is collapsed. */
const mostOpen = 10;

/** The longest comment, in characters. GitHub accepts 65,536. */
const longest = 60_000;

/** Prints the differences as a comment on a pull request. */
export function markdown(changes: readonly Change[], sides: Sides, names: PrincipalNames, io: Io): string {
  const title = '### Changes to keys';
  if (changes.length === 0) return `${title}\n\nNone: access and properties stay the same.\n`;
  const blocks = ranks.flatMap((rank) => {
    const ranked = changes.filter((change) => change.rank === rank);
    return ranked.length === 0 ? [] : [block(rank, ranked, sides, names, io)];
  });
  return shortened(`${[title, summary(changes), ...blocks].join('\n\n')}\n`);
}

function block(rank: Change['rank'], changes: readonly Change[], sides: Sides, names: PrincipalNames, io: Io): string {
  const texts = changes.map((change) => describeChange(change, names));
  const heading = rank === 'loss' ? `> [!CAUTION]\n> ${headings[rank]}` : `#### ${headings[rank]}`;
  if (texts.length <= mostOpen && rank !== 'property') return `${heading}\n\n${list(texts, sides, io)}`;
  const open = rank === 'property' ? [] : texts.slice(0, mostOpen);
  const folded = texts.slice(open.length);
  const count = `${folded.length} ${folded.length === 1 ? 'difference' : 'differences'}`;
  const label = open.length === 0 ? count : `${folded.length} more`;
  const details = `<details><summary>${label}</summary>\n\n${list(folded, sides, io)}\n\n</details>`;
  return [heading, ...(open.length === 0 ? [] : [list(open, sides, io)]), details].join('\n\n');
}

const icons = { '!': '🔴', '-': '➖', '+': '➕', '~': '🔸' } as const;

/**
 * Prints sentences, each followed by the lines that explain it. Consecutive sentences can share an explanation, as when one changed line of
 * YAML changes what a dozen principals can do. Then the explanation follows the last of these sentences and gives their number.
 */
function list(texts: readonly ChangeText[], sides: Sides, io: Io): string {
  const linesOf = ({ lines }: ChangeText) =>
    lines.map((line) => `\n  <br><sub>${lineText(line, sides, io)}</sub>`).join('');
  const reasons = texts.map(linesOf);
  let same = 0;
  const items = texts.map(({ sign, sentence }, index) => {
    const reason = reasons[index] ?? '';
    same = index > 0 && reasons[index - 1] === reason ? same + 1 : 1;
    const bullet = `- ${icons[sign]} ${escaped(sentence)}`;
    if (reason === '' || reasons[index + 1] === reason) return bullet;
    return `${bullet}${same === 1 ? '' : `\n  <br><sub>these ${same}, because:</sub>`}${reason}`;
  });
  return items.join('\n');
}

function lineText(line: ChangeLine, sides: Sides, io: Io): string {
  const locations = `<code>${escaped(shownLocations(sides[line.side], line, io))}</code>`;
  const label = line.side === 'before' ? 'before' : 'now';
  return [label, locations, escaped(line.text)].filter((part) => part !== '').join(' ');
}

/** Escapes Markdown, HTML and mentions. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]#|~]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll('@', '&#64;')
    .replaceAll(/:\/\//g, '&#58;//');
}

function shortened(text: string): string {
  if (text.length <= longest) return text;
  const end = text.lastIndexOf('\n- ', longest);
  const open = text.slice(0, end);
  const isFolded = open.lastIndexOf('<details>') > open.lastIndexOf('</details>');
  return `${open}${isFolded ? '\n\n</details>' : ''}\n\nToo long for a comment: \`keywright diff\` prints all of it.\n`;
}
