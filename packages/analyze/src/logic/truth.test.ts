import fc from 'fast-check';
import { describe, expect, test as it } from 'vitest';
import type { Open } from '../decision.ts';
import { all, any, choose, not, type Truth, test, testsOf } from './truth.ts';

const open = (id: string): Open => test({ kind: 'membership', id, group: id });
const [a, b, c] = [open('a'), open('b'), open('c')];

describe('a formula', () => {
  it.each([
    ['all of nothing is true', all(), true],
    ['any of nothing is false', any(), false],
    ['one false part makes `all` false', all(true, a, false), false],
    ['one true part makes `any` true', any(false, a, true), true],
    ['a true part of `all` is left out', all(true, a), a],
    ['a false part of `any` is left out', any(false, a), a],
    ['a double negation cancels out', not(not(a)), a],
    ['a repeated test is kept once', any(a, open('a')), a],
    ['a test and its opposite cannot both hold', all(a, b, not(a)), false],
    ['a test or its opposite holds', any(a, not(a)), true],
    ['a or (a and b) is a', any(a, all(a, b)), a],
    ['a and (a or b) is a', all(any(a, b), a), a],
    ['a and (not a or b) is a and b', all(a, any(not(a), b)), all(a, b)],
    ['a or (not a and b) is a or b', any(a, all(not(a), b)), any(a, b)],
    ['not a and (a or b) is not a and b', all(not(a), any(a, b)), all(not(a), b)],
    ['a and (not a or (b and not a)) is false', all(a, any(not(a), all(b, not(a)))), false],
    ['a choice between two parts keeps both', choose(a, b, c), any(all(a, b), all(not(a), c))],
    ['a choice between two equivalent parts is that part', choose(a, any(not(a), all(a, b)), b), b],
    ['a choice by a true test is its first part', choose(true, b, c), b],
    ['a choice by a false test is its second part', choose(false, b, c), c],
    ['a choice that holds either way is true', choose(a, a, not(a)), true],
    ['nested lists are flattened', all(a, all(b, c)), all(a, b, c)],
  ])('is simplified: %s', (_, truth, expected) => expect(truth).toEqual(expected));

  it('lists each of its tests once', () => {
    const formula = any(all(a, not(b)), all(b, c));
    expect(typeof formula === 'boolean' ? [] : testsOf(formula).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('follows Boolean logic, whatever the tests turn out to be', () => {
    const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
      formula: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Formula>(true, false, 'a', 'b', 'c'),
        fc.record({
          kind: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(tie('formula'), { maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant('not' as const), of: tie('formula') }),
      ),
    }));
    const values = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() });
    fc.assert(
      fc.property(formula, values, (written, of) => {
        expect(settle(build(written), of)).toBe(direct(written, of));
      }),
      { numRuns: 2000 },
    );
  });
});

type Formula =
  | boolean
  | 'a'
  | 'b'
  | 'c'
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'not'; readonly of: Formula };
type Values = Readonly<Record<string, boolean>>;

function build(formula: Formula): Truth {
  if (typeof formula === 'boolean') return formula;
  if (typeof formula === 'string') return open(formula);
  if (formula.kind === 'not') return not(build(formula.of));
  return (formula.kind === 'all' ? all : any)(...formula.of.map(build));
}

function direct(formula: Formula, values: Values): boolean {
  if (typeof formula === 'boolean') return formula;
  if (typeof formula === 'string') return values[formula] === true;
  if (formula.kind === 'not') return !direct(formula.of, values);
  const parts = formula.of.map((part) => direct(part, values));
  return formula.kind === 'all' ? parts.every(Boolean) : parts.some(Boolean);
}

function settle(truth: Truth, values: Values): boolean {
  if (typeof truth === 'boolean') return truth;
  if (truth.kind === 'test') return values[truth.test.id] === true;
  if (truth.kind === 'not') return !settle(truth.of, values);
  const parts = truth.of.map((part) => settle(part, values));
  return truth.kind === 'all' ? parts.every(Boolean) : parts.some(Boolean);
}
