/**
 * Runs every oracle over every subject, and every planted fault, and ends with a table. Options: `--oracle NAME` (more than
 * once), `--generated N` (at most so many generated projects for each), `--seed N`, `--subject TEXT` (names that contain it), `--long`
 * (what takes too long for every run, too).
 * Exits with 1 when an oracle disagrees, when it misses a fault, or in CI when one cannot run.
 */
import { parseArgs } from 'node:util';
import type { Fault, Named, Oracle, Verdict } from './oracle.ts';
import { oracles } from './oracles.ts';
import { subjects } from './subject.ts';

const { values } = parseArgs({
  options: {
    oracle: { type: 'string', multiple: true },
    generated: { type: 'string' },
    seed: { type: 'string', default: '20261124' },
    subject: { type: 'string', default: '' },
    long: { type: 'boolean', default: false },
  },
});

interface Row {
  readonly oracle: string;
  cases: number;
  agreed: number;
  explained: number;
  disagreed: number;
  faults: string;
  notRun?: string;
}

const rows: Row[] = [];
const departures = new Map<string, number>();
let failed = false;

for (const load of oracles) {
  const oracle = await load();
  if (values.oracle !== undefined ? !values.oracle.includes(oracle.name) : oracle.long && !values.long) continue;
  const row: Row = { oracle: oracle.name, cases: 0, agreed: 0, explained: 0, disagreed: 0, faults: '' };
  rows.push(row);
  const why = oracle.missing();
  if (why !== undefined) {
    row.notRun = why;
    if (process.env.CI === 'true') failed = true;
    continue;
  }
  const start = Date.now();
  await oracle.open?.();
  try {
    await judgeAll(oracle, row);
  } finally {
    await oracle.close?.();
  }
  console.log(`${oracle.name}: ${row.cases} cases in ${Math.round((Date.now() - start) / 1000)} s`);
}

async function judgeAll(oracle: Oracle<Named>, row: Row): Promise<void> {
  const generated = Math.min(oracle.generated, Number(values.generated ?? oracle.generated));
  const unplanted = new Set<Fault<Named>>(oracle.faults);
  for await (const [subject, verdict] of verdicts(oracle, generated)) {
    if (verdict.kind === 'outside') continue;
    row.cases += 1;
    row[verdict.kind] += 1;
    if (verdict.kind === 'explained') {
      for (const departure of new Set(verdict.departures))
        departures.set(departure, (departures.get(departure) ?? 0) + 1);
    }
    if (verdict.kind === 'disagreed') {
      failed = true;
      console.log(`\n${oracle.name} disagrees about ${subject.name}:`);
      for (const detail of verdict.details.slice(0, 10)) console.log(`  ${detail.replaceAll('\n', '\n  ')}`);
      continue;
    }
    await plantFaults(oracle, subject, unplanted);
  }
  const caught = oracle.faults.length - unplanted.size;
  row.faults = `${caught} of ${oracle.faults.length}`;
  if (unplanted.size > 0 && values.subject === '') {
    failed = true;
    for (const fault of unplanted) console.log(`${oracle.name} has not caught ${fault.name}`);
  }
}

/** One by one, or all at once where the oracle likes it better. */
async function* verdicts(oracle: Oracle<Named>, generated: number): AsyncGenerator<readonly [Named, Verdict]> {
  const seed = Number(values.seed);
  const chosen: Named[] = [];
  for await (const subject of oracle.cases?.(seed, values.subject, generated) ?? subjects(generated, seed)) {
    if (!subject.name.includes(values.subject)) continue;
    if (oracle.judgeAll === undefined) yield [subject, await oracle.judge(subject)];
    else chosen.push(subject);
  }
  const all = (await oracle.judgeAll?.(chosen)) ?? [];
  for (const [index, subject] of chosen.entries()) yield [subject, all[index] ?? (await oracle.judge(subject))];
}

/** Each fault is planted in the first subject that has a place for it. One that is not caught there is a failure. */
async function plantFaults(oracle: Oracle<Named>, subject: Named, unplanted: Set<Fault<Named>>): Promise<void> {
  for (const fault of [...unplanted]) {
    const planted = fault.plant(subject);
    if (planted === undefined) continue;
    const verdict = await oracle.judge(planted);
    if (verdict.kind === 'disagreed') unplanted.delete(fault);
    else {
      failed = true;
      console.log(`${oracle.name} does not see ${fault.name} in ${subject.name}`);
    }
  }
}

console.log('\n| oracle | cases | agreed | explained | disagreed | planted faults caught | not run, and why |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- |');
for (const { oracle, cases, agreed, explained, disagreed, faults, notRun = '' } of rows) {
  console.log(`| ${oracle} | ${cases} | ${agreed} | ${explained} | ${disagreed} | ${faults} | ${notRun} |`);
}
if (departures.size > 0) {
  console.log('\n| departure | subjects |');
  console.log('| --- | ---: |');
  for (const [name, count] of [...departures].sort()) console.log(`| ${name} | ${count} |`);
}
process.exitCode = failed ? 1 : 0;
