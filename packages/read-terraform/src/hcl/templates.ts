import type { Cursor } from './cursor.ts';
import type { HclExpression } from './syntax.ts';

/** Plain text of a template, up to the end of a line. The indentation of an indented heredoc is removed once the whole heredoc is read. */
interface Piece {
  text: string;
}

/** A part of a template: text, or an expression that can only be made when all pieces are final. */
type Part = Piece | (() => HclExpression);

/** The parts of a template up to the directive that ended them. */
interface Sequence {
  readonly parts: readonly Part[];
  readonly stop: string;
}

export interface ForHead {
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly over: HclExpression;
}

/** Reads the text between the braces of a template. */
export interface ExpressionReaders {
  readonly expression: (cursor: Cursor) => HclExpression;
  readonly forHead: (cursor: Cursor) => ForHead;
}

export function quoted(cursor: Cursor, readers: ExpressionReaders): HclExpression {
  const start = cursor.at;
  cursor.at += 1;
  const { parts } = new TemplateReader(cursor, readers, () => cursor.character === '"', true).read();
  cursor.at += 1;
  return joined(parts, start);
}

/** Reads a heredoc: `<<EOT`, or `<<-EOT`, which drops the indentation that all lines have in common. */
export function heredoc(cursor: Cursor, readers: ExpressionReaders): HclExpression {
  const start = cursor.at;
  const head = cursor.read(/<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy) ?? cursor.fail('there is no heredoc here');
  const [, dash = '', word = ''] = /^<<(-?)(\S+)/.exec(head) ?? [];
  const end = new RegExp(`[ \\t]*${word}(?![\\p{L}\\p{N}_-])`, 'uy');
  const isEnd = () => cursor.text.charAt(cursor.at - 1) === '\n' && cursor.peek(end) !== undefined;
  const { parts, pieces } = new TemplateReader(cursor, readers, isEnd, false).read();
  cursor.read(/[ \t]*/y);
  cursor.at += word.length;
  if (dash !== '') dropIndentation(pieces);
  return joined(parts, start);
}

export function wholeTemplate(cursor: Cursor, readers: ExpressionReaders): HclExpression {
  const { parts } = new TemplateReader(cursor, readers, () => cursor.isAtEnd, false).read();
  return joined(parts, 0);
}

class TemplateReader {
  readonly #cursor: Cursor;
  readonly #readers: ExpressionReaders;
  readonly #isEnd: () => boolean;
  readonly #isQuoted: boolean;
  /** The pieces of text in order; `undefined` for a part between them. */
  readonly #pieces: (Piece | undefined)[] = [];

  constructor(cursor: Cursor, readers: ExpressionReaders, isEnd: () => boolean, isQuoted: boolean) {
    this.#cursor = cursor;
    this.#readers = readers;
    this.#isEnd = isEnd;
    this.#isQuoted = isQuoted;
  }

