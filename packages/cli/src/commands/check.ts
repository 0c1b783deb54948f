import { withFormerPrograms } from '@keywright/core/changes/former-programs';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { type Diagnostic, hasErrors, report } from '@keywright/core/diagnostics/diagnostic';
import type { SourceFile } from '@keywright/core/source/span';
import { visible } from '@keywright/core/source/visible';
import { nothingBuiltThere } from '../diagnostics/output.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { readInventory } from '../output/inventory.ts';
import { outputFolder } from '../output/output-folder.ts';
import { planForLastBuild } from '../output/plan-for-last-build.ts';
import { problemsOfLength } from '../output/problems-of-length.ts';
import { startProgress } from '../progress.ts';
import { applyBaseline, type BaselinePath, baselinePath, readBaseline, writeBaseline } from '../project/baseline.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject, shownPath } from '../project/locate.ts';
import { problemsOf } from '../project/problems.ts';
import { foldDiagnostics } from '../report/fold.ts';
import type { Format } from '../report/report.ts';
import { printReport } from '../report/report.ts';
import { checkWarnings, errorsOf } from '../report/threshold.ts';
import { targets } from '../targets.ts';
import type { Watched } from '../watch.ts';

export interface CheckArguments {
  readonly directory?: string | undefined;
  readonly format: Format;
  readonly watch: boolean;
  readonly quiet: boolean;
  readonly maxWarnings?: number | undefined;
  /** The baseline file. If absent: `keywright.baseline.json` in the project's folder, if it exists. */
  readonly baseline?: string | undefined;
  readonly writeBaseline: boolean;
  /** Also reports which deployments share a program. */
  readonly explainVariants: boolean;
  /** The output folder of the last build. If absent: `out` in the project's folder. */
  readonly out?: string | undefined;
}

/** Reports the problems of a project. Writes nothing but the baseline, and only on request. */
export async function check(args: CheckArguments, io: Io): Promise<ExitCode> {
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  if (args.explainVariants && args.format !== 'text') return wrongUsage(io, '--explain-variants needs --format text');
  if (!args.watch) return (await checkOnce(located.root, args, io)).exitCode;
  const { watchProject } = await import('../watch.ts');
  return watchProject(() => checkOnce(located.root, args, io), io);
}

async function checkOnce(root: string, args: CheckArguments, io: Io): Promise<Watched> {
  const host = createDiskHost(root);
  const progress = startProgress(io, 'reading the project', args.format === 'text' && !args.quiet);
  const compilation = compileProject(host, { targets, isOnceForLike: true, onPhase: progress.update });
  const sources = new Map(compilation.sources);
  progress.update('running the rules');
  const problems = await problemsOf(compilation);
  progress.update('comparing with the last build');
  const reported = [
    ...problems,
    ...(await problemsOfLength(compilation, problems, root)),
    ...(await problemsOfLoss(compilation, problems, root, args, io)),
  ];
  progress.stop();
  const path = baselinePath(root, io.cwd, args.baseline);
  // The rules do not run on a program with errors, so it is unknown which entries of the baseline are stale.
  const isJudged = !hasErrors(compilation.diagnostics);
  let remaining: readonly Diagnostic[];
  if (args.writeBaseline) {
    remaining = isJudged ? afterWriting(path, reported, sources, io) : reported;
    if (!isJudged) io.stderr.write('wrote no baseline: rules run only if there are no other errors\n');
  } else {
    const baseline = readBaseline(path);
    if (baseline === undefined) remaining = reported;
    else if ('severity' in baseline) remaining = [...reported, baseline];
    else {
      sources.set(baseline.source.path, baseline.source);
      const applied = applyBaseline(baseline, reported, sources);
      remaining = isJudged ? [...applied.left, ...applied.stale] : applied.left;
    }
  }
  const folded = foldDiagnostics(arrange(remaining), compilation.program?.stacks ?? []);
  const all = [...checkWarnings(folded, args.maxWarnings), ...folded];
  const diagnostics = args.quiet ? errorsOf(all) : all;
  await printReport(args.format, { diagnostics, sources, root }, io);
  if (args.explainVariants && compilation.program !== undefined && !hasErrors(all)) {
    const { explainVariants } = await import('@keywright/core/emit/explain-variants');
    const { variantsText } = await import('../report/variants.ts');
    const last = readInventory(outputFolder(root, args.out, io.cwd), io.cwd);
    const stacks = withFormerPrograms(compilation.program.stacks, 'severity' in last ? undefined : last.inventory);
    io.stdout.write(`\n${variantsText(explainVariants(stacks), sources, root, io)}`);
  }
  const files = new Set([...host.files, path.path]);
  return { exitCode: hasErrors(all) ? 1 : 0, root, files, patterns: host.patterns, folders: [] };
}

/** Reports what the outputs would lose compared with the last build. */
async function problemsOfLoss(
  compilation: Compilation,
  diagnostics: readonly Diagnostic[],
  root: string,
  args: CheckArguments,
  io: Io,
): Promise<readonly Diagnostic[]> {
  const { program } = compilation;
  if (program === undefined || hasErrors(diagnostics)) return [];
  const out = outputFolder(root, args.out, io.cwd);
  const scope = { targets: new Set(targets.map(({ name }) => name)) };
  const planned = await planForLastBuild({ out, cwd: io.cwd, program, compilation, scope, dropMoves: false });
  if ('problems' in planned) return planned.problems;
  // Before the first build, the default folder is missing too.
  const isUnexpected = planned.previous === undefined && args.out !== undefined;
  return isUnexpected
    ? [...planned.diagnostics, report(nothingBuiltThere, undefined, { folder: shownPath(io.cwd, out) })]
    : planned.diagnostics;
}

/**
 * Writes the baseline. Returns the diagnostics that are still to be reported: the errors, or all diagnostics if the baseline cannot be
 * written.
 */
function afterWriting(
  baseline: BaselinePath,
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, SourceFile>,
  io: Io,
): readonly Diagnostic[] {
  const refused = writeBaseline(baseline, diagnostics, sources);
  if (refused !== undefined) return [...diagnostics, refused];
  const errors = errorsOf(diagnostics);
  const count = diagnostics.length - errors.length;
  io.stderr.write(`wrote ${visible(baseline.shown)}: ${count} ${count === 1 ? 'finding' : 'findings'}\n`);
  return errors;
}
