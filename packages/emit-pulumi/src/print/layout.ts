import { displayWidth } from './width.ts';

/**
 * Documents: text with points where lines may break. The algorithm is that of Wadler's "A prettier printer", as Prettier implements it,
 * reduced to what this emitter needs. The result equals Prettier's.
 */
export type Doc = string | Concat | Indent | Line | Group | Alternatives | IfBroken | IndentIfBroken | Repeated;

/** A document on one line. Kept with each document, because most documents are printed flat or measured. */
interface Flat {
  readonly text: string;
  /** The width in columns. */
  readonly width: number;
}

/** `flat` is `undefined` if a line inside certainly breaks. Every group around it then breaks too. */
interface Concat {
  readonly kind: 'concat';
  readonly parts: readonly Doc[];
  readonly flat: Flat | undefined;
}

interface Indent {
  readonly kind: 'indent';
  readonly contents: Doc;
  readonly flat: Flat | undefined;
}

/** A new line in a broken group; a space or nothing in a flat group. */
interface Line {
  readonly kind: 'line';
  readonly flat: Flat;
}

/** Printed flat if it fits. Otherwise, all lines directly in it break. */
export interface Group {
  readonly kind: 'group';
  readonly contents: Doc;
  readonly flat: Flat | undefined;
}

/**
 * The first state that fits is printed. If none fits, the last state is printed broken. Only the first state may contain a line that
 * certainly breaks.
 */
interface Alternatives {
  readonly kind: 'alternatives';
  readonly states: readonly Doc[];
  readonly flat: Flat | undefined;
}

/** Text that is printed only if the group around it is broken. */
interface IfBroken {
  readonly kind: 'ifBroken';
  readonly text: string;
  readonly flat: Flat;
}

/** Contents that are indented only if another group, printed earlier, is broken. */
interface IndentIfBroken {
  readonly kind: 'indentIfBroken';
  readonly contents: Doc;
  readonly group: Group;
  readonly flat: Flat | undefined;
}

/**
 * A group whose text is computed once for each indentation, and then reused. It breaks after its first character and before its last
 * character, so the text around the group has no influence.
 */
interface Repeated {
  readonly kind: 'repeated';
  readonly group: Group;
  /** The printed group, by indentation. */
  readonly texts: Map<number, string>;
  readonly flat: undefined;
}

const nothing: Flat = { text: '', width: 0 };

/** A line break or a space. */
export const line: Line = { kind: 'line', flat: { text: ' ', width: 1 } };

/** A line break or nothing. */
export const softline: Line = { kind: 'line', flat: nothing };

/** Whether a line inside certainly breaks. */
export function breaks(doc: Doc): boolean {
  return typeof doc !== 'string' && doc.flat === undefined;
}

export function concat(...parts: readonly Doc[]): Concat {
  return { kind: 'concat', parts, flat: flatConcat(parts) };
}

export function indent(contents: Doc): Indent {
  return { kind: 'indent', contents, flat: flatOf(contents) };
}

export function group(contents: Doc, forced = false): Group {
  return { kind: 'group', contents, flat: forced ? undefined : flatOf(contents) };
}

export function alternatives(first: Doc, ...others: readonly Doc[]): Alternatives {
  return { kind: 'alternatives', states: [first, ...others], flat: flatOf(first) };
}

export function ifBroken(text: string): IfBroken {
  return { kind: 'ifBroken', text, flat: nothing };
}

export function indentIfBroken(contents: Doc, other: Group): IndentIfBroken {
  return { kind: 'indentIfBroken', contents, group: other, flat: flatOf(contents) };
}

/** An object or a list that occurs many times. If it breaks, its text is computed only once for each indentation, and then reused. */
export function repeatedDoc(doc: Doc): Doc {
  if (typeof doc === 'string' || doc.kind !== 'group' || doc.flat !== undefined) return doc;
  return { kind: 'repeated', group: doc, texts: new Map(), flat: undefined };
}

export function join(separator: Doc, parts: readonly Doc[]): Concat {
  const joined: Doc[] = [];
  for (const part of parts) {
    if (joined.length > 0) joined.push(separator);
    joined.push(part);
  }
  return { kind: 'concat', parts: joined, flat: flatConcat(joined) };
}

function flatOf(doc: Doc): Flat | undefined {
  return typeof doc === 'string' ? { text: doc, width: displayWidth(doc) } : doc.flat;
}

