import { displayWidth } from './width.ts';

/**
 * Documents: text with points at which lines may break. The algorithm is that of Wadler's "A prettier printer", as Prettier implements it,
 * reduced to what this emitter needs. The result equals Prettier's.
 */
export type Doc = string | Concat | Indent | Line | Group | Alternatives | IfBroken | IndentIfBroken;

/** `breaks`: a line inside certainly breaks, so every group around it breaks too. */
interface Concat {
  readonly kind: 'concat';
  readonly parts: readonly Doc[];
  readonly breaks: boolean;
}

interface Indent {
  readonly kind: 'indent';
  readonly contents: Doc;
  readonly breaks: boolean;
}

/** A new line in a broken group; `flat` in a flat group. */
interface Line {
  readonly kind: 'line';
  readonly flat: ' ' | '';
  readonly breaks: false;
}

/** Printed flat if it fits. Otherwise, all lines directly in it break. */
export interface Group {
  readonly kind: 'group';
  readonly contents: Doc;
  readonly breaks: boolean;
}

/**
 * The first state that fits is printed. If none fits, the last state is printed broken. Only the first state may contain a line that
 * certainly breaks.
 */
interface Alternatives {
  readonly kind: 'alternatives';
  readonly states: readonly Doc[];
  readonly breaks: boolean;
}

/** Text that is printed only if the group around it is broken. */
interface IfBroken {
  readonly kind: 'ifBroken';
  readonly text: string;
  readonly breaks: false;
}

/** Contents that are indented only if another group, printed earlier, is broken. */
interface IndentIfBroken {
  readonly kind: 'indentIfBroken';
  readonly contents: Doc;
  readonly group: Group;
  readonly breaks: boolean;
}

/** A line break or a space. */
export const line: Line = { kind: 'line', flat: ' ', breaks: false };

/** A line break or nothing. */
export const softline: Line = { kind: 'line', flat: '', breaks: false };

export function breaks(doc: Doc): boolean {
  return typeof doc !== 'string' && doc.breaks;
}

export function concat(...parts: readonly Doc[]): Concat {
  return { kind: 'concat', parts, breaks: parts.some(breaks) };
}

export function indent(contents: Doc): Indent {
  return { kind: 'indent', contents, breaks: breaks(contents) };
}

export function group(contents: Doc, forced = false): Group {
  return { kind: 'group', contents, breaks: forced || breaks(contents) };
}

export function alternatives(...states: readonly Doc[]): Alternatives {
  return { kind: 'alternatives', states, breaks: breaks(states[0] ?? '') };
}

export function ifBroken(text: string): IfBroken {
  return { kind: 'ifBroken', text, breaks: false };
}

export function indentIfBroken(contents: Doc, other: Group): IndentIfBroken {
  return { kind: 'indentIfBroken', contents, group: other, breaks: breaks(contents) };
}

export function join(separator: Doc, parts: readonly Doc[]): Concat {
  const joined: Doc[] = [];
  for (const part of parts) {
    if (joined.length > 0) joined.push(separator);
    joined.push(part);
  }
  return { kind: 'concat', parts: joined, breaks: joined.some(breaks) };
}

interface Frame {
  readonly parts: readonly Doc[];
  next: number;
  readonly indentation: number;
  readonly broken: boolean;
}

const printWidth = 80;
const indentWidth = 2;

/** Prints a document from the first column on. Lines have at most 80 columns where that is possible. */
export function printDoc(doc: Doc): string {
  let out = '';
  const brokenGroups = new Set<Group>();
  const stack: Frame[] = [{ parts: [doc], next: 0, indentation: 0, broken: true }];
  let column = 0;

  const print = (doc: Doc, indentation: number, broken: boolean) => {
    const parts = typeof doc !== 'string' && doc.kind === 'concat' ? doc.parts : [doc];
    stack.push({ parts, next: 0, indentation, broken });
  };
  const fits = (doc: Doc) => fitsInLine(doc, stack, printWidth - column);

  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const doc = frame.parts[frame.next];
    frame.next += 1;
    if (doc === undefined) {
      stack.pop();
      continue;
    }
    if (typeof doc === 'string') {
      out += doc;
      column += displayWidth(doc);
      continue;
    }
    const { indentation, broken } = frame;
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
        } else {
          out += doc.flat;
          column += doc.flat.length;
        }
        break;
      case 'group':
        if (!doc.breaks && (!broken || fits(doc.contents))) print(doc.contents, indentation, false);
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
    }
  }
  return out;
}

/**
 * Whether a flat document fits into the rest of the line, together with what follows. `following` counts only up to the first place where
 * the line ends or may end.
 */
function fitsInLine(doc: Doc, following: readonly Frame[], width: number): boolean {
  let remaining = width;
  /** Whether the line has ended, or has no room left. */
  const isOver = (doc: Doc, broken: boolean): boolean => {
    if (typeof doc === 'string') {
      remaining -= displayWidth(doc);
      return remaining < 0;
    }
    switch (doc.kind) {
      case 'concat':
        return doc.parts.some((part) => isOver(part, broken));
      case 'indent':
      case 'indentIfBroken':
        return isOver(doc.contents, broken);
      case 'line':
        if (broken) return true;
        remaining -= doc.flat.length;
        return remaining < 0;
      case 'group':
        return isOver(doc.contents, doc.breaks || broken);
      case 'alternatives':
        return isOver((broken ? doc.states.at(-1) : doc.states[0]) ?? '', broken);
      case 'ifBroken':
        return broken && isOver(doc.text, broken);
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
