import type { Compilation } from '@keywright/core/compile';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';

/**
 * Returns all problems of a project: those found by compiling and, if there are no errors, those found by the rules, because on an
 * incomplete program the rules would report false findings. The rules are loaded only when they are needed.
 */
export async function problemsOf({
  program,
  distinct,
  review,
  diagnostics,
}: Compilation): Promise<readonly Diagnostic[]> {
  if (program === undefined || hasErrors(diagnostics)) return diagnostics;
  const { checkProgram } = await import('@keywright/analyze/check-program');
  // If rules find nothing in a deployment, they find nothing in the deployments that are like it.
  if (distinct !== undefined && checkProgram(distinct, review).length === 0) return diagnostics;
  const findings = checkProgram(program, review);
  return findings.length === 0 ? diagnostics : arrange([...diagnostics, ...findings]);
}
