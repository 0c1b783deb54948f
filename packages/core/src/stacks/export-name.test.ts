import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportName } from './export-name.ts';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z_-]{0,5}$/);
const parts = fc.tuple(name, name, fc.tuple(fc.constantFrom('keys', 'principals'), name, fc.constantFrom('arn', 'id')));

test('two values never have the same export name, even if their names contain underscores', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const print = ([app, stack, exported]: typeof one) => exportName(app, stack, exported.join('.'));
      expect(print(one) === print(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      expect(print(one)).toMatch(/^[A-Za-z0-9:-]+$/);
    }),
  );
});

test('an export name has at most 256 characters', () => {
  const long = exportName('a'.repeat(63), 's'.repeat(127), `keys.${'_x'.repeat(31)}.arn`);
  expect(long).toHaveLength(256);
  expect(long).not.toBe(exportName('a'.repeat(63), 's'.repeat(127), `keys.${'_x'.repeat(31)}.id`));
});
