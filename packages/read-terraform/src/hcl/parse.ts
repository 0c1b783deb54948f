import { Cursor } from './cursor.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './syntax.ts';
import { type ForHead, templatesAt } from './templates.ts';

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

function parser(text: string) {
  const cursor = new Cursor(text);

  const body = (isNested: boolean): HclBody => {
    const attributes = new Map<string, HclAttribute>();
    const blocks: HclBlock[] = [];
    for (;;) {
      cursor.skip(true);
      if (isNested ? cursor.startsWith('}') : cursor.isAtEnd) return { attributes, blocks };
      const start = cursor.at;
      const name = cursor.identifier() ?? cursor.lacks('there is neither an argument nor a block here');
      if (cursor.sees('=') && !cursor.sees('==')) {
        cursor.at += 1;
        const value = expression();
        if (attributes.has(name)) cursor.fail(`${name} is set twice`, start);
        attributes.set(name, { name, value, start, end: cursor.at });
      } else blocks.push(cursor.nested(() => block(name, start)));
      cursor.skip();
      // A one-line block ends with its argument.
      if (!cursor.isAtEnd && cursor.character !== '\n' && !(isNested && cursor.character === '}'))
        cursor.fail('there is something else on this line');
    }
  };

  const block = (type: string, start: number): HclBlock => {
    const labels: string[] = [];
    for (;;) {
      cursor.skip();
      if (cursor.character === '"') {
        const label = quoted();
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
    const inner = cursor.within(true, () => body(true));
    cursor.expect('}');
    return { type, labels, body: inner, start, headEnd };
  };

  const expression = (): HclExpression => cursor.nested(conditional);

  const conditional = (): HclExpression => {
    cursor.skip();
    const start = cursor.at;
    const test = binary(0);
    if (!cursor.takes('?')) return test;
    const yes = expression();
    cursor.expect(':');
    return { kind: 'conditional', test, yes, no: expression(), at: start };
  };

  const binary = (level: number): HclExpression => {
    const signs = operators[level];
    if (signs === undefined) return unary();
    cursor.skip();
    const start = cursor.at;
    let left = binary(level + 1);
    for (;;) {
      cursor.skip();
      const operator = signs.find((sign) => cursor.startsWith(sign));
      // `=>` is not a comparison; `//` and `/*` start comments.
      if (operator === undefined || /^(=>|\/[/*])/.test(cursor.text.slice(cursor.at, cursor.at + 2))) return left;
      cursor.at += operator.length;
      left = { kind: 'binary', operator, left, right: binary(level + 1), at: start };
    }
  };

  const unary = (): HclExpression => {
    cursor.skip();
    const start = cursor.at;
    for (const operator of ['!', '-']) {
      if (cursor.startsWith(operator) && !cursor.startsWith('!=')) {
        cursor.at += 1;
        return { kind: 'unary', operator, of: cursor.nested(unary), at: start };
      }
    }
    return traversal(term());
  };

  const traversal = (first: HclExpression): HclExpression => {
    let of = first;
    for (;;) {
      const spaces = cursor.at;
      cursor.skip();
      if (cursor.startsWith('...')) return of;
      if (cursor.startsWith('.')) {
        cursor.at += 1;
        if (cursor.takes('*')) return splat(of);
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
          return splat(of);
        }
        const key = cursor.within(false, () => {
          const inner = expression();
          cursor.expect(']');
          return inner;
        });
        of = { kind: 'index', of, key, at: of.at };
      } else {
        cursor.at = spaces;
        return of;
      }
    }
  };

  const splat = (of: HclExpression): HclExpression => ({
    kind: 'splat',
    of,
    each: traversal({ kind: 'variable', name: '*', at: cursor.at }),
    at: of.at,
  });

  const term = (): HclExpression => {
    cursor.skip();
    const start = cursor.at;
    const sign = cursor.character;
    if (sign === '"') return quoted();
    if (sign === '<' && cursor.startsWith('<<')) return heredoc();
    if (sign === '(') {
      cursor.at += 1;
      return cursor.within(false, () => {
        const inner = expression();
        cursor.expect(')');
        return inner;
      });
    }
    if (sign === '[') {
      cursor.at += 1;
      return cursor.within(false, () => list(start));
    }
    if (sign === '{') {
      cursor.at += 1;
      return object(start);
    }
    const number = cursor.read(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) {
      return { kind: 'literal', value: Number(number), at: start };
    }
    const name = cursor.identifier();
    if (name === undefined) return cursor.lacks('there is no expression here');
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', at: start };
    if (name === 'null') return { kind: 'literal', value: null, at: start };
    const called = cursor.read(/(?:::[\p{L}_][\p{L}\p{N}_-]*)*\(/uy);
    if (called === undefined) return { kind: 'variable', name, at: start };
    return cursor.within(false, () => call(name + called.slice(0, -1), start));
  };

  const call = (name: string, start: number): HclExpression => {
    const args: HclExpression[] = [];
    let expands = false;
    while (!cursor.takes(')')) {
      args.push(expression());
      if (cursor.takes('...')) expands = true;
      if (!cursor.takes(',') && !cursor.sees(')')) cursor.fail('there is no ) here');
    }
    return { kind: 'call', name, args, expands, at: start };
  };

  const list = (start: number): HclExpression => {
    if (isFor()) return forExpression(start, ']');
    const items: HclExpression[] = [];
    while (!cursor.takes(']')) {
      items.push(expression());
      if (!cursor.takes(',') && !cursor.sees(']')) cursor.lacks('there is no ] here');
    }
    return { kind: 'list', items, at: start };
  };

  const isFor = (): boolean => {
    cursor.skip(true);
    return cursor.peek(/for(?=\s)/y) !== undefined;
  };

  const object = (start: number): HclExpression => {
    if (isFor()) return cursor.within(false, () => forExpression(start, '}'));
    const items: (readonly [HclExpression, HclExpression])[] = [];
    return cursor.within(true, () => {
      for (;;) {
        cursor.skip(true);
        if (cursor.takes('}')) return { kind: 'object', items, at: start };
        const key = objectKey();
        if (!cursor.takes('=')) cursor.expect(':');
        cursor.skip(true);
        items.push([key, expression()]);
        cursor.takes(',');
      }
    });
  };

  /** A bare name is text. */
  const objectKey = (): HclExpression => {
    const start = cursor.at;
    const name = cursor.read(/[\p{L}_][\p{L}\p{N}_-]*(?=[ \t]*[=:](?!=))/uy);
    if (name === undefined) return expression();
    return { kind: 'literal', value: name, at: start };
  };

  /** `name in list` or `key, value in map`. */
  const forHead = (): ForHead => {
    const first = cursor.identifier() ?? cursor.fail('there is no name here');
    const second = cursor.takes(',') ? (cursor.identifier() ?? cursor.fail('there is no name here')) : undefined;
    if (cursor.identifier() !== 'in') cursor.fail('there is no `in` here');
    return { keyName: second === undefined ? undefined : first, valueName: second ?? first, over: expression() };
  };

  const forExpression = (start: number, end: string): HclExpression => {
    cursor.at += 'for'.length;
    const { keyName, valueName, over } = forHead();
    cursor.expect(':');
    const result = expression();
    const value = cursor.takes('=>') ? expression() : undefined;
    const groups = value !== undefined && cursor.takes('...');
    cursor.skip();
    const when = cursor.read(/if(?=\s|\()/y);
    const condition = when === undefined ? undefined : expression();
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
  };

  const { quoted, heredoc, template } = templatesAt(cursor, { expression, forHead });
  return { file: () => body(false), template };
}
