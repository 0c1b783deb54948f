/** Draws a scene as the inside of an SVG. drawing.css styles it. Every text in the drawing is escaped in this file. */
import { type Box, type Cluster, type Line, type Row, type Scene, sizes } from './scene.ts';

/** The maximum number of labels. More would only cover each other. */
export const mostLabels = 40;

/** Draws a scene. `isLive` says whether the drawing can be clicked. */
export function draw({ clusters, lines }: Scene, isLive: boolean): string {
  const boxes = clusters.flatMap((cluster) => cluster.boxes);
  return [
    ...clusters.map((cluster) => drawCluster(cluster, isLive)),
    '<g class="lines">',
    ...lines.map((line) => drawLine(line, isLive)),
    '</g>',
    ...boxes.map((box) => drawBox(box, isLive)),
    // The script of the page puts the lines of the selection here.
    ...(isLive ? ['<g class="chosen-lines"></g>'] : []),
    '<g class="labels">',
    ...(lines.length <= mostLabels ? labelsOf(lines, isLive) : []),
    '</g>',
  ].join('\n');
}

function button(attributes: Readonly<Record<string, string | boolean | undefined>>) {
  const allAttributes = Object.entries({ tabindex: '0', role: 'button', ...attributes });
  return allAttributes
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeMarkup(String(value))}"`))
    .join('');
}

function drawCluster({ id, title, isOpen, x, y, height }: Cluster, isLive: boolean) {
  const width = sizes.width + 2 * sizes.pad;
  const live = isLive ? button({ 'data-group': id, 'aria-expanded': isOpen }) : '';
  return `<g class="cluster"${live}><title>${escapeMarkup(title)}</title>
<rect x="${x}" y="${round(y)}" width="${width}" height="${round(height)}" rx="10"/>
<text x="${x + sizes.pad}" y="${round(y + 19)}">${isLive ? (isOpen ? '▾ ' : '▸ ') : ''}${escapeMarkup(fit(title, width - 40))}</text></g>`;
}

function drawBox({ id, title, rows, x, y, height }: Box, isLive: boolean) {
  const frame = `<rect class="frame" x="${x}" y="${round(y)}" width="${sizes.width}" height="${height}" rx="6"/>`;
  const live = isLive ? button({ 'data-group': id, 'aria-expanded': true }) : '';
  const head =
    title === undefined
      ? ''
      : `<g class="head"${live}><title>${escapeMarkup(title)}</title>
<rect x="${x}" y="${round(y)}" width="${sizes.width}" height="${sizes.head}" rx="6"/>
<text x="${x + 10}" y="${round(y + 19)}">${isLive ? '▾ ' : ''}${escapeMarkup(fit(title, sizes.width - 40))}</text></g>`;
  return `<g class="box">${frame}${head}\n${rows.map((row) => drawRow(row, isLive)).join('\n')}</g>`;
}

function drawRow({ id, side, label, detail, group, x, y }: Row, isLive: boolean) {
  const fold = group === undefined ? {} : { 'data-group': group, 'aria-expanded': false };
  const space = sizes.width - 34 - widthOf(detail) * 0.9;
  return `<g class="row ${side}"${isLive ? button({ 'data-row': id, ...fold }) : ''}>
<title>${escapeMarkup(`${label} (${detail})`)}</title><rect x="${x}" y="${round(y)}" width="${sizes.width}" height="${sizes.row}" rx="4"/>
<text class="label" x="${x + 10}" y="${round(y + 17)}">${isLive && group !== undefined ? '▸ ' : ''}${escapeMarkup(fit(label, space))}</text>
<text class="detail" x="${x + sizes.width - 10}" y="${round(y + 17)}">${escapeMarkup(detail)}</text></g>`;
}

export function drawLine(line: Line, isLive: boolean) {
  const { from, to, pairs, certainty } = line;
  const path = pathOf(line);
  const width = 1.2 + Math.min(4, Math.log2(pairs) * 0.7);
  const ends = isLive ? endsOf(line) : '';
  const hit = isLive ? `<path class="hit" d="${path}"/>` : '';
  const title = `${from.label} → ${to.label}: ${line.can.join(', ')}${pairs > 1 ? ` (${pairs} pairs)` : ''}`;
  return `<g class="line ${kindOf(line)} ${certainty}"${ends}><title>${escapeMarkup(title)}</title>
${hit}<path class="stroke" d="${path}" stroke-width="${round(width)}"/></g>`;
}

