import { type HclAttribute, type HclBlock, type HclBody, type HclExpression, HclProblem } from './syntax.ts';

/** The greatest nesting of expressions and blocks. */
const deepest = 200;

const operators: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Parses a file in HCL's native syntax. Throws `HclProblem`. */
export function parseHcl(text: string): HclBody {
  return parser(text).file();
}

/** Parses a file for `templatefile`. Throws `HclProblem`. */
export function parseTemplate(text: string): HclExpression {
  return parser(text).template();
}

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

function parser(text: string) {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let depth = 0;
  /** The pieces of the template that is being read, in their order; `undefined` for what is in between. */
  let pieces: (Piece | undefined)[] = [];
  /** Whether a line end ends an expression: not within parentheses and brackets. */
  let endsAtLine = true;

  const fail = (problem: string, offset = at): never => {
    throw new HclProblem(problem, offset);
  };
  const nested = <Value>(read: () => Value): Value => {
    depth += 1;
    if (depth > deepest) fail('it is nested too deeply');
    const value = read();
    depth -= 1;
    return value;
  };
  const within = <Value>(ends: boolean, read: () => Value): Value => {
    const before = endsAtLine;
    endsAtLine = ends;
    const value = read();
    endsAtLine = before;
    return value;
  };
  const matchAt = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  /** Skips spaces and comments, and line ends where they are insignificant. */
  const skip = (lines = !endsAtLine): void => {
    for (;;) {
      const token = matchAt(
        lines
          ? /(?:[ \t\r\n]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/y
          : /(?:[ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/y,
      );
      if (token === undefined) return;
      at += token.length;
    }
  };
  const sees = (sign: string): boolean => {
    skip();
    return text.startsWith(sign, at);
  };
  const takes = (sign: string): boolean => {
    if (!sees(sign)) return false;
    at += sign.length;
    return true;
  };
  const expect = (sign: string): void => {
    if (!takes(sign)) fail(at >= text.length ? 'it ends in the middle' : `there is no ${sign} here`);
  };
  const identifier = (): string | undefined => {
    skip();
    const name = matchAt(/[\p{L}_][\p{L}\p{N}_-]*/uy);
    if (name !== undefined) at += name.length;
    return name;
  };

  const body = (isNested: boolean): HclBody => {
    const attributes = new Map<string, HclAttribute>();
    const blocks: HclBlock[] = [];
    for (;;) {
      skip(true);
      if (isNested ? text.startsWith('}', at) : at >= text.length) return { attributes, blocks };
      const start = at;
      const name =
        identifier() ??
        fail(at >= text.length ? 'it ends in the middle' : 'there is neither an argument nor a block here');
      if (sees('=') && !sees('==')) {
        at += 1;
        const value = expression();
        if (attributes.has(name)) fail(`${name} is set twice`, start);
        attributes.set(name, { name, value, start, end: at });
      } else blocks.push(nested(() => block(name, start)));
      skip();
      // A one-line block ends with its argument.
      if (at < text.length && text.charAt(at) !== '\n' && !(isNested && text.charAt(at) === '}'))
        fail('there is something else on this line');
    }
  };

  const block = (type: string, start: number): HclBlock => {
    const labels: string[] = [];
    for (;;) {
      skip();
      if (text.charAt(at) === '"') {
        const label = quoted();
        labels.push(
          label.kind === 'literal' && typeof label.value === 'string'
            ? label.value
            : fail('a label has to be plain text'),
        );
      } else {
        const label = identifier();
        if (label === undefined) break;
        labels.push(label);
      }
    }
    const headEnd = at;
    expect('{');
    const inner = within(true, () => body(true));
    expect('}');
    return { type, labels, body: inner, start, headEnd };
  };

  const expression = (): HclExpression => nested(conditional);

  const conditional = (): HclExpression => {
    skip();
    const start = at;
    const test = binary(0);
    if (!takes('?')) return test;
    const yes = expression();
    expect(':');
    return { kind: 'conditional', test, yes, no: expression(), at: start };
  };

  const binary = (level: number): HclExpression => {
    const signs = operators[level];
    if (signs === undefined) return unary();
    skip();
    const start = at;
    let left = binary(level + 1);
    for (;;) {
      skip();
      const operator = signs.find((sign) => text.startsWith(sign, at));
      // `=>` is not a comparison; `//` and `/*` start comments.
      if (operator === undefined || /^(=>|\/[/*])/.test(text.slice(at, at + 2))) return left;
      at += operator.length;
      left = { kind: 'binary', operator, left, right: binary(level + 1), at: start };
    }
  };

  const unary = (): HclExpression => {
    skip();
    const start = at;
    for (const operator of ['!', '-']) {
      if (text.startsWith(operator, at) && !text.startsWith('!=', at)) {
        at += 1;
        return { kind: 'unary', operator, of: nested(unary), at: start };
      }
    }
    return traversal(term());
  };

  const traversal = (first: HclExpression): HclExpression => {
    let of = first;
    for (;;) {
      const spaces = at;
      skip();
      if (text.startsWith('...', at)) return of;
      if (text.startsWith('.', at)) {
        at += 1;
        if (takes('*')) return splat(of);
        const index = matchAt(/\d+/y);
        if (index !== undefined) {
          at += index.length;
          of = { kind: 'index', of, key: { kind: 'literal', value: Number(index), at }, at: of.at };
          continue;
        }
        of = { kind: 'attribute', of, name: identifier() ?? fail('there is no name after the dot'), at: of.at };
      } else if (text.startsWith('[', at)) {
        at += 1;
        const star = within(false, () => takes('*'));
        if (star) {
          within(false, () => expect(']'));
          return splat(of);
        }
        const key = within(false, () => {
          const inner = expression();
          expect(']');
          return inner;
        });
        of = { kind: 'index', of, key, at: of.at };
      } else {
        at = spaces;
        return of;
      }
    }
  };

  const splat = (of: HclExpression): HclExpression => ({
    kind: 'splat',
    of,
    each: traversal({ kind: 'variable', name: '*', at }),
    at: of.at,
  });

  const term = (): HclExpression => {
    skip();
    const start = at;
    const sign = text.charAt(at);
    if (sign === '"') return quoted();
    if (sign === '<' && text.startsWith('<<', at)) return heredoc();
    if (sign === '(') {
      at += 1;
      return within(false, () => {
        const inner = expression();
        expect(')');
        return inner;
      });
    }
    if (sign === '[') {
      at += 1;
      return within(false, () => list(start));
    }
    if (sign === '{') {
      at += 1;
      return object(start);
    }
    const number = matchAt(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) {
      at += number.length;
      return { kind: 'literal', value: Number(number), at: start };
    }
    const name = identifier();
    if (name === undefined) return fail(at >= text.length ? 'it ends in the middle' : 'there is no expression here');
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', at: start };
    if (name === 'null') return { kind: 'literal', value: null, at: start };
    const called = matchAt(/(?:::[\p{L}_][\p{L}\p{N}_-]*)*\(/uy);
    if (called === undefined) return { kind: 'variable', name, at: start };
    at += called.length;
    return within(false, () => call(name + called.slice(0, -1), start));
  };

  const call = (name: string, start: number): HclExpression => {
    const args: HclExpression[] = [];
    let expands = false;
    while (!takes(')')) {
      args.push(expression());
      if (takes('...')) expands = true;
      if (!takes(',') && !sees(')')) fail('there is no ) here');
    }
    return { kind: 'call', name, args, expands, at: start };
  };

  const list = (start: number): HclExpression => {
    if (isFor()) return forExpression(start, ']');
    const items: HclExpression[] = [];
    while (!takes(']')) {
      items.push(expression());
      if (!takes(',') && !sees(']')) fail(at >= text.length ? 'it ends in the middle' : 'there is no ] here');
    }
    return { kind: 'list', items, at: start };
  };

  const isFor = (): boolean => {
    skip(true);
    return matchAt(/for(?=\s)/y) !== undefined;
  };

  const object = (start: number): HclExpression => {
    if (isFor()) return within(false, () => forExpression(start, '}'));
    const items: (readonly [HclExpression, HclExpression])[] = [];
    return within(true, () => {
      for (;;) {
        skip(true);
        if (takes('}')) return { kind: 'object', items, at: start };
        const key = objectKey();
        if (!takes('=')) expect(':');
        skip(true);
        items.push([key, expression()]);
        takes(',');
      }
    });
  };

  /** A bare name is text. */
  const objectKey = (): HclExpression => {
    const start = at;
    const name = matchAt(/[\p{L}_][\p{L}\p{N}_-]*(?=[ \t]*[=:](?!=))/uy);
    if (name === undefined) return expression();
    at += name.length;
    return { kind: 'literal', value: name, at: start };
  };

  /** `name in list` or `key, value in map`. */
  const forHead = () => {
    const first = identifier() ?? fail('there is no name here');
    const second = takes(',') ? (identifier() ?? fail('there is no name here')) : undefined;
    if (identifier() !== 'in') fail('there is no `in` here');
    return { keyName: second === undefined ? undefined : first, valueName: second ?? first, over: expression() };
  };

  const forExpression = (start: number, end: string): HclExpression => {
    at += 'for'.length;
    const { keyName, valueName, over } = forHead();
    expect(':');
    const result = expression();
    const value = takes('=>') ? expression() : undefined;
    const groups = value !== undefined && takes('...');
    skip();
    const when = matchAt(/if(?=\s|\()/y);
    if (when !== undefined) at += when.length;
    const condition = when === undefined ? undefined : expression();
    expect(end);
    return {
      kind: 'for',
      keyName,
      valueName,
      over,
      key: value === undefined ? undefined : result,
      value: value ?? result,
      groups,
      when: condition,
      at: start,
    };
  };

  const quoted = (): HclExpression => {
    const start = at;
    at += 1;
    const { parts } = template(() => text.charAt(at) === '"', true);
    at += 1;
    return joined(parts, start);
  };

  /** `<<EOT` and `<<-EOT`, which drops the indentation that its lines share. */
  const heredoc = (): HclExpression => {
    const start = at;
    const head = matchAt(/<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy) ?? '';
    const [, dash = '', word = ''] = /^<<(-?)(\S+)/.exec(head) ?? [];
    if (head === '') fail('there is no heredoc here');
    at += head.length;
    const end = new RegExp(`[ \\t]*${word}(?![\\p{L}\\p{N}_-])`, 'uy');
    const isEnd = () => text.charAt(at - 1) === '\n' && matchAt(end) !== undefined;
    const { parts, all } = template(isEnd, false);
    at += (matchAt(/[ \t]*/y) ?? '').length + word.length;
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
      const sign = text.charAt(at);
      if (at >= text.length || (isQuoted && sign === '\n')) fail('a text does not end');
      const two = text.slice(at, at + 2);
      const three = text.slice(at, at + 3);
      if (three === '$${' || three === '%%{') {
        plain += three.slice(1);
        at += 3;
      } else if (two === '${' || two === '%{') {
        const start = at;
        // `~` removes the space beside it, up to the end of a line.
        const strips = text.charAt(at + 2) === '~';
        flush();
        const before = pieces.at(-1);
        if (strips && before !== undefined) before.text = before.text.trimEnd();
        pieces.push(undefined);
        at += strips ? 3 : 2;
        if (two === '${') {
          const value = within(false, expression);
          parts.push(() => value);
          closes();
          continue;
        }
        const word = within(false, () => identifier()) ?? '';
        if (stops.includes(word)) {
          closes();
          return { parts, stop: word };
        }
        parts.push(nested(() => directive(word, start, (ends) => sequence(isEnd, isQuoted, ends))));
      } else if (isQuoted && sign === '\\') {
        plain += escaped();
      } else {
        plain += sign;
        at += 1;
        if (sign === '\n') flush();
      }
    }
    if (stops.length > 0) fail(`there is no %{ ${stops.at(-1)} }`);
    flush();
    return { parts, stop: '' };
  };

  /** `}` or `~}`. */
  const closes = (): void => {
    const strips = within(false, () => {
      const strips = takes('~');
      expect('}');
      return strips;
    });
    if (strips) at += (matchAt(/[^\S\n]*\n?/y) ?? '').length;
  };

  /** `%{ if … }` to `%{ endif }`, or `%{ for … }` to `%{ endfor }`. */
  const directive = (
    word: string,
    start: number,
    upTo: (ends: readonly string[]) => Sequence,
  ): (() => HclExpression) => {
    if (word === 'if') {
      const test = within(false, expression);
      closes();
      const { parts, stop } = upTo(['else', 'endif']);
      const no = stop === 'else' ? upTo(['endif']).parts : [];
      return () => ({ kind: 'conditional', test, yes: joined(parts, start), no: joined(no, start), at: start });
    }
    if (word !== 'for') return fail(`there is no directive ${word}`, start);
    const { keyName, valueName, over } = within(false, forHead);
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
    const sequence = matchAt(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/sy) ?? fail('a text does not end');
    at += sequence.length;
    const plain = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }[sequence.slice(1)];
    if (plain !== undefined) return plain;
    const code = Number.parseInt(sequence.slice(2), 16);
    return sequence.length > 2 && code <= 0x10ffff
      ? String.fromCodePoint(code)
      : fail(`there is no escape ${sequence}`);
  };

  return {
    file: () => body(false),
    template: () => joined(template(() => at >= text.length, false).parts, 0),
  };
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
 * Removes the indentation that the lines of a heredoc share: the space at the start of a line, none if something else
 * starts it. Blank lines do not count, and lines after one that `~` joined to them keep theirs. Source: hcl,
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
