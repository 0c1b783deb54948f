import type { Oracle, Verdict } from '../oracle.ts';
import { faults } from './cdk/faults.ts';
import { judgeSubject } from './cdk/judge.ts';
import { judgeApps, shrinkProject, subjectsForCdk } from './cdk/own.ts';
import { Record } from './cdk/record.ts';
import { missingLibrary } from './cdk/translate/library.ts';

const record = new Record();
const seen = new Set<string>();
let generated = 0;
let hasGeneratedFailure = false;

/**
 * Compares with the AWS CDK, version 2 and, for `defaultKeyPolicies: false`, version 1. Every project is translated into a CDK app, and the
 * templates are compared. See docs/conformance.md.
 */
export const oracle: Oracle = {
  generated: 250,
  missing: missingLibrary,
  cases: (seed, _, count) => subjectsForCdk(count, seed),

  async judge(subject): Promise<Verdict> {
    const judged = judgeSubject(subject);
    const isPlanted = seen.has(subject.name); // a subject is judged again when mistakes are planted in it
    if (!isPlanted) {
      seen.add(subject.name);
      record.add(judged);
      if (subject.kind === 'generated') {
        generated += 1;
        hasGeneratedFailure ||= judged.unexplained.length > 0;
      }
    }
    if (judged.outside !== undefined) return { kind: 'outside', why: judged.outside };
    if (judged.unexplained.length > 0) return { kind: 'disagreed', details: judged.unexplained };
    return judged.departures.size > 0
      ? { kind: 'explained', departures: [...judged.departures.keys()] }
      : { kind: 'agreed' };
  },

  async close() {
    const problems = [
      ...(generated > 0 ? await judgeApps(generated, record) : []),
      ...(hasGeneratedFailure ? await shrinkProject(generated) : []),
      // Only a run over all projects needs all departures.
      ...(generated > 0 ? record.unused() : []).map((name) => `nothing needs the departure "${name}"`),
      ...record
        .undocumented()
        .map((name) => `docs/conformance.md does not list the departure "${name}" with its reason`),
    ];
    record.print();
    for (const problem of problems) console.log(`\naws-cdk-lib: ${problem}`);
    // The run continues, and fails at the end.
    if (problems.length > 0) process.once('exit', () => (process.exitCode = 1));
  },

  faults,
};