function endsOf({ from, to }: Line) {
  return ` data-from="${escapeMarkup(from.id)}" data-to="${escapeMarkup(to.id)}"`;
}

/** Administration is a separate kind, because readers have to notice it. */
export function kindOf({ can }: Pick<Line, 'can'>): 'admin' | 'both' | 'use' | 'see' {
  const isAdmin = can.includes('administer');
  const isUse = can.some((word) => word !== 'administer' && word !== 'describe');
  if (isAdmin) return isUse ? 'both' : 'admin';
  return isUse ? 'use' : 'see';
}

/** The distance of a curve's control points from the ends of the curve, as a fraction of the curve's width. */
const bending = 0.45;

function pathOf({ from, to }: Line) {
  const [x1, y1] = [from.x + sizes.width, from.y + sizes.row / 2];
  const [x2, y2] = [to.x, to.y + sizes.row / 2];
  const bend = (x2 - x1) * bending;
  return `M${x1} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${x2} ${round(y2)}`;
}

/**
 * Returns the labels of lines. A line without room for a label gets none, because a label beside the line would seem to be about another
 * line.
 */
export function labelsOf(lines: readonly Line[], isLive: boolean): readonly string[] {
  const taken: { x: number; y: number; width: number }[] = [];
  return lines.flatMap((line) => {
    const times = line.pairs > 1 ? ` ×${line.pairs}` : '';
    const [first = 'describe', second, ...more] = line.can.filter((word) => word !== 'describe');
    const text = `${first}${second === undefined ? '' : more.length > 0 ? ` +${more.length + 1}` : `, ${second}`}${times}`;
    const width = widthOf(text) * 0.85;
    const spot = spots
      .map((t) => pointOf(line, t))
      .find(({ x, y }) =>
        taken.every((other) => Math.abs(other.y - y) > 12 || Math.abs(other.x - x) > (other.width + width) / 2 + 4),
      );
    if (spot === undefined) return [];
    taken.push({ ...spot, width });
    const ends = isLive ? endsOf(line) : '';
    return [
      `<text class="said ${kindOf(line)}"${ends} x="${round(spot.x)}" y="${round(spot.y + 4)}">${escapeMarkup(text)}</text>`,
    ];
  });
}

/** Positions for a label on a line. Positions nearer to the key come first, because the lines of one principal start at the same point. */
const spots = [0.6, 0.5, 0.68, 0.42, 0.75, 0.35, 0.3];

/** Returns a point of a line. `t` goes from 0 at its start to 1 at its end. */
function pointOf({ from, to }: Line, t: number) {
  const [x1, x2] = [from.x + sizes.width, to.x];
  const bend = (x2 - x1) * bending;
  return { x: bezier(x1, x1 + bend, x2 - bend, x2, t), y: bezier(from.y, from.y, to.y, to.y, t) + sizes.row / 2 };
}

function bezier(start: number, one: number, two: number, end: number, t: number) {
  const u = 1 - t;
  return u * u * u * start + 3 * u * u * t * one + 3 * u * t * t * two + t * t * t * end;
}

/** Shortens a text to a width. The width is estimated, since it cannot be measured. Names differ at their ends, so the middle is cut. */
function fit(text: string, width: number) {
  if (widthOf(text) <= width) return text;
  const letters = [...text];
  const keep = Math.max(2, Math.floor((letters.length * width) / widthOf(text)) - 1);
  const end = Math.floor(keep * 0.45);
  return `${letters.slice(0, keep - end).join('')}…${letters.slice(letters.length - end).join('')}`;
}

function widthOf(text: string) {
  let width = 0;
  for (const letter of text) width += /[ᄀ-￼\u{1f000}-\u{3ffff}]/u.test(letter) ? 13 : 7.7;
  return width;
}

function round(number: number) {
  return Math.round(number * 10) / 10;
}

export function escapeMarkup(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