  read(): { readonly parts: readonly Part[]; readonly pieces: readonly (Piece | undefined)[] } {
    const { parts } = this.#sequence([]);
    return { parts, pieces: this.#pieces };
  }

  /** Reads the parts up to the end of the template, or up to one of the directives in `stops`. */
  #sequence(stops: readonly string[]): Sequence {
    const cursor = this.#cursor;
    const parts: Part[] = [];
    for (;;) {
      for (let piece = this.#plain(); piece !== undefined; piece = this.#plain()) parts.push(piece);
      if (this.#isEnd()) break;
      const start = cursor.at;
      if (this.#brace() === '${') {
        const value = cursor.within(false, () => this.#readers.expression(cursor));
        parts.push(() => value);
        closes(cursor);
        continue;
      }
      const word = cursor.within(false, () => cursor.identifier()) ?? '';
      if (stops.includes(word)) {
        closes(cursor);
        return { parts, stop: word };
      }
      parts.push(cursor.nested(() => this.#directive(word, start)));
    }
    if (stops.length > 0) cursor.fail(`there is no %{ ${stops.at(-1)} }`);
    return { parts, stop: '' };
  }

  /** Reads plain text up to a brace, the end of its line or the end of the template; `undefined` if there is none. */
  #plain(): Piece | undefined {
    const cursor = this.#cursor;
    let text = '';
    while (!this.#isEnd()) {
      const sign = cursor.character;
      if (cursor.isAtEnd || (this.#isQuoted && sign === '\n')) cursor.fail('a text does not end');
      if (cursor.startsWith('${') || cursor.startsWith('%{')) break;
      text += this.#character();
      if (sign === '\n') break;
    }
    if (text === '') return undefined;
    const piece = { text };
    this.#pieces.push(piece);
    return piece;
  }

  /** Reads one character, which may be written as an escape. */
  #character(): string {
    const cursor = this.#cursor;
    if (cursor.startsWith('$${') || cursor.startsWith('%%{')) {
      cursor.at += 3;
      return cursor.text.slice(cursor.at - 2, cursor.at);
    }
    if (this.#isQuoted && cursor.character === '\\') return escaped(cursor);
    cursor.at += 1;
    return cursor.text.charAt(cursor.at - 1);
  }

  /**
   * Reads `${` or `%{`. A `~` after the brace removes the white space before the brace: on the same line or, if the brace starts its line,
   * at the end of the line before.
   */
  #brace(): string {
    const cursor = this.#cursor;
    const sign = cursor.text.slice(cursor.at, cursor.at + 2);
    cursor.at += 2;
    const before = this.#pieces.at(-1);
    if (cursor.character === '~') {
      cursor.at += 1;
      if (before !== undefined) before.text = before.text.trimEnd();
    }
    this.#pieces.push(undefined);
    return sign;
  }

  /** Reads `%{ if … }` to `%{ endif }`, or `%{ for … }` to `%{ endfor }`. */
  #directive(word: string, start: number): () => HclExpression {
    if (word === 'if') return this.#ifDirective(start);
    if (word === 'for') return this.#forDirective(start);
    return this.#cursor.fail(`there is no directive ${word}`, start);
  }

  #ifDirective(at: number): () => HclExpression {
    const test = this.#cursor.within(false, () => this.#readers.expression(this.#cursor));
    closes(this.#cursor);
    const { parts, stop } = this.#sequence(['else', 'endif']);
    const no = stop === 'else' ? this.#sequence(['endif']).parts : [];
    return () => ({ kind: 'conditional', test, yes: joined(parts, at), no: joined(no, at), at });
  }

  #forDirective(at: number): () => HclExpression {
    const head = this.#cursor.within(false, () => this.#readers.forHead(this.#cursor));
    closes(this.#cursor);
    const { parts } = this.#sequence(['endfor']);
    const separator: HclExpression = { kind: 'literal', value: '', at };
    return () => {
      const result = { key: undefined, value: joined(parts, at), groups: false, when: undefined };
      return {
        kind: 'call',
        name: 'join',
        args: [separator, { kind: 'for', ...head, ...result, at }],
        expands: false,
        at,
      };
    };
  }
}

/** Reads `}`, or `~}`, which removes the white space after the brace, up to the end of the line. */
function closes(cursor: Cursor): void {
  const strips = cursor.within(false, () => {
    const hasMark = cursor.takes('~');
    cursor.expect('}');
    return hasMark;
  });
  if (strips) cursor.read(/[^\S\n]*\n?/y);
}

function escaped(cursor: Cursor): string {
  const sequence = cursor.read(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/sy) ?? cursor.fail('a text does not end');
  const plain = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }[sequence.slice(1)];
  if (plain !== undefined) return plain;
  const code = Number.parseInt(sequence.slice(2), 16);
  return sequence.length > 2 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : cursor.fail(`there is no escape ${sequence}`);
}

function joined(parts: readonly Part[], at: number): HclExpression {
  const made: (string | HclExpression)[] = [];
  for (const part of parts) {
    const last = made.at(-1);
    if (typeof part === 'function') made.push(part());
    else if (typeof last === 'string') made[made.length - 1] = last + part.text;
    else if (part.text !== '') made.push(part.text);
  }
  const [only = '', ...others] = made;
  if (typeof only === 'string' && others.length === 0) return { kind: 'literal', value: only, at };
  return { kind: 'template', parts: made, at };
}

/**
 * Removes the indentation that the lines of a heredoc have in common; a line that starts with an expression has none. Blank lines do not
 * count, and a line that `~` joined to the line before keeps its indentation. Source: hcl, `flushHeredocTemplateParts`.
 */
function dropIndentation(pieces: readonly (Piece | undefined)[]): void {
  const starts: Piece[] = [];
  let least = Number.POSITIVE_INFINITY;
  let startsLine = true;
  for (const piece of pieces) {
    if (startsLine && !(piece?.text.endsWith('\n') && piece.text.trim() === '')) {
      least = Math.min(least, piece === undefined ? 0 : piece.text.length - piece.text.trimStart().length);
      if (piece !== undefined) starts.push(piece);
    }
    startsLine = piece?.text.endsWith('\n') === true;
  }
  if (least === Number.POSITIVE_INFINITY) return;
  for (const piece of starts) piece.text = piece.text.slice(least);
}
