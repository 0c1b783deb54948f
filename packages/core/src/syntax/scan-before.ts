import { parseEvents, YAMLException } from 'js-yaml';
import type { Range } from './locations.ts';
import { startOfLine } from './start-of-line.ts';

/** A quotation mark, bracket or brace that is open where reading stopped. */
interface Unclosed {
  readonly offset: number;
  readonly sign: string;
}

/** What a scan of a text found before its end. */
interface Scan {
  /** The innermost quotation mark, bracket or brace that is still open. */
  readonly unclosed?: Unclosed;
  /** The text in quotes that ends there, or is followed only by spaces. */
  readonly lastQuoted?: Range;
}

/** Scans the text before the offset where js-yaml stopped, from the last line that starts outside quotes and brackets. */
export function scanBefore(text: string, offset: number): Scan {
  return scan(text, startOutside(text, offset), offset);
}

/**
 * The start of a line before an offset at which neither quotes nor brackets are open. The steps back double, since the whole text before a
 * line is parsed to find out.
 */
function startOutside(text: string, offset: number): number {
  let start = startOfLine(text, offset);
  for (let steps = 1; start > 0 && !isComplete(text.slice(0, start)); steps *= 2) {
    for (let step = 0; step < steps && start > 0; step += 1) start = startOfLine(text, start - 1);
  }
  return start;
}

function isComplete(text: string): boolean {
  try {
    parseEvents(text, {});
    return true;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return false;
  }
}

const skipped = /\s+|(?<=\s|^)#.*/my;
/** What can be on the line of a value before it: dashes, anchors and tags. */
const beforeValue = /-(?=\s)|[&!][^\s,[\]{}]*/y;

/** Scans YAML from a place where neither quotes nor brackets are open. */
function scan(text: string, start: number, end: number): Scan {
  const open: Unclosed[] = [];
  let isBeforeValue = true;
  let lastQuoted: Range | undefined;
  for (let at = start; at < end; ) {
    const space = matchAt(skipped, text, at);
    if (space !== '') {
      if (space.includes('\n') && open.length === 0) isBeforeValue = true;
      at += space.length;
      continue;
    }
    const prefix = isBeforeValue ? matchAt(beforeValue, text, at) : '';
    const sign = text.charAt(at);
    const isQuote = isBeforeValue && (sign === '"' || sign === "'");
    const endOfQuote = isQuote ? endOfQuoted(text, at) : undefined;
    if (isQuote && (endOfQuote === undefined || endOfQuote > end)) return { unclosed: { offset: at, sign } };
    lastQuoted = endOfQuote === undefined ? undefined : { start: at, end: endOfQuote };
    if (sign === ']' || sign === '}') {
      const opening = sign === ']' ? '[' : '{';
      if (open.length > 0 && open.at(-1)?.sign !== opening) break;
      open.pop();
    }
    if (isBeforeValue && (sign === '[' || sign === '{')) open.push({ offset: at, sign });
    else if (prefix === '') isBeforeValue = startsValue(text, at, open.length > 0);
    at = endOfQuote ?? at + Math.max(prefix.length, 1);
  }
  const unclosed = open.at(-1);
  return { ...(unclosed !== undefined && { unclosed }), ...(lastQuoted !== undefined && { lastQuoted }) };
}

/** Whether a value can start after a character. */
function startsValue(text: string, at: number, isInBrackets: boolean): boolean {
  if (text[at] === ',') return isInBrackets;
  return (
    text[at] === ':' && (/^[\s]?$/.test(text.charAt(at + 1)) || (isInBrackets && /["'[{]/.test(text.charAt(at + 1))))
  );
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The offset after the closing quotation mark of a text in quotes; `undefined` if it has none. */
function endOfQuoted(text: string, start: number): number | undefined {
  const signs = text[start] === '"' ? /\\[\s\S]|"/g : /''|'/g;
  signs.lastIndex = start + 1;
  for (let match = signs.exec(text); match !== null; match = signs.exec(text)) {
    if (match[0] === text[start]) return signs.lastIndex;
  }
  return undefined;
}
