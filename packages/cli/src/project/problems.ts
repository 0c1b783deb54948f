import type { Compilation } from '@keywright/core/compile';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';

/**
 * Every problem of a project: what its compilation found and, unless that is an error, what the rules find. A program with
 * errors lacks what they are about, so that rules would find what is not so. They are loaded only when there is something to ask.
 */
export async function problemsOf({ program, review, diagnostics }: Compilation): Promise<readonly Diagnostic[]> {
  if (program === undefined || hasErrors(diagnostics)) return diagnostics;
  const { checkProgram } = await import('@keywright/analyze/check-program');
  const found = checkProgram(program, review);
  return found.length === 0 ? diagnostics : arrange([...diagnostics, ...found]);
}
