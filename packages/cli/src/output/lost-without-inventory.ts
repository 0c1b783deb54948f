import { inventoryFileName } from '@keywright/core/changes/inventory';
import { inventoryUnusable } from '@keywright/core/diagnostics/changes';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { targets } from '../targets.ts';
import { earlierFiles } from './earlier.ts';

/**
 * Finds names that are in outputs without an inventory, but not in a program: an earlier version of Keywright wrote the outputs, and the
 * YAML has changed since. Returns a diagnostic for the first such name of each stack and target. `only` limits the targets and stacks.
 */
export async function lostWithoutInventory(
  out: string,
  shown: string,
  program: Program,
  only: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> },
): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const [targetName, files] of earlierFiles(out)) {
    const target = targets.find(({ name }) => name === targetName);
    if (target === undefined || !only.targets.has(targetName)) continue;
    const emitter = await target.loadEmitter();
    const targetStacks = program.stacks.filter(({ targets }) => targets.includes(targetName));
    const programs = stackProgramsOf(targetStacks);
    const before = new Map<string, string[]>();
    for (const { stack, content } of files) {
      before.set(stack, [...(before.get(stack) ?? []), ...emitter.namesIn(content)]);
    }
    for (const [name, names] of before) {
      const isOf = (one: Stack) => one.name === name || one.definition === name;
      const stack = targetStacks.find(isOf) ?? programs.find((one) => one.name === name)?.deployments[0];
      if (only.stacks !== undefined && !only.stacks.has(stack?.name ?? name)) continue;
      const now = new Set(stack?.resources.map((resource) => withoutPrefix(resource, stack, target)));
      const lost = names.find((one) => !now.has(one));
      if (lost === undefined) continue;
      const reason = `there is none, and the outputs of \`${name}\` for ${target.title} have \`${lost}\`, which the project no longer has`;
      diagnostics.push(
        report(inventoryUnusable, stack?.span, { path: `${shown}/${inventoryFileName}`, reason, cause: 'missing' }),
      );
    }
  }
  return diagnostics;
}

/**
 * Reports a build for only some targets and stacks that finds outputs of others but no inventory. The build would write an inventory
 * without their keys, and no later build would notice that one of these keys is lost.
 */
export function leftOutWithoutInventory(
  out: string,
  shown: string,
  program: Program,
  only: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> },
): Diagnostic | undefined {
  const isBuilt = (name: string) => {
    const named = program.stacks.filter((one) => one.name === name);
    const its = named.length > 0 ? named : program.stacks.filter((one) => isAbout(name, one));
    return its.length > 0 && its.every((one) => only.stacks?.has(one.name));
  };
  for (const [targetName, files] of earlierFiles(out)) {
    const isWhole = only.targets.has(targetName) && only.stacks === undefined;
    const file = isWhole ? undefined : files.find(({ stack }) => !only.targets.has(targetName) || !isBuilt(stack));
    if (file === undefined) continue;
    const { title = targetName } = targets.find(({ name }) => name === targetName) ?? {};
    const reason = `there is none, and this build leaves out the outputs of \`${file.stack}\` for ${title}`;
    return report(inventoryUnusable, undefined, { path: `${shown}/${inventoryFileName}`, reason, cause: 'partial' });
  }
  return undefined;
}

/**
 * Whether the files that a manifest lists under `name` may be those of a stack. A program for several environments has the name of the
 * definition, followed by a suffix if there are several programs.
 */
export function isAbout(name: string, { name: stackName, definition }: Stack): boolean {
  return name === stackName || (definition !== undefined && (name === definition || name.startsWith(`${definition}-`)));
}

/** A resource's name without the prefix of its stack, as `namesIn` returns it. */
export function withoutPrefix(resource: Resource, stack: Stack, target: Target<unknown>): string {
  return target.nameOf(resource, stack).slice((target.prefixOf?.(stack) ?? '').length);
}
