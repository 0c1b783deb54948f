import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedName } from './bounded-name.ts';

describe('a bounded name', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 80 });

  test('is unchanged if it is short enough, and never too long', () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 20, max: 70 }), (text, maximum) => {
        const bounded = boundedName(text, maximum);
        expect(bounded.length).toBeLessThanOrEqual(maximum);
        if (text.length <= maximum) expect(bounded).toBe(text);
        else expect(bounded.slice(0, -9)).toBe(text.slice(0, maximum - 9));
      }),
    );
  });

  test('differs for two long names with the same start', () => {
    const start = 'a'.repeat(100);
    expect(boundedName(`${start}x`, 64)).not.toBe(boundedName(`${start}y`, 64));
  });

  test('is the same on every machine', () => {
    expect(boundedName('payments-security-'.repeat(8), 64)).toBe(
      'payments-security-payments-security-payments-security-p-132f61cd',
    );
  });
});
