import { resolve } from 'node:path';
import { formatInventory } from '@keywright/core/changes/inventory-file';
import { leftOutPrograms } from '@keywright/core/changes/left-out-programs';
import { nextInventory } from '@keywright/core/changes/next-inventory';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import type { Program } from '@keywright/core/ir/program';
import { checkPaths } from '../disk/safe-path.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { earlierFiles, withDeployments } from '../output/earlier.ts';
import { type Generated, generate } from '../output/generate.ts';
import { outputFolder, problemOfOut } from '../output/output-folder.ts';
import type { Scope } from '../output/plan.ts';
import { type PlannedForLastBuild, planForLastBuild } from '../output/plan-for-last-build.ts';
import { prepareTargets } from '../output/prepare-targets.ts';
import type { Writing, Written } from '../output/write.ts';
import { writeOutputs } from '../output/write.ts';
import { type Progress, startProgress } from '../progress.ts';
import { applyBaseline, baselinePath, readBaseline } from '../project/baseline.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject } from '../project/locate.ts';
import { problemsOf } from '../project/problems.ts';
import { stacksNamed } from '../project/stacks-named.ts';
import { foldDiagnostics } from '../report/fold.ts';
import type { Format } from '../report/report.ts';
import { printReport } from '../report/report.ts';
import { checkWarnings, errorsOf } from '../report/threshold.ts';
import { targets } from '../targets.ts';
import type { Watched } from '../watch.ts';
import { targetsNamed } from './target-names.ts';

export interface BuildArguments {
  readonly directory?: string | undefined;
  readonly target?: readonly string[] | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly cfnFormat?: string | undefined;
  readonly check: boolean;
  readonly force: boolean;
  readonly dropExports: boolean;
  readonly dropMoves: boolean;
  readonly watch: boolean;
  readonly format: Format;
  readonly quiet: boolean;
  readonly maxWarnings?: number | undefined;
  /** The baseline file. If absent: `keywright.baseline.json` in the project's folder, if it exists. */
  readonly baseline?: string | undefined;
}

/** Generates a project's outputs. Writes them or, with `check`, compares them with the existing files. */
export async function build(args: BuildArguments, io: Io): Promise<ExitCode> {
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const named = targetsNamed(args.target);
  if ('problem' in named) return wrongUsage(io, named.problem);
  if (args.cfnFormat !== undefined && !named.targets.some(({ name }) => name === 'cfn')) {
    return wrongUsage(io, '--cfn-format needs the target cfn');
  }
  if (args.dropExports && !named.targets.some(({ name }) => name === 'cfn')) {
    return wrongUsage(io, '--drop-exports needs the target cfn');
  }
  const { root } = located;
  const out = outputFolder(root, args.out, io.cwd);
  const problem = problemOfOut(out, args.out);
  if (problem !== undefined) return wrongUsage(io, problem);
  const run = () =>
    buildOnce({
      root,
      out,
      targets: named.targets,
      args,
      io,
    });
  if (!args.watch) return (await run()).exitCode;
  const { watchProject } = await import('../watch.ts');
  return watchProject(run, io);
}

interface Run {
  readonly root: string;
  /** The output folder, absolute. */
  readonly out: string;
  readonly targets: readonly Target<unknown>[];
  readonly args: BuildArguments;
  readonly io: Io;
}

async function buildOnce(run: Run): Promise<Watched> {
  const { root, args, io } = run;
  const host = createDiskHost(root);
  const progress = startProgress(io, 'reading the project', args.format === 'text' && !args.quiet);
  const only = run.targets.map(({ name }) => name);
  const compilation = compileProject(host, { targets, only, isOnceForLike: true, onPhase: progress.update });
  const { folders = [], ...outcome } = await produce(compilation, run, progress);
  progress.stop();
  let exitCode: ExitCode;
  if ('problem' in outcome) {
    exitCode = wrongUsage(io, outcome.problem);
  } else {
    const folded = foldDiagnostics(outcome.diagnostics, compilation.program?.stacks ?? []);
    const diagnostics = args.quiet ? errorsOf(folded) : folded;
    await printReport(args.format, { ...outcome, diagnostics, sources: compilation.sources, root }, io);
    exitCode = hasErrors(outcome.diagnostics) ? 1 : 0;
  }
  const { path: baseline } = baselinePath(root, io.cwd, args.baseline);
  return { exitCode, root, files: new Set([...host.files, baseline]), patterns: host.patterns, folders };
}

