import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Stack } from '@keywright/core/ir/program';
import { emitter } from '@keywright/emit-terraform/emit';
import type { TerraformOptions } from '@keywright/emit-terraform/options';
import { target } from '@keywright/emit-terraform/target';

const defaultOptions: TerraformOptions = target.options.parse({});

/** The root modules of a program, by path; undefined if they cannot say what it says with these options. */
export function modulesOf(
  program: Program,
  options: Partial<TerraformOptions>,
): ReadonlyMap<string, string> | undefined {
  const files = new Map<string, string>();
  for (const stack of program.stacks.filter(({ targets }) => targets.includes('terraform'))) {
    const module = moduleOf(stack, options);
    if (module === undefined) return undefined;
    for (const [path, content] of module) files.set(path, content);
  }
  return files;
}

export function moduleOf(
  stack: Stack,
  options: Partial<TerraformOptions> = {},
): ReadonlyMap<string, string> | undefined {
  const input = { generator: 'Keywright', options: { ...defaultOptions, ...options }, templates: {} };
  const { files, diagnostics } = emitter.emitStack(stack, input);
  return hasErrors(diagnostics) ? undefined : new Map(files.map(({ path, content }) => [path, content]));
}
