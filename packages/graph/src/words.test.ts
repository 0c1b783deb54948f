import { describe, expect, it } from 'vitest';
import { accountsInWords, environmentsInWords } from './words.ts';

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

describe('environments in words', () => {
  const all = [...names('prod-', 20), ...names('dev-', 10), 'core-eu', 'team-eu', 'data-eu', 'shared-eu'];

  it.each<[string, readonly string[], string]>([
    ['names if there are few', ['prod-1', 'dev-1'], 'prod-1, dev-1'],
    ['all environments', all, 'all 34 environments'],
    ['a pattern at the start', names('prod-', 20), '20 environments (prod-*)'],
    ['a pattern at the end', ['core-eu', 'team-eu', 'data-eu', 'shared-eu'], '4 environments (*-eu)'],
    ['a number if a pattern would include others', names('prod-', 19), '19 of 34 environments'],
    ['a number if they have nothing in common', [...names('prod-', 20), 'dev-1'], '21 of 34 environments'],
  ])('are given as %s', (_, some, words) => {
    expect(environmentsInWords(some, all)).toBe(words);
  });

  it('use a pattern with part of a word if whole words are not enough', () => {
    const numbered = [...names('prod', 9), ...names('dev', 9)];
    expect(environmentsInWords(names('prod', 9), numbered)).toBe('9 environments (prod*)');
  });

  it('give the number of accounts, or the name of a single one', () => {
    expect(accountsInWords(['111122223333'], {})).toBe('account 111122223333');
    expect(accountsInWords(['111122223333'], { '111122223333': 'payments' })).toBe('payments (111122223333)');
    expect(accountsInWords(['account of orders'], {})).toBe('account of orders');
    expect(accountsInWords(['111122223333', '444455556666'], {})).toBe('2 accounts');
  });
});
