import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { type StackProgram, stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program, Stack } from '@keywright/core/ir/program';
import { emitter } from '@keywright/emit-terraform/emit';
import type { TerraformOptions } from '@keywright/emit-terraform/options';
import { target } from '@keywright/emit-terraform/target';

const defaultOptions: TerraformOptions = target.options.parse({});

/**
 * Returns the root modules of a program and the modules that they call, by path; `undefined` if modules with these options cannot express
 * the program.
 */
export function modulesOf(
  program: Program,
  options: Partial<TerraformOptions>,
): ReadonlyMap<string, string> | undefined {
  const stacks = program.stacks.filter(({ targets }) => targets.includes('terraform'));
  const files = stackProgramsOf(stacks, target).map((one) => filesOf(one, options));
  const known = files.flatMap((own) => (own === undefined ? [] : [...own]));
  return files.includes(undefined) ? undefined : new Map(known);
}

/**
 * Returns the root module of a stack in `folder`, below `terraform/`, by path. If it calls a module, that module is for this stack alone
 * and is beside the other modules.
 */
export function moduleOf(
  stack: Stack,
  folder: string,
  options: Partial<TerraformOptions> = {},
): ReadonlyMap<string, string> | undefined {
  const files = filesOf({ name: folder, deployments: [stack] }, options);
  const from = `terraform/${stack.name}/`;
  return (
    files &&
    new Map(
      [...files].map(([path, content]) => [
        path.startsWith(from) ? `terraform/${folder}/${path.slice(from.length)}` : path,
        content,
      ]),
    )
  );
}

function filesOf(
  program: StackProgram,
  options: Partial<TerraformOptions>,
): readonly (readonly [path: string, content: string])[] | undefined {
  const input = { generator: 'Keywright', options: { ...defaultOptions, ...options }, templates: {} };
  const result = emitter.emitProgram?.(program, input);
  if (result === undefined || hasErrors(result.diagnostics)) return undefined;
  return [...result.common, ...[...result.own.values()].flat()].map(({ path, content }) => [path, content]);
}
