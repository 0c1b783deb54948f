import { templateFiles } from '../kit/templates/templates.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import { faults } from './cfn-lint/faults.ts';
import { type Finding, Linter, missingLinter } from './cfn-lint/linter.ts';
import { outputOfAnImport } from './cfn-lint/output-of-an-import.ts';

/** If a stack can be anywhere, it is linted for these regions: one of each partition. */
const anywhere = ['us-east-1', 'cn-north-1', 'us-gov-west-1'];

let linter: Linter | undefined;
/** The findings so far, by text and regions. A fault changes one template, and all others have been linted already. */
const known = new Map<string, readonly Finding[]>();

/** cfn-lint has no finding in any template, in either form, for the region of its stack. */
export const oracle: Oracle = {
  generated: 100,
  missing: missingLinter,

  async open() {
    linter = new Linter();
  },

  async judge(subject): Promise<Verdict> {
    const templates = templateFiles(subject);
    if (templates.length === 0) return { kind: 'outside', why: 'no stack is for CloudFormation' };
    const details: string[] = [];
    const departures: string[] = [];
    for (const { path, text, region } of templates) {
      for (const finding of await findingsOf(text, region === undefined ? anywhere : [region])) {
        if (outputOfAnImport.matches(finding, path, subject)) departures.push(outputOfAnImport.name);
        else details.push(`${path}: ${printed(finding)}`);
      }
    }
    if (details.length > 0) return { kind: 'disagreed', details };
    return departures.length > 0 ? { kind: 'explained', departures } : { kind: 'agreed' };
  },

  async close() {
    linter?.close();
  },

  faults,
};

async function findingsOf(text: string, regions: readonly string[]): Promise<readonly Finding[]> {
  const key = JSON.stringify([text, regions]);
  const found = known.get(key) ?? (await linter?.lint(text, regions));
  if (found === undefined) throw new Error('the oracle is not open');
  known.set(key, found);
  return found;
}

function printed({ rule, message, line, path }: Finding): string {
  return `${rule} at line ${line}, ${path.join('/')}: ${message}`;
}
