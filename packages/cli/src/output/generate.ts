import type { ProgramNames } from '@keywright/core/changes/program-names';
import type { Compilation } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { EarlierFile, EmitInput, EmitResult, Emitter, Target } from '@keywright/core/emit/emitter';
import { hasParameters, type LikeStacks, stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program, Stack } from '@keywright/core/ir/program';
import type { Templates } from '../project/templates.ts';
import type { WantedFile } from './plan.ts';

export interface BuildTarget {
  readonly target: Target<unknown>;
  readonly emitter: Emitter<unknown>;
  readonly input: EmitInput<unknown>;
  /** The files that an earlier build wrote for the target. If absent, nothing of that build is kept. */
  readonly earlier?: readonly EarlierFile[];
  /** The names of the stacks that the target had in the last build. If absent, a build for some stacks lists all stacks. */
  readonly before?: ReadonlySet<string>;
}

export interface GenerateProgress {
  readonly target: string;
  readonly done: number;
  readonly total: number;
}

export interface Generated {
  readonly files: readonly WantedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The name of each stack's program, by target. */
  readonly programs: ProgramNames;
}

/**
 * Generates the files of a program for some targets. `likeStacks` are the deployments that are like others. With `stacks`, the result has
 * only the files of these stacks and the files that are about all stacks of a target.
 */
export function generate(
  program: Program,
  targets: readonly BuildTarget[],
  stacks: ReadonlySet<string> | undefined,
  onProgress: (progress: GenerateProgress) => void,
  likeStacks?: LikeStacks,
): Generated {
  const files: WantedFile[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  const names = new Map<string, ReadonlyMap<string, string>>();
  const isBuilt = (name: string) => stacks === undefined || stacks.has(name);
  const collect = (result: EmitResult, target: string, stack?: string) => {
    for (const file of result.files) files.push({ ...file, target, ...(stack !== undefined && { stack }) });
    // A template that fails does so for every stack, so its diagnostic is kept once.
    for (const diagnostic of result.diagnostics) diagnostics.set(JSON.stringify(diagnostic), diagnostic);
  };
  for (const { target, emitter, input, earlier, before } of targets) {
    const targetStacks = program.stacks.filter((stack) => stack.targets.includes(target.name));
    const kept = earlier === undefined ? undefined : emitter.keep?.(targetStacks, earlier);
    const its = kept?.stacks ?? targetStacks;
    for (const { diagnostic, stacks: about } of kept?.attentions ?? []) {
      if (about.some(isBuilt)) diagnostics.set(JSON.stringify(diagnostic), diagnostic);
    }
    const programs = stackProgramsOf(its, target, likeStacks);
    names.set(
      target.name,
      new Map(programs.flatMap(({ name, deployments }) => deployments.map((stack) => [stack.name, name] as const))),
    );
    const total = its.filter(({ name }) => isBuilt(name)).length;
    let done = 0;
    for (const program of programs) {
      const deployments = program.deployments.filter(({ name }) => isBuilt(name));
      if (deployments.length === 0) continue;
      onProgress({ target: target.name, done, total });
      done += deployments.length;
      if (!hasParameters(program) || emitter.emitProgram === undefined) {
        for (const stack of deployments) collect(emitter.emitStack(stack, input), target.name, stack.name);
        continue;
      }
      const { common, own, diagnostics } = emitter.emitProgram(program, input);
      collect({ files: common, diagnostics }, target.name, program.name);
      for (const { name } of deployments) collect({ files: own.get(name) ?? [], diagnostics: [] }, target.name, name);
    }
    if (its.length > 0 && emitter.emitIndex !== undefined)
      collect(emitter.emitIndex(withFiles(its, stacks, before), programs, input), target.name);
  }
  return { files, diagnostics: [...diagnostics.values()], programs: names };
}

/**
 * Returns the stacks that have files after a build for the stacks in `built`, and the stacks that they depend on. Other stacks are left
 * out, because a step to deploy one of them could name a file that a former stack left behind, and would create its keys again.
 */
function withFiles(
  stacks: readonly Stack[],
  built: ReadonlySet<string> | undefined,
  before: ReadonlySet<string> | undefined,
): readonly Stack[] {
  if (built === undefined || before === undefined) return stacks;
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const listed = new Set(stacks.filter(({ name }) => built.has(name) || before.has(name)));
  // The loop also visits the names that it adds to the set.
  for (const { dependsOn } of listed) {
    for (const name of dependsOn) {
      const stack = byName.get(name);
      if (stack !== undefined) listed.add(stack);
    }
  }
  return stacks.filter((stack) => listed.has(stack));
}

/** Returns the options of a target: those of the project, or else the defaults. `replaced` overrides some of them. */
export function optionsOf(
  target: Target<unknown>,
  compilation: Pick<Compilation, 'targetOptions'>,
  replaced: Readonly<Record<string, unknown>>,
): unknown {
  const options = compilation.targetOptions[target.name] ?? target.options.parse({});
  return typeof options === 'object' ? { ...options, ...replaced } : options;
}

/** The folder of a team's own templates, if a target's options name one. */
export function templateFolder(options: unknown): string | undefined {
  if (typeof options !== 'object' || options === null || !('templates' in options)) return undefined;
  return typeof options.templates === 'string' ? options.templates : undefined;
}

export const noTemplates: Templates = { templates: {}, diagnostics: [] };
