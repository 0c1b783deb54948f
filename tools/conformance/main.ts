/**
 * Runs every oracle over every subject and every planted fault, and prints a table at the end. Options: `--oracle NAME` (repeatable),
 * `--generated N` (the number of generated projects for each oracle that uses them), `--seed N`, `--subject TEXT` (only subjects with TEXT
 * in their name), `--long` (also the oracles that take too long for every run). Exits with 1 if an oracle disagrees or misses a fault; in
 * CI, also if an oracle cannot run.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { inParallel } from '@keywright/lookup/in-parallel';
import { type NamedOracle, oracleNamed, oracles } from './oracles.ts';
import { emptyRow, type Options, type Row } from './row.ts';

const { values } = parseArgs({
  options: {
    oracle: { type: 'string', multiple: true },
    generated: { type: 'string' },
    seed: { type: 'string', default: '20261124' },
    subject: { type: 'string', default: '' },
    long: { type: 'boolean', default: false },
  },
});
const options: Options = {
  generated: values.generated === undefined ? undefined : Number(values.generated),
  seed: Number(values.seed),
  subject: values.subject,
};
const named = values.oracle?.map(oracleNamed);
const chosen = oracles.filter((oracle) => named?.includes(oracle) ?? (!oracle.long || values.long));
const rows = new Map<string, Row>();
const longestFirst = [...chosen].sort((a, b) => b.seconds - a.seconds);
// Runs one more oracle than there are cores. With two oracles at a time, two cores were idle for a fifth of the time, while the oracles
// waited for Terraform and the emulator.
await inParallel(longestFirst, availableParallelism() + 1, async (oracle) =>
  rows.set(oracle.name, await judge(oracle)),
);

/** Judges in a separate process. Oracles that run in parallel print only at their end, so that their lines do not mix. */
async function judge({ name }: NamedOracle): Promise<Row> {
  const child = fork(join(import.meta.dirname, 'judge.ts'), [name, JSON.stringify(options)], {
    stdio: ['ignore', chosen.length === 1 ? 'inherit' : 'pipe', 'inherit', 'ipc'],
  });
  let row: Row | undefined;
  child.on('message', (sent) => {
    row = sent as Row;
  });
  const [printed] = await Promise.all([child.stdout === null ? '' : text(child.stdout), once(child, 'close')]);
  process.stdout.write(printed);
  return row !== undefined && child.exitCode === 0
    ? row
    : { ...emptyRow(name), notRun: 'it ended without a result', failed: true };
}

const inOrder = chosen.flatMap(({ name }) => rows.get(name) ?? []);
console.log('\n| oracle | cases | agreed | explained | disagreed | planted faults caught | not run, and why |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- |');
for (const { oracle, cases, agreed, explained, disagreed, faults, notRun = '' } of inOrder) {
  console.log(`| ${oracle} | ${cases} | ${agreed} | ${explained} | ${disagreed} | ${faults} | ${notRun} |`);
}
const departures = new Map<string, number>();
for (const row of inOrder) {
  for (const [name, count] of Object.entries(row.departures)) departures.set(name, (departures.get(name) ?? 0) + count);
}
if (departures.size > 0) {
  console.log('\n| departure | subjects |');
  console.log('| --- | ---: |');
  for (const [name, count] of [...departures].sort()) console.log(`| ${name} | ${count} |`);
}
process.exitCode = inOrder.some(({ failed }) => failed) ? 1 : 0;
