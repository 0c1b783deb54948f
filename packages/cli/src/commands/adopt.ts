import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { type Diagnostic, hasErrors, report } from '@keywright/core/diagnostics/diagnostic';
import { shellWord } from '@keywright/core/emit/adoption';
import type { Adoption, GeneratedFile, Target } from '@keywright/core/emit/emitter';
import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program, Stack } from '@keywright/core/ir/program';
import { deployedIds } from '@keywright/migrate/adopt/deployed-ids';
import { cannotAdopt } from '@keywright/migrate/adopt/diagnostics';
import { nameOf } from '@keywright/migrate/adopt/existing-resource';
import { type HandOver, type HandOverOptions, handOver } from '@keywright/migrate/adopt/hand-over';
import { type AdoptPlan, planOf } from '@keywright/migrate/adopt/plan';
import { planMarkdown } from '@keywright/migrate/adopt/plan-markdown';
import { checkPaths } from '../disk/safe-path.ts';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { applyPlan } from '../output/folder.ts';
import type { BuildTarget } from '../output/generate.ts';
import { outputFolder, problemOfOut } from '../output/output-folder.ts';
import { planForLastBuild } from '../output/plan-for-last-build.ts';
import { prepareTargets } from '../output/prepare-targets.ts';
import { planOutputs } from '../output/write.ts';
import { tagsAddedBy, withTags } from '../project/default-tags.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject, shownPath } from '../project/locate.ts';
import { type ExistingResources, type ReadingOptions, readExisting } from '../project/read-existing.ts';
import { stacksNamed } from '../project/stacks-named.ts';
import type { Report } from '../report/contents.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';

export interface AdoptArguments extends ReadingOptions {
  readonly directory?: string | undefined;
  /** A file or folder, or `account`. */
  readonly from?: string | undefined;
  /** The target that takes the keys over. If absent, the only target of the stacks. */
  readonly to?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  /** The folder for the files, relative to the working directory. */
  readonly out: string;
  /** Files with answers of `describe-stack-resources`. */
  readonly ids?: readonly string[] | undefined;
  /** The number of a step, and the file with its plan. All other arguments are then ignored. */
  readonly verify?: readonly string[] | undefined;
}

/**
 * Writes the files and steps for a tool to take over a project's keys from the tool that has them now. If taking over would change
 * anything, writes nothing, with exit code 1. With `verify`, exit code 1 means that the tool's plan does not do exactly what the step
 * expects.
 */
export async function adopt(args: AdoptArguments, io: Io): Promise<ExitCode> {
  if (args.verify !== undefined) {
    const { adoptVerify } = await import('./adopt-verify.ts');
    return adoptVerify(args.verify, args.out, io);
  }
  const subject = await readSubject(args, io);
  if (typeof subject === 'number') return subject;
  const { from, root, compilation, program, stacks, to, existing, idOf } = subject;
  const { reading, refusals } = existing;
  const { sources } = compilation;
  const prepared = await prepareTargets(
    targets.filter(({ name }) => name === to.name || name === existing.target),
    compilation,
    root,
  );
  const target = prepared.targets.find((one) => one.target === to);
  if (target === undefined) throw new Error('the target was prepared');
  const problems = [...refusals, ...reading.diagnostics];
  await printProblems({ diagnostics: problems, sources: reading.sources, root: io.cwd }, io);

  // In AWS, every resource also has the tags that the old tool's provider adds. The new tool's provider will add its own tags.
  const tagged = { ...reading, program: withTags(reading.program, reading.defaultTags ?? new Map()) };
  const handover = handOver(program, tagged, {
    stacks,
    sourceTarget: existing.target,
    idOf,
    addedTags: (stack) => Object.fromEntries(tagsAddedBy(target.input.options, stack)),
  });
  const isWrong = hasErrors(problems) || hasErrors(handover.diagnostics);
  const out = shownPath(io.cwd, outputFolder(root, undefined, io.cwd));
  const folder = shownPath(io.cwd, resolve(io.cwd, args.out));
  const adoptions = isWrong ? [] : adoptionsOf(handover, target, program, { out, folder });
  const diagnostics = [...prepared.diagnostics, ...handover.diagnostics, ...cannot(target, handover, adoptions)];
  await printProblems({ diagnostics, sources, root }, io);
  if (refusals.length > 0) return 3;
  if (isWrong || hasErrors(diagnostics)) return 1;

  const source = prepared.targets.find((one) => one.target.name === existing.target);
  const partings = partingsOf(handover, source, folder);
  const at = shownPath(io.cwd, root);
  const build = `keywright build${at === '.' ? '' : ` ${shellWord(at)}`} --check`;
  const plan = planOf({ from, to, source: source?.target, build, adoptions, partings });
  const files = [
    ...[...adoptions, ...partings].flatMap((one) => one.files),
    ...planFiles(plan, target.input.generator, args.out),
  ];
  return write(files, args, root, io);
}

