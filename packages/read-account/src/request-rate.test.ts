import { expect, test } from 'vitest';
import { createRequestRate, type KeyAction } from './request-rate.ts';

/** Returns the start times of `count` requests that are all made at time 0. */
async function timesOf(count: number, action: KeyAction): Promise<readonly number[]> {
  const times: number[] = [];
  for (const turn = createRequestRate({ now: () => 0, sleep: async (duration) => times.push(duration) }); ; ) {
    const before = times.length;
    await turn(action);
    if (times.length === before) times.push(0);
    if (times.length === count) return times;
  }
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + 1000).length));
}

test.each<[KeyAction, number]>([
  ['kms:ListGrants', 100],
  ['kms:ListKeys', 500],
  ['kms:DescribeKey', 2000],
])('%s is called at most %d times in any second, and half as often in the long run', async (action, quota) => {
  const times = await timesOf(4 * quota, action);
  expect(mostInASecond(times)).toBeLessThanOrEqual(quota);
  expect(times.at(-1)).toBeCloseTo(7_000, 6);
});

test('an account with a few dozen keys never waits, and actions do not wait for each other', async () => {
  expect(await timesOf(50, 'kms:ListGrants')).toEqual(Array.from({ length: 50 }, () => 0));
  const turn = createRequestRate({ now: () => 0, sleep: () => Promise.reject(new Error('it waits')) });
  for (let index = 0; index < 50; index += 1) await turn('kms:ListGrants');
  await turn('kms:DescribeKey');
  await expect(turn('kms:ListGrants')).rejects.toThrow('it waits');
});

test('after a pause there is capacity again', async () => {
  let time = 0;
  const waits: number[] = [];
  const turn = createRequestRate({ now: () => time, sleep: async (duration) => waits.push(duration) });
  for (let index = 0; index < 51; index += 1) await turn('kms:ListGrants');
  expect(waits).toEqual([20]);
  time = 10_000;
  for (let index = 0; index < 50; index += 1) await turn('kms:ListGrants');
  expect(waits).toEqual([20]);
});
