import { displayWidth } from './width.ts';

/**
 * Documents: text with places where a line may break. The algorithm is Wadler's "A prettier printer" in the form that
 * Prettier gave it, reduced to what this emitter needs, so that the result is what Prettier would make of it.
 */
export type Doc = string | Concat | Indent | Line | Group | Alternatives | IfBroken | IndentIfBroken | Block;

/** `breaks` says that a line is certain to break inside, so that every group around it breaks. */
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

/** In a broken group a new line; in a flat one `flat`. */
interface Line {
  readonly kind: 'line';
  readonly flat: ' ' | '';
  readonly breaks: false;
}

/** Flat if it fits, else all its own lines break. */
export interface Group {
  readonly kind: 'group';
  readonly contents: Doc;
  readonly breaks: boolean;
}

/** The first of its states that fits; if none does, the last, broken. Only the first can be sure to break. */
interface Alternatives {
  readonly kind: 'alternatives';
  readonly states: readonly Doc[];
  readonly breaks: boolean;
}

/** Text that is only there when the group around it is broken. */
interface IfBroken {
  readonly kind: 'ifBroken';
  readonly text: string;
  readonly breaks: false;
}

/** Contents that are indented when another group, printed before, is broken. */
interface IndentIfBroken {
  readonly kind: 'indentIfBroken';
  readonly contents: Doc;
  readonly group: Group;
  readonly breaks: boolean;
}

/** Contents that break and end on a line of their own with a bracket, so that they look the same wherever they stand. */
interface Block {
  readonly kind: 'block';
  readonly contents: Doc;
  readonly breaks: true;
  /** What was printed of it, by its indentation. */
  readonly printed: Map<number, string>;
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

export function block(contents: Doc): Block {
  return { kind: 'block', contents, breaks: true, printed: new Map() };
}

/** The parts with a separator between them. */
export function join(separator: Doc, parts: readonly Doc[]): Concat {
  const joined: Doc[] = [];
  for (const part of parts) {
    if (joined.length > 0) joined.push(separator);
    joined.push(part);
  }
  return { kind: 'concat', parts: joined, breaks: joined.some(breaks) };
}

interface Command {
  readonly doc: Doc;
  readonly indentation: number;
  readonly broken: boolean;
}

const printWidth = 80;
const indentWidth = 2;

/** The text of a document that starts at the first column, in lines of 80 columns where they can be had. */
export function printDoc(doc: Doc): string {
  return printAt(doc, 0);
}

/** The text of a document that starts in a line with this indentation. */
function printAt(doc: Doc, start: number): string {
  const out: string[] = [];
  const brokenGroups = new Set<Group>();
  const stack: Command[] = [{ doc, indentation: start, broken: true }];
  let column = start;

  const fits = (next: Command) => fitsInLine(next, stack, printWidth - column);

  for (let command = stack.pop(); command !== undefined; command = stack.pop()) {
    const { doc, indentation, broken } = command;
    if (typeof doc === 'string') {
      out.push(doc);
      column += displayWidth(doc);
      continue;
    }
    switch (doc.kind) {
      case 'concat':
        for (let index = doc.parts.length - 1; index >= 0; index -= 1) {
          stack.push({ doc: doc.parts[index] ?? '', indentation, broken });
        }
        break;
      case 'indent':
        stack.push({ doc: doc.contents, indentation: indentation + indentWidth, broken });
        break;
      case 'line':
        if (broken) {
          out.push(`\n${' '.repeat(indentation)}`);
          column = indentation;
        } else {
          out.push(doc.flat);
          column += doc.flat.length;
        }
        break;
      case 'group': {
        const flat = { doc: doc.contents, indentation, broken: false };
        if (!doc.breaks && (!broken || fits(flat))) {
          stack.push(flat);
        } else {
          brokenGroups.add(doc);
          stack.push({ doc: doc.contents, indentation, broken: true });
        }
        break;
      }
      case 'alternatives': {
        // A state is tried with its undecided groups flat; those that are sure to break stay broken.
        const fitting = doc.states.find((state) => fits({ doc: state, indentation, broken: false }));
        if (fitting !== undefined) stack.push({ doc: fitting, indentation, broken: false });
        else stack.push({ doc: doc.states.at(-1) ?? '', indentation, broken: true });
        break;
      }
      case 'ifBroken':
        if (broken) stack.push({ doc: doc.text, indentation, broken });
        break;
      case 'block': {
        const text = doc.printed.get(indentation) ?? printAt(doc.contents, indentation);
        doc.printed.set(indentation, text);
        out.push(text);
        column = indentation + 1;
        break;
      }
      case 'indentIfBroken': {
        const deeper = brokenGroups.has(doc.group) ? indentWidth : 0;
        stack.push({ doc: doc.contents, indentation: indentation + deeper, broken });
        break;
      }
    }
  }
  return out.join('');
}

/** Whether what comes next fits in the rest of the line, up to the first place where the line is sure to or can end. */
function fitsInLine(next: Command, following: readonly Command[], width: number): boolean {
  const stack: Pick<Command, 'doc' | 'broken'>[] = [next];
  let remaining = width;
  let unread = following.length;
  while (remaining >= 0) {
    const command = stack.pop();
    if (command === undefined) {
      unread -= 1;
      const more = following[unread];
      if (more === undefined) return true;
      stack.push(more);
      continue;
    }
    const { doc } = command;
    if (typeof doc === 'string') {
      remaining -= displayWidth(doc);
      continue;
    }
    switch (doc.kind) {
      case 'concat':
        for (let index = doc.parts.length - 1; index >= 0; index -= 1) {
          stack.push({ doc: doc.parts[index] ?? '', broken: command.broken });
        }
        break;
      case 'indent':
      case 'indentIfBroken':
        stack.push({ doc: doc.contents, broken: command.broken });
        break;
      case 'line':
        if (command.broken) return true;
        remaining -= doc.flat.length;
        break;
      case 'group':
        stack.push({ doc: doc.contents, broken: doc.breaks || command.broken });
        break;
      case 'block':
        stack.push({ doc: doc.contents, broken: true });
        break;
      case 'alternatives':
        stack.push({ doc: (command.broken ? doc.states.at(-1) : doc.states[0]) ?? '', broken: command.broken });
        break;
      case 'ifBroken':
        if (command.broken) stack.push({ doc: doc.text, broken: command.broken });
        break;
    }
  }
  return false;
}