interface Subject {
  readonly from: string;
  readonly existing: ExistingResources;
  readonly root: string;
  readonly compilation: Compilation;
  /** The program, with the names that the generated files use. */
  readonly program: Program;
  readonly stacks: readonly Stack[];
  readonly to: Target<unknown>;
  readonly idOf: HandOverOptions['idOf'];
}

/** Reads the project and the existing resources. If that is impossible, reports why and returns the exit code. */
async function readSubject(args: AdoptArguments, io: Io): Promise<Subject | ExitCode> {
  const { from } = args;
  if (from === undefined) return wrongUsage(io, 'use --from to say where the keys are now');
  const problem = problemOfOut(resolve(io.cwd, args.out), args.out);
  if (problem !== undefined) return wrongUsage(io, problem);
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  const existing = await readExisting(from, args, io);
  if ('problem' in existing) return wrongUsage(io, existing.problem);
  const compilation = compileProject(createDiskHost(root), { targets });
  const { diagnostics, sources } = compilation;
  if (compilation.program === undefined || hasErrors(diagnostics)) {
    await printReport('text', { diagnostics, sources, root }, io, io.stderr);
    return 1;
  }
  const program = await asBuilt(compilation.program, compilation, root, io);
  const selection = stacksToHandOver(program, args);
  if ('problem' in selection) return wrongUsage(io, selection.problem);
  const idOf = args.ids === undefined ? () => undefined : idsIn(args.ids, io);
  if (typeof idOf !== 'function') return wrongUsage(io, idOf.problem);
  return { from, existing, root, compilation, program, ...selection, idOf };
}

/** The program with the names that the generated files have: CloudFormation keeps the logical id of a key that was renamed. */
async function asBuilt(program: Program, compilation: Compilation, root: string, { cwd }: Io): Promise<Program> {
  const out = outputFolder(root, undefined, cwd);
  const scope = { targets: new Set(targets.map(({ name }) => name)) };
  const planned = await planForLastBuild({ out, cwd, program, compilation, scope, dropMoves: false });
  return 'problems' in planned ? program : planned.program;
}

async function printProblems({ diagnostics, ...report }: Report, io: Io): Promise<void> {
  if (diagnostics.length === 0) return;
  await printReport('text', { ...report, diagnostics: arrange(diagnostics) }, io, io.stderr);
}

/** Returns the files and steps with which the tool that has the resources now stops managing them, if any are necessary. */
function partingsOf({ forgotten }: HandOver, source: BuildTarget | undefined, folder: string): readonly Adoption[] {
  return [...forgotten].flatMap(([name, resources]): readonly Adoption[] => {
    const parting = source?.emitter.forget?.(resources, name, folder);
    return parting === undefined ? [] : [parting];
  });
}

/** Prints the plan, for people and for `--verify`. `out` is the folder as `--out` gives it. */
function planFiles(plan: AdoptPlan, generator: string, out: string): readonly GeneratedFile[] {
  const command = `keywright adopt${out === defaultFolder ? '' : ` --out ${shellWord(out)}`}`;
  return [
    { path: `${stepsFolder}/plan.md`, content: planMarkdown(plan, generator, command) },
    { path: `${stepsFolder}/plan.json`, content: `${JSON.stringify({ version: 1, ...plan }, undefined, 2)}\n` },
  ];
}

/** The folder of the plan. Each folder in the manifest has a single purpose, so the manifest cannot list a file that a person wrote. */
const stepsFolder = 'steps';

const defaultFolder = 'adopt';

