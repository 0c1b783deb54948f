import type { Cursor } from './cursor.ts';
import type { HclExpression } from './syntax.ts';

/**
 * Plain text of a template, up to the end of a line. The indentation of an indented heredoc is removed once all of it
 * is read.
 */
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

/** Reads templates: quoted texts, heredocs, whole files. `expression` and `forHead` read what is between braces. */
export function templatesAt(
  cursor: Cursor,
  { expression, forHead }: { readonly expression: () => HclExpression; readonly forHead: () => ForHead },
) {
  /** The pieces of the template that is being read, in order; `undefined` for what is between them. */
  let pieces: (Piece | undefined)[] = [];

  const quoted = (): HclExpression => {
    const start = cursor.at;
    cursor.at += 1;
    const { parts } = template(() => cursor.character === '"', true);
    cursor.at += 1;
    return joined(parts, start);
  };

  /** `<<EOT` and `<<-EOT`, which drops the indentation that its lines share. */
  const heredoc = (): HclExpression => {
    const start = cursor.at;
    const head = cursor.read(/<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy) ?? cursor.fail('there is no heredoc here');
    const [, dash = '', word = ''] = /^<<(-?)(\S+)/.exec(head) ?? [];
    const end = new RegExp(`[ \\t]*${word}(?![\\p{L}\\p{N}_-])`, 'uy');
    const isEnd = () => cursor.text.charAt(cursor.at - 1) === '\n' && cursor.peek(end) !== undefined;
    const { parts, all } = template(isEnd, false);
    cursor.read(/[ \t]*/y);
    cursor.at += word.length;
    if (dash !== '') dropIndentation(all);
    return joined(parts, start);
  };

  const template = (isEnd: () => boolean, isQuoted: boolean) => {
    const outer = pieces;
    const all: (Piece | undefined)[] = [];
    pieces = all;
    const { parts } = sequence(isEnd, isQuoted, []);
    pieces = outer;
    return { parts, all };
  };

  /** The parts of a template up to its end, or to one of the directives that end this part of it. */
  const sequence = (isEnd: () => boolean, isQuoted: boolean, stops: readonly string[]): Sequence => {
    const parts: Part[] = [];
    let plain = '';
    const flush = () => {
      if (plain === '') return;
      const piece = { text: plain };
      parts.push(piece);
      pieces.push(piece);
      plain = '';
    };
    while (!isEnd()) {
      const sign = cursor.character;
      if (cursor.isAtEnd || (isQuoted && sign === '\n')) cursor.fail('a text does not end');
      const two = cursor.text.slice(cursor.at, cursor.at + 2);
      const three = cursor.text.slice(cursor.at, cursor.at + 3);
      if (three === '$${' || three === '%%{') {
        plain += three.slice(1);
        cursor.at += 3;
      } else if (two === '${' || two === '%{') {
        const start = cursor.at;
        // `~` removes the space beside it, up to the end of a line.
        const strips = cursor.text.charAt(cursor.at + 2) === '~';
        flush();
        const before = pieces.at(-1);
        if (strips && before !== undefined) before.text = before.text.trimEnd();
        pieces.push(undefined);
        cursor.at += strips ? 3 : 2;
        if (two === '${') {
          const value = cursor.within(false, expression);
          parts.push(() => value);
          closes();
          continue;
        }
        const word = cursor.within(false, () => cursor.identifier()) ?? '';
        if (stops.includes(word)) {
          closes();
          return { parts, stop: word };
        }
        parts.push(cursor.nested(() => directive(word, start, (ends) => sequence(isEnd, isQuoted, ends))));
      } else if (isQuoted && sign === '\\') {
        plain += escaped();
      } else {
        plain += sign;
        cursor.at += 1;
        if (sign === '\n') flush();
      }
    }
    if (stops.length > 0) cursor.fail(`there is no %{ ${stops.at(-1)} }`);
    flush();
    return { parts, stop: '' };
  };

  /** `}` or `~}`. */
  const closes = (): void => {
    const strips = cursor.within(false, () => {
      const strips = cursor.takes('~');
      cursor.expect('}');
      return strips;
    });
    if (strips) cursor.read(/[^\S\n]*\n?/y);
  };

  /** `%{ if … }` to `%{ endif }`, or `%{ for … }` to `%{ endfor }`. */
  const directive = (
    word: string,
    start: number,
    upTo: (ends: readonly string[]) => Sequence,
  ): (() => HclExpression) => {
    if (word === 'if') {
      const test = cursor.within(false, expression);
      closes();
      const { parts, stop } = upTo(['else', 'endif']);
      const no = stop === 'else' ? upTo(['endif']).parts : [];
      return () => ({ kind: 'conditional', test, yes: joined(parts, start), no: joined(no, start), at: start });
    }
    if (word !== 'for') return cursor.fail(`there is no directive ${word}`, start);
    const { keyName, valueName, over } = cursor.within(false, forHead);
    closes();
    const { parts } = upTo(['endfor']);
    const separator: HclExpression = { kind: 'literal', value: '', at: start };
    return () => {
      const each: HclExpression = {
        kind: 'for',
        keyName,
        valueName,
        over,
        key: undefined,
        value: joined(parts, start),
        groups: false,
        when: undefined,
        at: start,
      };
      return { kind: 'call', name: 'join', args: [separator, each], expands: false, at: start };
    };
  };

  const escaped = (): string => {
    const sequence = cursor.read(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/sy) ?? cursor.fail('a text does not end');
    const plain = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }[sequence.slice(1)];
    if (plain !== undefined) return plain;
    const code = Number.parseInt(sequence.slice(2), 16);
    return sequence.length > 2 && code <= 0x10ffff
      ? String.fromCodePoint(code)
      : cursor.fail(`there is no escape ${sequence}`);
  };

  return { quoted, heredoc, template: () => joined(template(() => cursor.isAtEnd, false).parts, 0) };
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
 * Removes the indentation that the lines of a heredoc share; a line that starts with an expression has none. Blank lines
 * do not count, and a line that `~` joined to the line before keeps its indentation. Source: hcl,
 * `flushHeredocTemplateParts`.
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