/** The result of a run, and the folders of a team's own templates that the run read. */
type Produced = (Written | { readonly problem: string }) & { readonly folders?: readonly string[] };

/** Turns a compilation into written files. If there is any error, nothing is written. */
async function produce(compilation: Compilation, run: Run, progress: Progress): Promise<Produced> {
  const { root, out, args, io } = run;
  const compiled = compilation.program;
  progress.update('running the rules');
  const problems = await problemsLeft(compilation, root, args, io);
  if (compiled === undefined || hasErrors(problems)) return { diagnostics: problems };

  const stacks = stacksNamed(compiled, args.stack);
  if ('problem' in stacks) return stacks;
  const scope: Scope = {
    targets: new Set(run.targets.map(({ name }) => name)),
    ...(args.stack !== undefined && { stacks: new Set(stacks.map(({ name }) => name)) }),
  };

  const replaced = args.cfnFormat === undefined ? {} : { cfn: { format: args.cfnFormat } };
  const prepared = await prepareTargets(run.targets, compilation, root, replaced);
  const { folders } = prepared;
  const diagnostics = [...problems, ...prepared.diagnostics];
  if (hasErrors(diagnostics)) return { diagnostics, folders };

  const { cwd } = io;
  const { dropMoves } = args;
  const planned = await planForLastBuild({ out, cwd, program: compiled, compilation, scope, dropMoves });
  if ('problems' in planned) return { diagnostics: [...diagnostics, ...planned.problems], folders };
  diagnostics.push(...planned.diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics, folders };

  const earlier = args.dropExports ? undefined : earlierFiles(out);
  const building = prepared.targets.map((one) => {
    const { name } = one.target;
    const before = planned.previous?.stacks.filter((known) => known.targets.includes(name)) ?? [];
    return {
      ...one,
      earlier: withDeployments(earlier?.get(name) ?? [], name, planned.previous),
      before: new Set(before.map((known) => known.name)),
    };
  });
  const generated = generate(
    planned.program,
    building,
    scope.stacks,
    ({ target, done, total }) => progress.update(`generating ${target} (${done} of ${total} stacks)`),
    planned.likeStacks,
  );
  diagnostics.push(
    ...generated.diagnostics,
    ...checkPaths(generated.files.map(({ path }) => path)),
    ...leftOutPrograms(planned.previous, planned.program, generated.programs, scope),
  );
  diagnostics.push(...checkWarnings(foldDiagnostics(diagnostics, compiled.stacks), args.maxWarnings));
  if (hasErrors(diagnostics)) return { diagnostics, folders };

  progress.update(`writing ${generated.files.length} files`);
  const writing = writingOf(compilation, planned, generated, scope, run);
  const outcome = args.check ? (await import('../output/compare.ts')).compareOutputs(writing) : writeOutputs(writing);
  return { ...outcome, diagnostics: [...diagnostics, ...outcome.diagnostics], folders };
}

function writingOf(
  { sources, changes: { states } }: Compilation,
  planned: PlannedForLastBuild,
  { files, programs }: Generated,
  scope: Scope,
  { root, out, args, io }: Run,
): Writing {
  return {
    out,
    cwd: io.cwd,
    root,
    sources: new Set([...sources.keys()].map((path) => resolve(root, path))),
    wanted: files,
    formerStacks: formerNames(planned.program),
    scope,
    force: args.force,
    inventory: formatInventory(nextInventory(planned, { targets, scope, states }, planned.likeStacks, programs)),
  };
}

/** Maps the present name of each stack to its names in earlier builds, oldest first. */
function formerNames({ stacks }: Program): ReadonlyMap<string, readonly string[]> {
  return new Map(stacks.map(({ name, formerStacks = [] }) => [name, formerStacks.map((former) => former.name)]));
}

/**
 * Returns the problems that the baseline does not cover. Does not report stale entries, because a build may be for only some of the
 * targets; `check` reports them.
 */
async function problemsLeft(
  compilation: Compilation,
  root: string,
  args: BuildArguments,
  io: Io,
): Promise<readonly Diagnostic[]> {
  const problems = await problemsOf(compilation);
  const baseline = readBaseline(baselinePath(root, io.cwd, args.baseline));
  if (baseline === undefined) return problems;
  return 'severity' in baseline ? [...problems, baseline] : applyBaseline(baseline, problems, compilation.sources).left;
}
