import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Target } from '../emit/emitter.ts';
import type { Checked } from '../language/checked.ts';
import { unknownTargetAt } from '../language/unknown-target.ts';
import { validateStructure } from '../language/validate.ts';
import { optionsNameWhatIsKnown } from './options-name-what-is-known.ts';
import type { Project } from './project.ts';

/** The options of each target, validated by the target's own schema, with known placeholders only. Reports an unknown target (KW2011). */
export function readTargetOptions(
  project: Project,
  targets: readonly Target<unknown>[],
): Result<Readonly<Record<string, unknown>>> {
  const collector = createCollector();
  const options: Record<string, unknown> = {};
  for (const target of targets) options[target.name] = target.options.parse({});
  for (const [name, written] of project.targetOptions) {
    const target = targets.find((candidate) => candidate.name === name);
    if (target === undefined) {
      const candidates = targets.map((candidate) => candidate.name);
      collector.add(unknownTargetAt(written.nameSpan, name, candidates));
      continue;
    }
    const checked: Checked = { ...written.file, value: written.value, span: written.span };
    const value = collector.take(validateStructure(target.options, checked));
    if (value === undefined) continue;
    const problems = optionsNameWhatIsKnown(written, project);
    collector.add(...problems);
    // Options with problems are left out, because every stack that used them would report them again. The others are parsed to add the
    // defaults: `validateStructure` returns the value as written, and a target's schema, unlike the language, may have defaults.
    if (problems.length === 0) options[name] = target.options.parse(value);
  }
  return collector.result(options);
}
