import { visible } from '@keywright/core/source/visible';

/** A source line as it is displayed, with the columns that the caret marks. */
export interface ShownLine {
  readonly text: string;
  /** The first display column of the mark, from 0, and the width of the mark. */
  readonly from: number;
  readonly width: number;
}

/** The width of a tab, in display columns. */
const tabWidth = 4;
/** The longest line that is shown, in display columns. A policy may be a single line of 30,000. */
const widest = 120;

/**
 * The text that is laid out before and after the start of the mark, in UTF-16 code units. With this limit, a huge line costs no more than a
 * long one.
 */
const reach = 1000;

type WidthOf = (cluster: string) => number;

/**
 * Lays out a source line for a terminal: tabs become spaces, invisible characters are escaped, wide characters count twice, and a long line
 * is cut around the mark. `start` and `end` are UTF-16 offsets from 0.
 */
export async function showLine(whole: string, start: number, end: number): Promise<ShownLine> {
  const skipped = Math.max(0, start - reach);
  const line = whole.slice(skipped, start + reach);
  return cutAround(line, start - skipped, end - skipped, skipped > 0, skipped + line.length < whole.length);
}

async function cutAround(
  line: string,
  start: number,
  end: number,
  moreBefore: boolean,
  moreAfter: boolean,
): Promise<ShownLine> {
  const widthOf = /^[\t\u0020-\u007e]*$/.test(line) ? ascii : await displayWidth();
  let text = '';
  let column = 0;
  let from: number | undefined;
  let to: number | undefined;
  // Where each cluster starts, so that the line can be cut between clusters.
  const cuts: { readonly index: number; readonly column: number }[] = [];
  for (const [offset, cluster] of clusters(line, widthOf)) {
    if (from === undefined && offset + cluster.length > start) from = column;
    if (to === undefined && offset >= end) to = column;
    cuts.push({ index: text.length, column });
    const shown = cluster === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(cluster);
    text += shown;
    column += widthOf(shown);
  }
  from ??= column;
  to ??= column;
  const width = Math.max(1, to - from);
  if (column <= widest && !moreBefore && !moreAfter) return { text: text.trimEnd(), from, width };

  // The mark starts at a third of the width, so that the text around it is visible too.
  const first = Math.max(0, Math.min(from - Math.floor(widest / 3), column - widest));
  const left = cuts.find((cut) => cut.column >= first) ?? { index: 0, column: 0 };
  const right = cuts.find((cut) => cut.column >= left.column + widest) ?? { index: text.length, column };
  const before = moreBefore || left.index > 0 ? '…' : '';
  const after = moreAfter || right.index < text.length ? '…' : '';
  return {
    text: before + text.slice(left.index, right.index).trimEnd() + after,
    from: from - left.column + before.length,
    width: Math.max(1, Math.min(width, right.column - from)),
  };
}

function* clusters(line: string, widthOf: WidthOf): Generator<readonly [number, string]> {
  if (widthOf === ascii) {
    for (let offset = 0; offset < line.length; offset++) yield [offset, line.charAt(offset)];
    return;
  }
  for (const { index, segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    yield [index, segment];
  }
}

function ascii(cluster: string): number {
  return cluster.length;
}

/** Loaded only for a line with characters beyond ASCII. */
async function displayWidth(): Promise<WidthOf> {
  const { default: stringWidth } = await import('string-width');
  return (cluster) => stringWidth(cluster);
}
