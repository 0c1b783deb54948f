/**
 * Tests lookups. The command runs against accounts in moto and against servers that behave in all kinds of ways, over real HTTP, and is
 * killed at random. Its files, output and calls are compared with the answers of the accounts to the AWS SDK, and with the promises in
 * docs/lookups.md.
 */

import { missingCommand } from '../kit/command.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import type { Oracle } from '../oracle.ts';
import type { LookupCase } from './lookups/case.ts';
import { differences } from './lookups/compare.ts';
import { faults } from './lookups/faults/faults.ts';
import { inOrder } from './lookups/in-order.ts';
import { runSituation } from './lookups/situation.ts';
import { found } from './lookups/situations/found.ts';
import { fullDisk } from './lookups/situations/full-disk.ts';
import { identities } from './lookups/situations/identities.ts';
import { endings, startVictims } from './lookups/situations/killed.ts';
import { missing } from './lookups/situations/missing.ts';
import { otherPlaces } from './lookups/situations/other-places.ts';
import { permissions } from './lookups/situations/permissions.ts';
import { trouble } from './lookups/situations/trouble.ts';
import { makeWorld, type World } from './lookups/world.ts';

let moto: Moto;

/** The number of commands that run in parallel. Most of them wait for a server. */
const atATime = 4;

async function* situations(world: World, seed: number, text: string): AsyncGenerator<LookupCase> {
  // Slow servers come first, so that the other runs do not have to wait for them at the end.
  const all = [
    ...trouble(world, seed),
    ...found(world, seed),
    ...missing(world),
    ...permissions(world),
    ...otherPlaces(world),
    ...identities(world),
    ...fullDisk(world),
  ];
  yield* inOrder(
    all.filter(({ name }) => name.includes(text)),
    atATime,
    (situation) => runSituation(world, situation),
  );
}

async function* broken(seed: number, text: string): AsyncGenerator<LookupCase> {
  const chosen = endings(seed).filter(({ name }) => name.includes(text));
  if (chosen.length === 0) return;
  const victims = await startVictims();
  try {
    // Measures with as many runs in parallel as in the real runs.
    const measured = await Promise.all(Array.from({ length: atATime }, () => victims.measure()));
    const times = {
      start: Math.max(...measured.map(({ start }) => start)),
      lastAnswer: Math.max(...measured.map(({ lastAnswer }) => lastAnswer)),
    };
    for await (const ended of inOrder(chosen, atATime, (ending) => victims.end(ending, times))) {
      count(ended);
      yield ended;
    }
  } finally {
    await victims.close();
  }
}

/** Maps what killed or interrupted runs left in the folder to the number of runs that left it. */
const left = new Map<string, number>();

function count({ name, runs: [first] }: LookupCase): void {
  if (first === undefined) return;
  const { before, after, beside } = first.seen;
  const file = before === after ? 'the old file' : 'another file';
  const kind = `${name.split('/')[0]}, ${file}${beside.length > 0 ? ' and a staging folder' : ''}`;
  left.set(kind, (left.get(kind) ?? 0) + 1);
}

export const oracle: Oracle<LookupCase> = {
  generated: 0,
  missing: () => missingMoto() ?? missingCommand(),
  async open() {
    moto = await startMoto();
  },
  async *cases(seed, text) {
    yield* situations(await makeWorld(moto.url), seed, text);
    yield* broken(seed, text);
  },
  async judge({ runs }) {
    const details = runs.flatMap((run, index) =>
      differences(run).map((detail) => (runs.length === 1 ? detail : `run ${index + 1}: ${detail}`)),
    );
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },
  async close() {
    for (const [kind, count] of [...left].sort()) console.log(`lookups: ${kind}: ${count}`);
    await moto.stop();
  },
  faults,
};
