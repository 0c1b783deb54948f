import type { Compilation } from '@keywright/core/compile';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { targets } from '../targets.ts';

/**
 * Reports stacks with texts that exceed a target's limit. To find them, prints the stacks in which a text may be too long. If no stack has
 * such a text, no emitter is loaded. Writes nothing. `diagnostics` are those found so far: a project with errors cannot be printed.
 */
export async function problemsOfLength(
  compilation: Compilation,
  diagnostics: readonly Diagnostic[],
  root: string,
): Promise<readonly Diagnostic[]> {
  const { program } = compilation;
  if (program === undefined || hasErrors(diagnostics)) return [];
  const long = new Set<string>();
  const concerned = targets.filter((target) => {
    const its = program.stacks.filter((stack) => stack.targets.includes(target.name) && target.mayBeTooLong?.(stack));
    for (const { name } of its) long.add(name);
    return its.length > 0;
  });
  if (concerned.length === 0) return [];
  const [{ prepareTargets }, { generate }] = await Promise.all([
    import('./prepare-targets.ts'),
    import('./generate.ts'),
  ]);
  const prepared = await prepareTargets(concerned, compilation, root);
  if (hasErrors(prepared.diagnostics)) return prepared.diagnostics;
  return generate(program, prepared.targets, long, () => {}).diagnostics;
}
