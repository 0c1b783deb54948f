import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equals, matches, patternOf } from './compare.ts';
import { identical, joinValue, splitValue, type Unknown, unknownsOf, type Value } from './value.ts';

const name = (of: string): Unknown => ({ unknown: 'name', of });
const account = (of: string): Unknown => ({ unknown: 'account', of });
const role = (last: string | Unknown, owner: string | Unknown = '111122223333') =>
  joinValue(['arn:aws:iam::', owner, ':role/', last]);

describe('values are equal', () => {
  test.each([
    ['a known text to itself', 'a', 'a', true],
    ['a known text to another', 'a', 'b', false],
    ['an ARN with an unknown name to itself', role(name('main/role/api')), role(name('main/role/api')), true],
    ['never the names of two roles', role(name('main/role/api')), role(name('main/role/other')), false],
    ['never a name that the tool gives and one that is written out', role(name('main/role/api')), role('Admin'), false],
    ['perhaps, where the account is not known', role('Admin', account('main')), role('Admin'), 'open'],
    ['never, where the known parts differ', role('Admin', account('main')), role('Reader'), false],
    ['perhaps, for two unknown accounts', joinValue([account('one')]), joinValue([account('two')]), 'open'],
    ['never, when it would have to be empty', joinValue(['a', name('x')]), 'a', false],
    [
      'perhaps, where a path may be empty',
      joinValue(['role/', { unknown: 'path', of: 'x' }, 'App']),
      'role/App',
      'open',
    ],
    ['never, where the alphabet forbids it', joinValue(['a', account('x'), 'b']), 'aXb', false],
  ])('%s', (_, one, other, expected) => {
    expect(equals(one, other)).toBe(expected);
    expect(equals(other, one)).toBe(expected);
  });
});

describe('a pattern matches', () => {
  test.each([
    ['everything', '*', role(name('x')), true],
    ['what the star covers', 'arn:aws:iam::111122223333:role/*', role(name('x')), true],
    ['perhaps, within a name', 'arn:aws:iam::111122223333:role/App*', role(name('x')), 'open'],
    ['never, in another account', 'arn:aws:iam::444455556666:role/*', role(name('x')), false],
    ['perhaps, in an unknown account', 'arn:aws:iam::444455556666:role/*', role('A', account('m')), 'open'],
    ['never one character that is a slash', 'arn:aws:iam::111122223333:role/a/?', role(name('x')), false],
    ['never what is written out, without a wildcard', 'arn:aws:iam::111122223333:role/One', role(name('x')), false],
    ['perhaps, with one where the name is', 'arn:aws:iam::111122223333:role/On?', role(name('x')), 'open'],
    ['a question mark, one character', 'a?c', 'abc', true],
    ['a question mark, not none', 'a?c', 'ac', false],
    ['stars in a row', '**a**', 'cab', true],
  ])('%s', (_, pattern, text, expected) => {
    expect(matches(patternOf(pattern), text)).toBe(expected);
  });

  test('in a time that does not grow exponentially', () => {
    expect(matches(patternOf(`${'*a'.repeat(200)}b`), 'a'.repeat(2000))).toBe(false);
  });
});

test('splitting keeps unknown parts whole', () => {
  expect(splitValue(role(name('x'), account('m')), ':', 5)).toEqual([
    'arn',
    'aws',
    'iam',
    '',
    joinValue([account('m')]),
    joinValue(['role/', name('x')]),
  ]);
  expect(splitValue('a:b:c', ':', 1)).toEqual(['a', 'b:c']);
});

describe('a definite answer holds whatever the unknown parts turn out to be', () => {
  const unknown = fc.constantFrom<Unknown>(account('one'), account('two'), { unknown: 'path', of: 'p' });
  const text = fc.string({ unit: fc.constantFrom('1', '2', '/', 'a'), maxLength: 3 });
  const value = fc.array(fc.oneof(text, unknown), { maxLength: 4 }).map(joinValue);
  const pattern = fc.array(fc.oneof(text, unknown, fc.constantFrom('*', '?')), { maxLength: 5 }).map(joinValue);
  const assignment = fc.record({
    one: fc.string({ unit: fc.constantFrom('1', '2'), minLength: 1, maxLength: 3 }),
    two: fc.string({ unit: fc.constantFrom('1', '2'), minLength: 1, maxLength: 3 }),
    p: fc.string({ unit: fc.constantFrom('1', '/', 'a'), maxLength: 3 }),
  });
  const settle = (symbolic: Value, values: Readonly<Record<string, string>>): string => {
    if (typeof symbolic === 'string') return symbolic;
    return symbolic.parts.map((part) => (typeof part === 'string' ? part : (values[part.of] ?? ''))).join('');
  };

  test('about equality', () => {
    fc.assert(
      fc.property(value, value, assignment, (one, other, values) => {
        const answer = equals(one, other);
        if (answer !== 'open') expect(settle(one, values) === settle(other, values)).toBe(answer);
        if (unknownsOf(one).length + unknownsOf(other).length === 0) expect(answer).toBe(identical(one, other));
      }),
      { numRuns: 3000 },
    );
  });

  test('about matching', () => {
    fc.assert(
      fc.property(pattern, value, assignment, (wild, one, values) => {
        const answer = matches(patternOf(wild), one);
        const known = settle(wild, values).replaceAll(/[.+^${}()|[\]\\/]/g, '\\$&');
        const expression = new RegExp(`^${known.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
        if (answer !== 'open') expect(expression.test(settle(one, values))).toBe(answer);
      }),
      { numRuns: 3000 },
    );
  });
});
