/**
 * One oracle, the one in the first argument, over every subject, and every planted fault: a process of its own, which says on its
 * standard output what it finds, and sends its row of the table to the process that started it.
 */
import type { Fault, Named, Oracle, Verdict } from './oracle.ts';
import { oracles } from './oracles.ts';
import { subjects } from './subject.ts';

/** What an oracle is run with. */
export interface Options {
  /** At most so many generated projects. */
  readonly generated: number | undefined;
  readonly seed: number;
  /** Only subjects whose names contain it. */
  readonly subject: string;
}

/** What the table says of an oracle. */
export interface Row {
  readonly oracle: string;
  cases: number;
  agreed: number;
  explained: number;
  disagreed: number;
  /** `11 of 12`. */
  faults: string;
  notRun?: string;
  /** How many subjects each departure explains. */
  readonly departures: Record<string, number>;
  failed: boolean;
}

const [name = '', given = '{}'] = process.argv.slice(2);
const options = JSON.parse(given) as Options;
const oracle = await oracleOf(name);
const row: Row = {
  oracle: name,
  cases: 0,
  agreed: 0,
  explained: 0,
  disagreed: 0,
  faults: '',
  departures: {},
  failed: false,
};
const why = oracle.missing();
if (why === undefined) {
  const start = Date.now();
  await oracle.open?.();
  try {
    await judgeAll();
  } finally {
    await oracle.close?.();
  }
  console.log(`${row.oracle}: ${row.cases} cases in ${Math.round((Date.now() - start) / 1000)} s`);
} else {
  row.notRun = why;
  row.failed = process.env.CI === 'true';
}
process.send?.(row);
process.disconnect?.();

async function oracleOf(name: string): Promise<Oracle<Named>> {
  const load = oracles.find((each) => each.name === name);
  if (load === undefined) throw new Error(`no oracle is called ${name}`);
  return load.load();
}

async function judgeAll(): Promise<void> {
  const generated = Math.min(oracle.generated, options.generated ?? oracle.generated);
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
      console.log(`\n${row.oracle} disagrees about ${subject.name}:`);
      for (const detail of verdict.details.slice(0, 10)) console.log(`  ${detail.replaceAll('\n', '\n  ')}`);
      continue;
    }
    await plantFaults(subject, unplanted);
  }
  const caught = oracle.faults.length - unplanted.size;
  row.faults = `${caught} of ${oracle.faults.length}`;
  if (unplanted.size > 0 && options.subject === '') {
    row.failed = true;
    for (const fault of unplanted) console.log(`${row.oracle} has not caught ${fault.name}`);
  }
}

/** One by one, or all at once where the oracle likes it better. */
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

/** Each fault is planted in the first subject that has a place for it. One that is not caught there is a failure. */
async function plantFaults(subject: Named, unplanted: Set<Fault<Named>>): Promise<void> {
  for (const fault of [...unplanted]) {
    const planted = fault.plant(subject);
    if (planted === undefined) continue;
    const verdict = await oracle.judge(planted);
    if (verdict.kind === 'disagreed') unplanted.delete(fault);
    else {
      row.failed = true;
      console.log(`${row.oracle} does not see ${fault.name} in ${subject.name}`);
    }
  }
}
