/** Reads many accounts that throttle, refuse and are slow. See also the oracle `fleet` of the conformance run, which has 500 accounts. */
import { expect, test } from 'vitest';
import { readAccounts } from './account-program.ts';
import { askAccounts } from './ask-accounts.ts';
import { fakeAccounts, keeping, sdkError } from './fake-account.test-support.ts';

const [accounts, keysEach] = [40, 20];
const places = Array.from({ length: accounts }, (_, index) => ({
  account: String(100000000000 + index),
  region: 'eu-west-1',
  partition: 'aws',
  lookupRole: 'Reader',
}));
const keys = Object.fromEntries(Array.from({ length: keysEach }, (_, index) => [`key-${index}`, {}]));
const world = { accounts: Object.fromEntries(places.map(({ account }) => [`${account}/eu-west-1`, { keys }])) };
const least = accounts * (2 + keysEach * 5);

/** A sequence of numbers that is the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

test('accounts that refuse some keys and throttle sometimes are read completely, each key once, with few additional calls', async () => {
  const random = numbers(7);
  const chance = () => random.next().value ?? 0;
  const store = keeping();
  let made = 0;
  let repaired = false;
  let runs = 0;
  for (; runs < 100; runs += 1) {
    const { clients, calls } = fakeAccounts({
      ...world,
      refuse: (call) => {
        if (chance() < 0.0005) return sdkError('ThrottlingException'); // after the SDK has retried the call
        const isRefused = !repaired && /^10000000000[0-3].* GetKeyPolicy key-1\d$/.test(call);
        return isRefused ? sdkError('AccessDeniedException') : undefined;
      },
    });
    const signal = new AbortController().signal;
    const diagnostics = await askAccounts({ places, ...store, signal, clients });
    made += calls.length;
    const reading = readAccounts(store.sources());
    if (runs === 0) {
      expect(diagnostics.map(({ code }) => code)).toContain('KW5106');
      expect(reading.diagnostics.map(({ code }) => code)).toContain('KW8151');
    }
    if (diagnostics.length === 0) break;
    repaired = true;
  }
  const reading = readAccounts(store.sources());
  expect(reading.diagnostics).toEqual([]);
  expect(reading.program.stacks.map(({ resources }) => resources.length)).toEqual(places.map(() => keysEach));
  const ids = reading.program.stacks.map(
    ({ resources }) => new Set(resources.map(({ source }) => source.span.line)).size,
  );
  expect(ids).toEqual(places.map(() => keysEach));
  expect(made).toBeLessThanOrEqual(1.05 * least);
  expect(runs).toBeGreaterThan(0);
});

test('a region with many keys gets no more requests per second than KMS allows', async () => {
  const many = Object.fromEntries(Array.from({ length: 140 }, (_, index) => [`key-${index}`, {}]));
  const [place] = places.slice(0, 1);
  const at: number[] = [];
  const { clients } = fakeAccounts({
    accounts: { '100000000000/eu-west-1': { keys: many } },
    refuse: (call) => {
      if (call.includes('ListGrants')) at.push(performance.now());
      return undefined;
    },
  });
  const signal = new AbortController().signal;
  expect(await askAccounts({ places: place ? [place] : [], ...keeping(), signal, clients })).toEqual([]);
  expect(at).toHaveLength(140);
  for (const start of at)
    expect(at.filter((time) => time >= start && time < start + 1000).length).toBeLessThanOrEqual(100);
});
