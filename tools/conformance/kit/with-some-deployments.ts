import { someDeployments } from '../../../packages/cli/src/testing/some-deployments.ts';
import type { Subject } from '../subject.ts';

/** A subject with a few deployments of each program, if a program has many; see `someDeployments`. All files stay. */
export function withSomeDeployments(subject: Subject, ofEach = 2): Subject {
  const program = someDeployments(subject.program, ofEach);
  return program === subject.program ? subject : { ...subject, program };
}
