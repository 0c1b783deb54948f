import { checkDeclared } from './changes/check-declared.ts';
import { type Changes, declaredChanges } from './changes/declared.ts';
import { type Context, contextFileName, type LookupQuery } from './context/context.ts';
import { parseContextFile } from './context/context-file.ts';
import { arrange } from './diagnostics/arrange.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { createCollector, type Result } from './diagnostics/result.ts';
import { checkNames } from './emit/check-names.ts';
import { checkTargets } from './emit/check-targets.ts';
import type { Target } from './emit/emitter.ts';
import type { Program } from './ir/program.ts';
import { checkCapabilities } from './keys/check-capabilities.ts';
import { checkKeys } from './keys/check-keys.ts';
import { checkStandards } from './policy/check-standards.ts';
import { checkPrincipals } from './principals/check-principals.ts';
import type { ProjectHost } from './project/host.ts';
import { type ReadProject, readProject } from './project/read-project.ts';
import { readingProblem } from './project/reading.ts';
import { readTargetOptions } from './project/target-options.ts';
import { resolveStacks } from './resolve/resolve-stacks.ts';
import { readReview } from './review/read-review.ts';
import { noReview, type Review } from './review/review.ts';
import { applySeverities, checkSeverities } from './review/severities.ts';
import type { SourceFile } from './source/span.ts';
import { synthesise } from './synthesise/synthesise.ts';

/** What a compilation is told besides the files. */
export interface CompileOptions {
  /** Every target there is; `targets:` in a stack names some of them. */
  readonly targets: readonly Target<unknown>[];
  /** The names of the targets to compile for (`--target`); absent: all. A stack is compiled for those of its own among them. */
  readonly only?: readonly string[];
}

export interface Compilation {
  /** Absent when the files could not be made sense of. Present with errors in `diagnostics` it must not be emitted. */
  readonly program?: Program;
  /** All problems of all phases, in the order of file, line and column. What rules find is not among them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, by path; reports show lines of them, `--watch` watches them. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The validated `targets.<name>` of the project, by target name; a target that is absent has its defaults. */
  readonly targetOptions: Readonly<Record<string, unknown>>;
  /** What the project says about the rules that judge it. */
  readonly review: Review;
  /** The aliases that the project looks up, without doubles. */
  readonly lookups: readonly LookupQuery[];
  /** What the context file holds. */
  readonly context: Context;
  /** What the project says about changes since the last build. */
  readonly changes: Changes;
}

/** Compiles the project whose `keywright.yaml` the host shows. Never throws for bad input. */
export function compileProject(host: ProjectHost, options: CompileOptions): Compilation {
  const { targets, only } = options;
  const { value: read, diagnostics: found } = readFiles(host, targets);
  const { project, sources, context, targetOptions } = read;
  if (project === undefined) {
    const changes: Changes = { moves: [], removals: [], deployments: [] };
    return { ...read, review: noReview, lookups: [], changes, diagnostics: arrange(found) };
  }
  const targetNames = targets.map((target) => target.name);
  const resolution = resolveStacks(project, targetNames, context);
  const { model, lookups } = resolution.value;
  const { value: program, diagnostics } = synthesise(model, targets);
  const declared = declaredChanges(model);
  const review = readReview(project, model);
  const selected = only === undefined ? program : selectTargets(program, only);
  return {
    program: selected,
    diagnostics: applySeverities(
      arrange([
        ...found,
        ...checkSeverities(review),
        ...resolution.diagnostics,
        ...checkPrincipals(model),
        ...checkKeys(model),
        ...checkDeclared(declared, model),
        ...diagnostics,
        ...checkStandards(model),
        ...checkCapabilities(model, targets, only),
        ...checkNames(selected, targets),
        ...checkTargets(selected, targets, targetOptions),
      ]),
      review,
    ),
    sources,
    targetOptions,
    review,
    lookups,
    context,
    changes: declared,
  };
}

interface Files extends ReadProject {
  readonly context: Context;
  readonly targetOptions: Readonly<Record<string, unknown>>;
}

/** All that the files of a project say, parsed and validated. */
function readFiles(host: ProjectHost, targets: readonly Target<unknown>[]): Result<Files> {
  const collector = createCollector();
  const files = collector.take(readProject(host));
  const { sources, context } = collector.take(readContext(host, files.sources));
  const { project } = files;
  const targetOptions = project === undefined ? {} : collector.take(readTargetOptions(project, targets));
  return collector.result({ ...files, sources, context, targetOptions });
}

function readContext(
  host: ProjectHost,
  sources: ReadonlyMap<string, SourceFile>,
): Result<Pick<Files, 'context' | 'sources'>> {
  const reading = host.readFile(contextFileName);
  if (reading.kind === 'text') {
    const source = { path: contextFileName, text: reading.text };
    const { context, diagnostics } = parseContextFile(source);
    return { value: { context, sources: new Map([...sources, [contextFileName, source]]) }, diagnostics };
  }
  // A project that looks nothing up has no context file.
  const diagnostics = reading.kind === 'missing' ? [] : [readingProblem(contextFileName, reading, undefined)];
  return { value: { context: new Map(), sources }, diagnostics };
}

function selectTargets(program: Program, only: readonly string[]): Program {
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    targets: stack.targets.filter((target) => only.includes(target)),
  }));
  return { ...program, stacks };
}
