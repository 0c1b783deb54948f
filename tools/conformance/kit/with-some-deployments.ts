import { someDeployments } from '../../../packages/cli/src/testing/some-deployments.ts';
import type { Subject } from '../subject.ts';

/** Reduces a subject with many stacks to a few deployments of each program; see `someDeployments`. All files are kept. */
export function withSomeDeployments(subject: Subject, ofEach = 2): Subject {
  const program = someDeployments(subject.program, ofEach);
  return program === subject.program ? subject : { ...subject, program };
}
