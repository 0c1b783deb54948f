import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equals, matches, patternOf } from './compare.ts';
import { identical, joinValue, splitValue, type Unknown, unknownsOf, type Value } from './value.ts';

const name = (of: string): Unknown => ({ unknown: 'name', of });
const account = (of: string): Unknown => ({ unknown: 'account', of });
const role = (last: string | Unknown, owner: string | Unknown = '111122223333') =>
  joinValue(['arn:aws:iam::', owner, ':role/', last]);

describe('two values', () => {
  test.each([
    ['are equal if both are the same known text', 'a', 'a', true],
    ['differ if they are different known texts', 'a', 'b', false],
    ['are equal if both contain the same unknown name', role(name('main/role/api')), role(name('main/role/api')), true],
    [
      'differ if they contain the unknown names of two roles',
      role(name('main/role/api')),
      role(name('main/role/other')),
      false,
    ],
    [
      'differ if one contains an unknown name and the other a known one',
      role(name('main/role/api')),
      role('Admin'),
      false,
    ],
    ['may be equal if an account is unknown', role('Admin', account('main')), role('Admin'), 'open'],
    ['differ if their known parts differ', role('Admin', account('main')), role('Reader'), false],
    ['may be equal if both are unknown accounts', joinValue([account('one')]), joinValue([account('two')]), 'open'],
    ['differ if an unknown name would have to be empty', joinValue(['a', name('x')]), 'a', false],
    [
      'may be equal if an unknown path can be empty',
      joinValue(['role/', { unknown: 'path', of: 'x' }, 'App']),
      'role/App',
      'open',
    ],
    ['differ if an unknown account would have to contain a letter', joinValue(['a', account('x'), 'b']), 'aXb', false],
  ])('%s', (_, one, other, expected) => {
    expect(equals(one, other)).toBe(expected);
    expect(equals(other, one)).toBe(expected);
  });
});

describe('a pattern', () => {
  test.each([
    ['of a single star matches everything', '*', role(name('x')), true],
    ['with a star matches an unknown name in its place', 'arn:aws:iam::111122223333:role/*', role(name('x')), true],
    ['that starts a name may match an unknown name', 'arn:aws:iam::111122223333:role/App*', role(name('x')), 'open'],
    ['with another account does not match', 'arn:aws:iam::444455556666:role/*', role(name('x')), false],
    [
      'with an account may match an unknown account',
      'arn:aws:iam::444455556666:role/*',
      role('A', account('m')),
      'open',
    ],
    ['with a slash does not match an unknown name', 'arn:aws:iam::111122223333:role/a/?', role(name('x')), false],
    ['without a wildcard does not match an unknown name', 'arn:aws:iam::111122223333:role/One', role(name('x')), false],
    [
      'with a wildcard in a name may match an unknown name',
      'arn:aws:iam::111122223333:role/On?',
      role(name('x')),
      'open',
    ],
    ['with a question mark matches one character', 'a?c', 'abc', true],
    ['with a question mark does not match if the character is missing', 'a?c', 'ac', false],
    ['may have several stars in a row', '**a**', 'cab', true],
  ])('%s', (_, pattern, text, expected) => {
    expect(matches(patternOf(pattern), text)).toBe(expected);
  });

  test('with many stars is matched in a time that does not grow exponentially', () => {
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
