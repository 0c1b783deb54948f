/**
 * Runs every oracle over every subject, and every planted fault, and ends with a table. Options: `--oracle NAME` (more than
 * once), `--generated N` (at most so many generated projects for each), `--seed N`, `--subject TEXT` (names that contain it), `--long`
 * (what takes too long for every run, too).
 * Exits with 1 when an oracle disagrees, when it misses a fault, or in CI when one cannot run.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Options, Row } from './judge.ts';
import { type NamedOracle, oracles } from './oracles.ts';

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
for (const name of values.oracle ?? []) {
  if (oracles.every((each) => each.name !== name)) throw new Error(`no oracle is called ${name}`);
}

const chosen = oracles.filter(({ name, long }) => values.oracle?.includes(name) ?? (!long || values.long));
const rows = new Map<string, Row>();
const waiting = [...chosen].sort((a, b) => b.seconds - a.seconds);
await Promise.all(Array.from({ length: availableParallelism() }, judgeWhatWaits));

/** One process for each core, since most oracles keep one busy. */
async function judgeWhatWaits(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) rows.set(next.name, await judge(next));
}

/** What one of several prints comes in one piece, when it ends. */
async function judge({ name }: NamedOracle): Promise<Row> {
  const child = fork(join(import.meta.dirname, 'judge.ts'), [name, JSON.stringify(options)], {
    stdio: ['ignore', chosen.length === 1 ? 'inherit' : 'pipe', 'inherit', 'ipc'],
  });
  const failed: Row = {
    oracle: name,
    cases: 0,
    agreed: 0,
    explained: 0,
    disagreed: 0,
    faults: '',
    notRun: 'it ended without a result',
    departures: {},
    failed: true,
  };
  let row: Row | undefined;
  child.on('message', (sent) => {
    row = sent as Row;
  });
  const [printed] = await Promise.all([child.stdout === null ? '' : text(child.stdout), once(child, 'close')]);
  process.stdout.write(printed);
  return row !== undefined && child.exitCode === 0 ? row : failed;
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
