import { expect, it } from 'vitest';
import { environmentsByName } from './environments.ts';

const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

it.each([
  ['few environments', ['a', 'b'], 'in a, b'],
  ['all environments but a few', ['a', 'b', 'c', 'd', 'e', 'f'], 'in 6 of 8 environments (not in g, h)'],
  ['some environments', ['a', 'b', 'c', 'd'], 'in 4 of 8 environments (a, b, c and 1 more)'],
  ['all environments', all, 'in all 8 environments'],
])('the words for %s are right', (_, names, words) => {
  expect(environmentsByName(names, all)).toBe(words);
});
