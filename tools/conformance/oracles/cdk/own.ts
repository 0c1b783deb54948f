import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostOfText } from '@keywright/core/project/host';
import { anyProject } from '../../../../packages/cli/src/testing/any-project.ts';
import { type Subject, subjectOf, subjects } from '../../subject.ts';
import { anyApp, type Files, hostOf } from './any-app.ts';
import { plainProject } from './plain-project.ts';
import type { Record } from './record.ts';
import { type Counterexample, search } from './search.ts';

const folder = join(import.meta.dirname, 'cases');

/**
 * Yields the projects in `cases`, which only the CDK judges, and the common subjects. Every second generated project is judged without the
 * parts that a departure explains, if it is valid without them.
 */
export async function* subjectsForCdk(generated: number, seed: number): AsyncGenerator<Subject> {
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    const subject = await subjectOf(`cdk-cases/${file.replace('.yaml', '')}`, 'case', hostOfText(text));
    if (subject === undefined) throw new Error(`${file} is not valid`);
    yield subject;
  }
  let count = 0;
  for await (const subject of subjects(generated, seed)) {
    const isPlain = subject.kind === 'generated' && count++ % 2 === 1;
    yield (isPlain && (await withoutDepartures(subject))) || subject;
  }
}

async function withoutDepartures({ host, kind, name }: Subject): Promise<Subject | undefined> {
  const reading = host.readFile('keywright.yaml');
  if (reading.kind !== 'text') return undefined;
  return subjectOf(`${name}-plain`, kind, hostOf({ 'keywright.yaml': plainProject(JSON.parse(reading.text)) }));
}

/** Judges `runs` apps of this oracle's own generator. Half of them have nothing that a departure explains. An app that fails is shrunk. */
export async function judgeApps(runs: number, record: Record): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [kind, files, count] of [
    ['apps', anyApp, Math.floor(runs / 2)],
    ['plain apps', anyApp.map(withPlainProject), Math.ceil(runs / 2)],
  ] as const) {
    const counts = { agreed: 0, explained: 0, outside: 0 };
    const found = await search(files, seed(), count, (judged) => {
      record.add(judged);
      if (judged.outside !== undefined) counts.outside += 1;
      else counts[judged.departures.size > 0 ? 'explained' : 'agreed'] += 1;
    });
    const { agreed, explained, outside } = counts;
    console.log(
      `aws-cdk-lib: ${count} ${kind} of its own, seed ${seed()}: ${agreed} agreed, ${explained} explained, ${outside} not compared`,
    );
    if (found !== undefined) problems.push(shown(found));
  }
  return problems;
}

/** Shrinks a common generated project that fails. Also tries projects without anything that a departure explains. */
export async function shrinkProject(runs: number): Promise<readonly string[]> {
  const common = anyProject.map((project): Files => ({ 'keywright.yaml': project }));
  for (const files of [common, common.map(withPlainProject)]) {
    const found = await search(files, seed(), runs, () => {});
    if (found !== undefined) return [shown(found)];
  }
  return [];
}

function withPlainProject(files: Files): Files {
  return { ...files, 'keywright.yaml': plainProject(files['keywright.yaml']) };
}

function seed(): number {
  const { values } = parseArgs({ strict: false, options: { seed: { type: 'string', default: '20261124' } } });
  return Number(values.seed);
}

function shown({ files, unexplained }: Counterexample): string {
  return [
    'the CDK disagrees about this project:',
    JSON.stringify(files['keywright.yaml'], undefined, 2),
    ...unexplained.slice(0, 10),
  ].join('\n');
}
