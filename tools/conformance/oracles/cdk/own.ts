import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { anyProject } from '../../../../packages/cli/src/testing/any-project.ts';
import { subjectOf } from '../../subject.ts';
import { anyApp } from './any-app.ts';
import { judgeSubject } from './judge.ts';
import type { Record } from './record.ts';
import { type Found, search } from './search.ts';

const folder = join(import.meta.dirname, 'cases');

/** Judges the projects in `cases`, which only the CDK tells anything about. What is wrong is returned. */
export async function judgeCases(record: Record): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    const subject = await subjectOf(file, 'case', {
      readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }),
      glob: () => [],
    });
    if (subject === undefined) {
      problems.push(`cases/${file} is not valid`);
      continue;
    }
    const judged = judgeSubject(subject);
    record.add(judged);
    problems.push(...judged.unexplained.map((detail) => `cases/${file}: ${detail}`));
  }
  return problems;
}

/** Judges so many apps of this oracle's own generator. One that fails is shown as small as it gets. */
export async function judgeApps(runs: number, record: Record): Promise<readonly string[]> {
  const counts = { agreed: 0, explained: 0, outside: 0 };
  const found = await search(anyApp, seed(), runs, (judged) => {
    record.add(judged);
    if (judged.outside !== undefined) counts.outside += 1;
    else counts[judged.departures.size > 0 ? 'explained' : 'agreed'] += 1;
  });
  const { agreed, explained, outside } = counts;
  console.log(
    `aws-cdk-lib: ${runs} apps of its own, seed ${seed()}: ${agreed} agreed, ${explained} explained, ${outside} not compared`,
  );
  return found === undefined ? [] : [shown(found)];
}

/** One of the common generated projects that fails, as small as it gets. */
export async function shrinkProject(runs: number): Promise<readonly string[]> {
  const files = anyProject.map((project) => ({ 'keywright.yaml': project }));
  const found = await search(files, seed(), runs, () => {});
  return found === undefined ? [] : [shown(found)];
}

/** That of the run, so that what fails can be had again. */
function seed(): number {
  const { values } = parseArgs({ strict: false, options: { seed: { type: 'string', default: '20261124' } } });
  return Number(values.seed);
}

function shown({ files, unexplained }: Found): string {
  return [
    'the CDK disagrees about this project:',
    JSON.stringify(files['keywright.yaml'], undefined, 2),
    ...unexplained.slice(0, 10),
  ].join('\n');
}
