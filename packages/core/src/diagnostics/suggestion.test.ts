import { describe, expect, test } from 'vitest';
import { insteadOf, nearest } from './suggestion.ts';

describe('the nearest word', () => {
  test.each([
    ['is a word that differs by a slip', 'desciption', ['description', 'aliases'], 'description'],
    ['is the same word in another letter case', 'KEYADMINS', ['keyadmin', 'keyAdmins'], 'keyAdmins'],
    ['does not exist if every word is very different', 'rotation', ['aliases', 'tags'], undefined],
    ['of a short word is at most one letter away', 'ab', ['xy', 'ax'], 'ax'],
    ['is the first by code unit if two words are equally near', 'keyX', ['keyB', 'keyA'], 'keyA'],
    ['does not exist if there are no words', 'a', [], undefined],
    ['does not exist for an overlong word', 'a'.repeat(101), ['a'.repeat(101)], undefined],
  ])('%s', (_name, word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('the advice', () => {
  const many = Array.from({ length: 13 }, (_, index) => `candidate${index}`);
  test.each([
    ['names the nearest word', 'ordrs', ['orders', 'b'], 'did you mean `orders`?'],
    ['lists the existing words in order if there are few', 'zzz', ['b', 'a'], 'choose one of `a`, `b`'],
    ['says where to define the first word if there is none', 'zzz', [], 'define it under `keys` of the stack'],
    [
      'counts the existing words if there are many',
      'zzz',
      many,
      'define one with this name, or use one of the 13 that exist',
    ],
    [
      'names the nearest of thousands of words, wherever it is',
      'key1234x',
      Array.from({ length: 3000 }, (_, index) => `key${10_000 + index}`),
      'did you mean `key12340`?',
    ],
    [
      'names no nearest word among more than three thousand',
      'key1234x',
      Array.from({ length: 3001 }, (_, index) => `key${10_000 + index}`),
      'define one with this name, or use one of the 3001 that exist',
    ],
  ])('%s', (_name, word, candidates, expected) => {
    expect(insteadOf(word, candidates, 'key')).toBe(expected);
  });

  test('does not suggest defining a name that only AWS can define', () => {
    const services = Array.from({ length: 13 }, (_, index) => `service${index}`);
    expect(insteadOf('x', services, 'service')).toBe('use one of the 13 that exist');
  });
});
