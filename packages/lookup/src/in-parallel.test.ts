import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

describe('inParallel', () => {
  it('returns the results in the order of the items, whichever is ready first', async () => {
    const waiting: (() => void)[] = [];
    const results = inParallel(['a', 'b', 'c'], 3, async (item) => {
      await new Promise<void>((go) => waiting.push(go));
      return item.toUpperCase();
    });
    for (const go of waiting.toReversed()) go();
    expect(await results).toEqual(['A', 'B', 'C']);
  });

  it('never exceeds its limit, and uses all of it', async () => {
    let running = 0;
    let most = 0;
    await inParallel(Array.from({ length: 20 }), 4, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    });
    expect(most).toBe(4);
  });

  it('does nothing without items', async () => {
    expect(await inParallel([], 4, () => Promise.reject(new Error('not to be called')))).toEqual([]);
  });
});
