import { Cursor } from './cursor.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './syntax.ts';
import { type ExpressionReaders, type ForHead, heredoc, quoted, wholeTemplate } from './templates.ts';

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
  return body(new Cursor(text), false);
}

/** Parses a file for `templatefile`. Throws `HclProblem`. */
export function parseTemplate(text: string): HclExpression {
  return wholeTemplate(new Cursor(text), readers);
}

const readers: ExpressionReaders = { expression, forHead };

function body(cursor: Cursor, isNested: boolean): HclBody {
  const attributes = new Map<string, HclAttribute>();
  const blocks: HclBlock[] = [];
  for (;;) {
    cursor.skip(true);
    if (isNested ? cursor.startsWith('}') : cursor.isAtEnd) return { attributes, blocks };
    const start = cursor.at;
    const name = cursor.identifier() ?? cursor.lacks('there is neither an argument nor a block here');
    if (cursor.sees('=') && !cursor.sees('==')) {
      cursor.at += 1;
      const value = expression(cursor);
      if (attributes.has(name)) cursor.fail(`${name} is set twice`, start);
      attributes.set(name, { name, value, start, end: cursor.at });
    } else blocks.push(cursor.nested(() => block(cursor, name, start)));
    cursor.skip();
    // A one-line block ends with its argument.
    if (!cursor.isAtEnd && cursor.character !== '\n' && !(isNested && cursor.character === '}'))
      cursor.fail('there is something else on this line');
  }
}

function block(cursor: Cursor, type: string, start: number): HclBlock {
  const labels: string[] = [];
  for (;;) {
    cursor.skip();
    if (cursor.character === '"') {
      const label = quoted(cursor, readers);
      labels.push(
        label.kind === 'literal' && typeof label.value === 'string'
          ? label.value
          : cursor.fail('a label has to be plain text'),
      );
    } else {
      const label = cursor.identifier();
      if (label === undefined) break;
      labels.push(label);
    }
  }
  const headEnd = cursor.at;
  cursor.expect('{');
  const inner = cursor.within(true, () => body(cursor, true));
  cursor.expect('}');
  return { type, labels, body: inner, start, headEnd };
}

function expression(cursor: Cursor): HclExpression {
  return cursor.nested(() => conditional(cursor));
}

function conditional(cursor: Cursor): HclExpression {
  cursor.skip();
  const start = cursor.at;
  const test = binary(cursor, 0);
  if (!cursor.takes('?')) return test;
  const yes = expression(cursor);
  cursor.expect(':');
  return { kind: 'conditional', test, yes, no: expression(cursor), at: start };
}

