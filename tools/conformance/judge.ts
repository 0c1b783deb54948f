/**
 * Runs the oracle in the first argument over every subject and every planted fault. Runs as a separate process: findings go to standard
 * output, and the row of the table to the parent process.
 */
import { inParallel } from '@keywright/lookup/in-parallel';
import type { Fault, Named, Verdict } from './oracle.ts';
import { oracleNamed } from './oracles.ts';
import { emptyRow, type Options } from './row.ts';
import { subjects } from './subject.ts';

const [name = '', given = ''] = process.argv.slice(2);
const options = JSON.parse(given) as Options;
const oracle = await oracleNamed(name).load();
const row = emptyRow(name);
const why = oracle.missing();
if (why === undefined) {
  const start = Date.now();
  await oracle.open?.();
  try {
    await judgeAll();
  } finally {
    await oracle.close?.();
  }
  console.log(`${name}: ${row.cases} cases in ${Math.round((Date.now() - start) / 1000)} s`);
} else {
  row.notRun = why;
  row.failed = process.env.CI === 'true';
}
process.send?.(row);
process.disconnect?.();

async function judgeAll(): Promise<void> {
  const generated = oracle.generated === 0 ? 0 : (options.generated ?? oracle.generated);
  const unplanted = new Set<Fault<Named>>(oracle.faults);
  for await (const [subject, verdict] of verdicts(generated)) {
    if (verdict.kind === 'outside') continue;
    row.cases += 1;
    row[verdict.kind] += 1;
    if (verdict.kind === 'explained') {
      for (const departure of new Set(verdict.departures))
        row.departures[departure] = (row.departures[departure] ?? 0) + 1;
    }
    if (verdict.kind === 'disagreed') {
      row.failed = true;
      console.log(`\n${name} disagrees about ${subject.name}:`);
      for (const detail of verdict.details.slice(0, 10)) console.log(`  ${detail.replaceAll('\n', '\n  ')}`);
      continue;
    }
    await plantFaults(subject, unplanted);
  }
  const caught = oracle.faults.length - unplanted.size;
  row.faults = `${caught} of ${oracle.faults.length}`;
  if (unplanted.size > 0 && options.subject === '') {
    row.failed = true;
    for (const fault of unplanted) console.log(`${name} has not caught ${fault.name}`);
  }
}

/** Yields the verdicts one by one or, if the oracle is faster that way, all at once. */
async function* verdicts(generated: number): AsyncGenerator<readonly [Named, Verdict]> {
  const { seed, subject: text } = options;
  const chosen: Named[] = [];
  for await (const subject of oracle.cases?.(seed, text, generated) ?? subjects(generated, seed)) {
    if (!subject.name.includes(text)) continue;
    if (oracle.judgeAll === undefined) yield [subject, await oracle.judge(subject)];
    else chosen.push(subject);
  }
  const all = (await oracle.judgeAll?.(chosen)) ?? [];
  for (const [index, subject] of chosen.entries()) yield [subject, all[index] ?? (await oracle.judge(subject))];
}

/** Plants each fault in the first subject that the fault can change. Fails if the oracle does not catch the fault in that subject. */
async function plantFaults(subject: Named, unplanted: Set<Fault<Named>>): Promise<void> {
  await inParallel([...unplanted], oracle.faultsAtOnce ?? 1, async (fault) => {
    const planted = fault.plant(subject);
    if (planted === undefined) return;
    const verdict = await oracle.judge(planted);
    if (verdict.kind === 'disagreed') unplanted.delete(fault);
    else {
      row.failed = true;
      console.log(`${name} does not see ${fault.name} in ${subject.name}`);
    }
  });
}