function stacksToHandOver(
  program: Program,
  { stack: names, to: wanted }: AdoptArguments,
): { readonly stacks: readonly Stack[]; readonly to: Target<unknown> } | { readonly problem: string } {
  const stacks = stacksNamed(program, names);
  if ('problem' in stacks) return stacks;
  const targetNames = new Set(stacks.flatMap((stack) => stack.targets));
  const [only] = targetNames;
  const name = wanted ?? (targetNames.size === 1 ? only : undefined);
  if (name === undefined) return { problem: 'the stacks are for several targets: --to names the one that takes over' };
  const to = targets.find((target) => target.name === name);
  const without = stacks.find((stack) => !stack.targets.includes(name));
  if (to === undefined || without !== undefined)
    return {
      problem: `the stack ${without?.name ?? ''} is not generated for ${name}: add the target to it, or name other stacks with --stack`,
    };
  return { stacks, to };
}

function idsIn(
  paths: readonly string[],
  { cwd }: Io,
): (ReturnType<typeof deployedIds> & object) | { readonly problem: string } {
  const answers: unknown[] = [];
  for (const path of paths) {
    const json = readJson(path, cwd);
    if ('problem' in json) return json;
    answers.push(json.value);
  }
  return (
    deployedIds(answers) ?? {
      problem: '--ids takes the JSON output of `aws cloudformation describe-stack-resources` or `list-stack-resources`',
    }
  );
}

function readJson(path: string, cwd: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(readFileSync(resolve(cwd, path), 'utf8')) };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `${path} is not JSON` };
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return { problem: `${path} cannot be read: ${refused.reason}` };
  }
}

/** Returns the target's files and steps for taking over each stack; empty if the target cannot take stacks over. */
function adoptionsOf(
  { stacks }: HandOver,
  { target, emitter, input }: BuildTarget,
  program: Program,
  places: { readonly out: string; readonly folder: string },
): readonly Adoption[] {
  const programs = stackProgramsOf(
    program.stacks.filter((stack) => stack.targets.includes(target.name)),
    target,
  );
  return stacks.flatMap(({ stack, ids }): readonly Adoption[] => {
    const stackProgram = programs.find(({ deployments }) => deployments.includes(stack));
    const made = stackProgram && emitter.adopt?.(stack, { ...input, ...places, program: stackProgram, ids });
    return made === undefined ? [] : [made];
  });
}

function cannot(
  { target, emitter }: BuildTarget,
  { stacks }: HandOver,
  adoptions: readonly Adoption[],
): readonly Diagnostic[] {
  if (emitter.adopt === undefined) {
    const reason = 'Keywright has no steps for it';
    return stacks.map(({ stack: { name, span } }) =>
      report(cannotAdopt, span, { what: `stack \`${name}\``, target: target.title, reason }),
    );
  }
  return adoptions.flatMap(({ refusals = [] }) =>
    refusals.map(({ resource, reason }) =>
      report(cannotAdopt, resource.source.span, { what: nameOf(resource), target: target.title, reason }),
    ),
  );
}

async function write(files: readonly GeneratedFile[], args: AdoptArguments, root: string, io: Io): Promise<ExitCode> {
  const out = resolve(io.cwd, args.out);
  const wanted = files.map((file) => ({ ...file, target: file.path.split('/', 1)[0] ?? '' }));
  const unsafe = checkPaths(wanted.map(({ path }) => path));
  const planned = planOutputs({
    out,
    cwd: io.cwd,
    root,
    sources: new Set(),
    wanted,
    formerStacks: new Map(),
    scope: { targets: new Set([stepsFolder, 'forget', ...targets.map(({ name }) => name)]) },
    force: false,
    inventory: '',
  });
  const problems = [...unsafe, ...('conflicts' in planned ? planned.conflicts : planned.diagnostics)];
  if ('diagnostics' in planned || problems.length > 0) {
    await printReport('text', { diagnostics: problems, sources: new Map(), root }, io, io.stderr);
    return 1;
  }
  try {
    applyPlan(out, planned);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return wrongUsage(io, `cannot write ${shownPath(io.cwd, out)}: ${refused.reason}`);
  }
  io.stdout.write(
    `wrote ${shownPath(io.cwd, out)}/${stepsFolder}/plan.md: the steps, with the files they need beside it\n`,
  );
  return 0;
}
