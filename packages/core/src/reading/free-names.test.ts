import { expect, test } from 'vitest';
import { createFreeNames, longestName } from './free-names.ts';

test('a taken name gets the next free number', () => {
  const freeName = createFreeNames();
  expect(['orders', 'orders', 'orders3', 'orders', 'logs'].map(freeName)).toEqual([
    'orders',
    'orders2',
    'orders3',
    'orders4',
    'logs',
  ]);
});

test('a name is not free if another name differs only by case', () => {
  const freeName = createFreeNames('-');
  expect(['Orders', 'orders', 'ORDERS'].map(freeName)).toEqual(['Orders', 'orders-2', 'ORDERS-3']);
});

test('a name of the maximum length is shortened before it gets a number', () => {
  const freeName = createFreeNames('-');
  const name = 'a'.repeat(longestName);
  freeName(name);
  const second = freeName(name);
  expect(second).toBe(`${'a'.repeat(56)}-2`);
  expect(second.length).toBeLessThanOrEqual(longestName);
});
