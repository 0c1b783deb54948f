import fc from 'fast-check';
import { subjectOf } from '../../subject.ts';
import { type Files, hostOf } from './any-app.ts';
import { type Judged, judgeSubject } from './judge.ts';

/** A project on which the CDK disagrees, as small as fast-check could make it. */
export interface Counterexample {
  readonly files: Files;
  readonly unexplained: readonly string[];
}

/** Judges `runs` projects that compile, and shrinks the first project that fails. */
export async function search(
  arbitrary: fc.Arbitrary<Files>,
  seed: number,
  runs: number,
  judged: (judged: Judged) => void,
): Promise<Counterexample | undefined> {
  let found: Counterexample | undefined;
  const property = fc.asyncProperty(arbitrary, async (files) => {
    const subject = await subjectOf('searched', 'generated', hostOf(files));
    fc.pre(subject !== undefined);
    const result = judgeSubject(subject);
    if (result.unexplained.length === 0) {
      if (found === undefined) judged(result);
      return;
    }
    found = { files, unexplained: result.unexplained };
    throw new Error(result.unexplained[0]);
  });
  // Skips projects that do not compile, up to twenty for each project that is compared.
  await fc.check(property, { seed, numRuns: runs, maxSkipsPerRun: 20 });
  return found;
}
