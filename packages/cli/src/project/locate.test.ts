import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownBelow, shownPath } from './locate.ts';

test('a path below a folder is shown like any other path, from inside the folder too', () => {
  const parts = fc.array(fc.constantFrom('a', 'b', '..b'), { maxLength: 4 });
  fc.assert(
    fc.property(
      parts,
      parts,
      fc.array(fc.constantFrom('a', 'b', '..b'), { minLength: 1, maxLength: 4 }),
      (...paths) => {
        const [from, folder] = [join('/', ...paths[0]), join('/', ...paths[1])];
        const path = paths[2].join('/');
        expect(shownBelow(from, folder)(path)).toBe(shownPath(from, join(folder, path)));
      },
    ),
    { numRuns: 500 },
  );
});
