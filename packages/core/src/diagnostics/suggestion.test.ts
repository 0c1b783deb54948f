import { describe, expect, test } from 'vitest';
import { insteadOf, nearest } from './suggestion.ts';

describe('the nearest word', () => {
  test.each([
    ['is one with a slip', 'desciption', ['description', 'aliases'], 'description'],
    ['is the same word in other case', 'KEYADMINS', ['keyadmin', 'keyAdmins'], 'keyAdmins'],
    ['is none that has little in common', 'rotation', ['aliases', 'tags'], undefined],
    ['of a short word is at most one letter away', 'ab', ['xy', 'ax'], 'ax'],
    ['is the first by code unit when two are as near, whatever their order', 'keyX', ['keyB', 'keyA'], 'keyA'],
    ['is none of nothing', 'a', [], undefined],
    ['is none of an overlong word', 'a'.repeat(101), ['a'.repeat(101)], undefined],
  ])('%s', (_name, word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('the advice', () => {
  const many = Array.from({ length: 13 }, (_, index) => `candidate${index}`);
  test.each([
    ['names the nearest word', 'ordrs', ['orders', 'b'], 'did you mean `orders`?'],
    ['lists the words there are when they are few, sorted', 'zzz', ['b', 'a'], 'choose one of `a`, `b`'],
    ['says where to define the first one', 'zzz', [], 'define it under `keys` of the stack'],
    ['counts the words when they are many', 'zzz', many, 'define one with this name, or use one of the 13 that exist'],
    [
      'names a slip among thousands, wherever it is',
      'key1234x',
      Array.from({ length: 3000 }, (_, index) => `key${10_000 + index}`),
      'did you mean `key12340`?',
    ],
    [
      'looks for none among more than anyone has',
      'key1234x',
      Array.from({ length: 3001 }, (_, index) => `key${10_000 + index}`),
      'define one with this name, or use one of the 3001 that exist',
    ],
  ])('%s', (_name, word, candidates, expected) => {
    expect(insteadOf(word, candidates, 'key')).toBe(expected);
  });

  test('tells nobody to define what AWS has', () => {
    const services = Array.from({ length: 13 }, (_, index) => `service${index}`);
    expect(insteadOf('x', services, 'service')).toBe('use one of the 13 that exist');
  });
});