function flatConcat(parts: readonly Doc[]): Flat | undefined {
  let text = '';
  let width = 0;
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      width += displayWidth(part);
      continue;
    }
    if (part.flat === undefined) return undefined;
    text += part.flat.text;
    width += part.flat.width;
  }
  return { text, width };
}

interface Frame {
  readonly parts: readonly Doc[];
  next: number;
  readonly indentation: number;
  readonly broken: boolean;
}

const printWidth = 80;
const indentWidth = 2;

/** Prints a document that starts a line. Lines have at most 80 columns where that is possible. */
export function printDoc(doc: Doc, indentation = 0): string {
  let out = '';
  const brokenGroups = new Set<Group>();
  const stack: Frame[] = [];
  let column = indentation;

  const printFlat = ({ text, width }: Flat) => {
    out += text;
    column += width;
  };
  const print = (doc: Doc, indentation: number, broken: boolean) => {
    const flat = broken && typeof doc !== 'string' ? undefined : flatOf(doc);
    if (flat !== undefined) printFlat(flat);
    else
      stack.push({
        parts: typeof doc !== 'string' && doc.kind === 'concat' ? doc.parts : [doc],
        next: 0,
        indentation,
        broken,
      });
  };
  const fits = (doc: Doc) => fitsInLine(doc, stack, printWidth - column);

  print(doc, indentation, true);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const doc = frame.parts[frame.next];
    frame.next += 1;
    if (doc === undefined) {
      stack.pop();
      continue;
    }
    const { indentation, broken } = frame;
    if (typeof doc === 'string') {
      print(doc, indentation, broken);
      continue;
    }
    switch (doc.kind) {
      case 'concat':
        print(doc, indentation, broken);
        break;
      case 'indent':
        print(doc.contents, indentation + indentWidth, broken);
        break;
      case 'line':
        if (broken) {
          out += `\n${' '.repeat(indentation)}`;
          column = indentation;
        } else printFlat(doc.flat);
        break;
      case 'group':
        if (doc.flat !== undefined && (!broken || fits(doc))) printFlat(doc.flat);
        else {
          brokenGroups.add(doc);
          print(doc.contents, indentation, true);
        }
        break;
      case 'alternatives': {
        // To try a state, undecided groups are printed flat. Groups that certainly break stay broken.
        const fitting = doc.states.find(fits);
        if (fitting !== undefined) print(fitting, indentation, false);
        else print(doc.states.at(-1) ?? '', indentation, true);
        break;
      }
      case 'ifBroken':
        if (broken) print(doc.text, indentation, broken);
        break;
      case 'indentIfBroken': {
        const deeper = brokenGroups.has(doc.group) ? indentWidth : 0;
        print(doc.contents, indentation + deeper, broken);
        break;
      }
      case 'repeated': {
        const text = doc.texts.get(indentation) ?? printDoc(doc.group, indentation);
        doc.texts.set(indentation, text);
        out += text;
        column = indentation + 1;
        break;
      }
    }
  }
  return out;
}

/**
 * Whether a flat document fits into the rest of the line, together with the text after it. `following` counts only up to the first point
 * where the line ends or may end.
 */
function fitsInLine(doc: Doc, following: readonly Frame[], width: number): boolean {
  let remaining = width;
  const hasNoRoomFor = (width: number): boolean => {
    remaining -= width;
    return remaining < 0;
  };
  /** Whether the line has ended, or has no room left. */
  const isOver = (doc: Doc, broken: boolean): boolean => {
    if (typeof doc === 'string') return hasNoRoomFor(displayWidth(doc));
    if (!broken && doc.flat !== undefined) return hasNoRoomFor(doc.flat.width);
    switch (doc.kind) {
      case 'concat':
        return doc.parts.some((part) => isOver(part, broken));
      case 'indent':
      case 'indentIfBroken':
        return isOver(doc.contents, broken);
      case 'line':
        return true;
      case 'group':
        return isOver(doc.contents, true);
      case 'repeated':
        return isOver(doc.group, true);
      case 'alternatives':
        return isOver((broken ? doc.states.at(-1) : doc.states[0]) ?? '', broken);
      case 'ifBroken':
        return hasNoRoomFor(displayWidth(doc.text));
    }
  };
  if (remaining < 0) return false;
  if (isOver(doc, false)) return remaining >= 0;
  for (let index = following.length - 1; index >= 0; index -= 1) {
    const frame = following[index];
    if (frame === undefined) continue;
    for (let next = frame.next; next < frame.parts.length; next += 1) {
      if (isOver(frame.parts[next] ?? '', frame.broken)) return remaining >= 0;
    }
  }
  return true;
}