function binary(cursor: Cursor, level: number): HclExpression {
  const signs = operators[level];
  if (signs === undefined) return unary(cursor);
  cursor.skip();
  const start = cursor.at;
  let left = binary(cursor, level + 1);
  for (;;) {
    cursor.skip();
    const operator = signs.find((sign) => cursor.startsWith(sign));
    // `=>` is not a comparison; `//` and `/*` start comments.
    if (operator === undefined || /^(=>|\/[/*])/.test(cursor.text.slice(cursor.at, cursor.at + 2))) return left;
    cursor.at += operator.length;
    left = { kind: 'binary', operator, left, right: binary(cursor, level + 1), at: start };
  }
}

function unary(cursor: Cursor): HclExpression {
  cursor.skip();
  const start = cursor.at;
  for (const operator of ['!', '-']) {
    if (cursor.startsWith(operator) && !cursor.startsWith('!=')) {
      cursor.at += 1;
      return { kind: 'unary', operator, of: cursor.nested(() => unary(cursor)), at: start };
    }
  }
  return traversal(cursor, term(cursor));
}

function traversal(cursor: Cursor, first: HclExpression): HclExpression {
  let of = first;
  for (;;) {
    const spaces = cursor.at;
    cursor.skip();
    if (cursor.startsWith('...')) return of;
    if (cursor.startsWith('.')) {
      cursor.at += 1;
      if (cursor.takes('*')) return splat(cursor, of);
      const index = cursor.read(/\d+/y);
      if (index !== undefined) {
        of = { kind: 'index', of, key: { kind: 'literal', value: Number(index), at: cursor.at }, at: of.at };
        continue;
      }
      of = {
        kind: 'attribute',
        of,
        name: cursor.identifier() ?? cursor.fail('there is no name after the dot'),
        at: of.at,
      };
    } else if (cursor.startsWith('[')) {
      cursor.at += 1;
      const star = cursor.within(false, () => cursor.takes('*'));
      if (star) {
        cursor.within(false, () => cursor.expect(']'));
        return splat(cursor, of);
      }
      const key = cursor.within(false, () => {
        const inner = expression(cursor);
        cursor.expect(']');
        return inner;
      });
      of = { kind: 'index', of, key, at: of.at };
    } else {
      cursor.at = spaces;
      return of;
    }
  }
}

function splat(cursor: Cursor, of: HclExpression): HclExpression {
  const each = traversal(cursor, { kind: 'variable', name: '*', at: cursor.at });
  return { kind: 'splat', of, each, at: of.at };
}

function term(cursor: Cursor): HclExpression {
  cursor.skip();
  const start = cursor.at;
  const sign = cursor.character;
  if (sign === '"') return quoted(cursor, readers);
  if (sign === '<' && cursor.startsWith('<<')) return heredoc(cursor, readers);
  if (sign === '(') {
    cursor.at += 1;
    return cursor.within(false, () => {
      const inner = expression(cursor);
      cursor.expect(')');
      return inner;
    });
  }
  if (sign === '[') {
    cursor.at += 1;
    return cursor.within(false, () => list(cursor, start));
  }
  if (sign === '{') {
    cursor.at += 1;
    return object(cursor, start);
  }
  const number = cursor.read(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) {
    return { kind: 'literal', value: Number(number), at: start };
  }
  const name = cursor.identifier();
  if (name === undefined) return cursor.lacks('there is no expression here');
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', at: start };
  if (name === 'null') return { kind: 'literal', value: null, at: start };
  const opening = cursor.read(/(?:::[\p{L}_][\p{L}\p{N}_-]*)*\(/uy);
  if (opening === undefined) return { kind: 'variable', name, at: start };
  return cursor.within(false, () => call(cursor, name + opening.slice(0, -1), start));
}

function call(cursor: Cursor, name: string, start: number): HclExpression {
  const args: HclExpression[] = [];
  let expands = false;
  while (!cursor.takes(')')) {
    args.push(expression(cursor));
    if (cursor.takes('...')) expands = true;
    if (!cursor.takes(',') && !cursor.sees(')')) cursor.fail('there is no ) here');
  }
  return { kind: 'call', name, args, expands, at: start };
}

function list(cursor: Cursor, start: number): HclExpression {
  if (isFor(cursor)) return forExpression(cursor, start, ']');
  const items: HclExpression[] = [];
  while (!cursor.takes(']')) {
    items.push(expression(cursor));
    if (!cursor.takes(',') && !cursor.sees(']')) cursor.lacks('there is no ] here');
  }
  return { kind: 'list', items, at: start };
}

function isFor(cursor: Cursor): boolean {
  cursor.skip(true);
  return cursor.peek(/for(?=\s)/y) !== undefined;
}

function object(cursor: Cursor, start: number): HclExpression {
  if (isFor(cursor)) return cursor.within(false, () => forExpression(cursor, start, '}'));
  const items: (readonly [HclExpression, HclExpression])[] = [];
  return cursor.within(true, () => {
    for (;;) {
      cursor.skip(true);
      if (cursor.takes('}')) return { kind: 'object', items, at: start };
      const key = objectKey(cursor);
      if (!cursor.takes('=')) cursor.expect(':');
      cursor.skip(true);
      items.push([key, expression(cursor)]);
      cursor.takes(',');
    }
  });
}

/** A bare name is text. */
function objectKey(cursor: Cursor): HclExpression {
  const start = cursor.at;
  const name = cursor.read(/[\p{L}_][\p{L}\p{N}_-]*(?=[ \t]*[=:](?!=))/uy);
  if (name === undefined) return expression(cursor);
  return { kind: 'literal', value: name, at: start };
}

/** `name in list` or `key, value in map`. */
function forHead(cursor: Cursor): ForHead {
  const first = cursor.identifier() ?? cursor.fail('there is no name here');
  const second = cursor.takes(',') ? (cursor.identifier() ?? cursor.fail('there is no name here')) : undefined;
  if (cursor.identifier() !== 'in') cursor.fail('there is no `in` here');
  return { keyName: second === undefined ? undefined : first, valueName: second ?? first, over: expression(cursor) };
}

function forExpression(cursor: Cursor, start: number, end: string): HclExpression {
  cursor.at += 'for'.length;
  const { keyName, valueName, over } = forHead(cursor);
  cursor.expect(':');
  const result = expression(cursor);
  const value = cursor.takes('=>') ? expression(cursor) : undefined;
  const groups = value !== undefined && cursor.takes('...');
  cursor.skip();
  const when = cursor.read(/if(?=\s|\()/y);
  const condition = when === undefined ? undefined : expression(cursor);
  cursor.expect(end);
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
}
