import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownTarget } from '../diagnostics/resolve.ts';
import type { Target } from '../emit/emitter.ts';
import { validateStructure } from '../language/validate.ts';
import type { Project } from './project.ts';

/** The options of each target, validated by the target's own schema. A target that does not exist is KW2011. */
export function readTargetOptions(
  project: Project,
  targets: readonly Target<unknown>[],
): { readonly options: Readonly<Record<string, unknown>>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const options: Record<string, unknown> = {};
  for (const target of targets) options[target.name] = target.options.parse({});
  for (const [name, written] of project.targetOptions) {
    const target = targets.find((candidate) => candidate.name === name);
    if (target === undefined) {
      const candidates = targets.map((candidate) => candidate.name);
      diagnostics.push(report(unknownTarget, written.nameSpan, { name, candidates }));
      continue;
    }
    const validated = validateStructure(target.options, { ...written.file, value: written.value, place: written.span });
    diagnostics.push(...validated.diagnostics);
    // Unlike the language, a target's schema may have defaults, which the parsed value lacks.
    if (validated.value !== undefined) options[name] = target.options.parse(validated.value);
  }
  return { options, diagnostics };
}
