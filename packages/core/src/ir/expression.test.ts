import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, concatAll, type Expression, expressionKey, literal } from './expression.ts';

const account: Expression = { kind: 'pseudo', name: 'account' };
const arn: Expression = { kind: 'reference', resource: 'key/a', attribute: 'arn' };

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.string({ maxLength: 3 }).map(literal),
  fc.constantFrom(account, arn, { kind: 'crossStack', stack: 'a', export: 'keys.a.arn' } as const),
);
const expression = fc.oneof(
  leaf,
  fc.array(leaf).map((parts) => concat(...parts)),
);

/** The text with the parts that a deployment decides in brackets. */
function shown(part: Expression): string {
  if (part.kind === 'literal') return part.text;
  return part.kind === 'concat' ? part.parts.map(shown).join('') : `[${expressionKey(part)}]`;
}

test('a concatenation has the text of its parts, in a canonical form', () => {
  fc.assert(
    fc.property(fc.array(expression), (parts) => {
      const joined = concat(...parts);
      expect(shown(joined)).toBe(parts.map(shown).join(''));
      if (joined.kind !== 'concat') return;
      expect(joined.parts.length).toBeGreaterThan(1);
      for (const [index, part] of joined.parts.entries()) {
        expect(part).not.toEqual(literal(''));
        if (index > 0) expect([part.kind, joined.parts[index - 1]?.kind]).not.toEqual(['literal', 'literal']);
      }
    }),
  );
});

test('a concatenation of one part is that part, and a concatenation of none is empty text', () => {
  expect(concat(literal(''), account, literal(''))).toBe(account);
  expect(concat(literal('a'), literal('b'))).toEqual(literal('ab'));
  expect(concat()).toEqual(literal(''));
});

test('a list of parts may be longer than a call’s maximum number of arguments', () => {
  const many = Array.from({ length: 300_000 }, (_, index) => (index % 2 === 0 ? account : literal('-')));
  expect(concatAll(many)).toMatchObject({ kind: 'concat', parts: { length: 300_000 } });
});
