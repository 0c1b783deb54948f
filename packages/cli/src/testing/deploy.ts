/** Computes what each target would create in AWS from the generated files of a project. */
import type { Compilation } from '@keywright/core/compile';
import type { Program, Stack } from '@keywright/core/ir/program';
import { generate, optionsOf } from '../output/generate.ts';
import { targets } from '../targets.ts';
import { boundTemplates } from './bound-templates.ts';
import { deployCfn } from './deploy-cfn.ts';
import { deployPulumi } from './deploy-pulumi.ts';
import { deployTerraform } from './deploy-terraform.ts';
import type { DeployedStack, Shared } from './deployed.ts';

type Deploy = (
  stack: Stack,
  files: ReadonlyMap<string, string>,
  shared: Shared,
) => DeployedStack | Promise<DeployedStack>;

export const deployers: Readonly<Record<string, Deploy>> = {
  cfn: deployCfn,
  terraform: deployTerraform,
  pulumi: deployPulumi,
};

/** The generated files for a target, by path. */
export async function filesOf(
  program: Program,
  target: string,
  targetOptions: Compilation['targetOptions'] = {},
): Promise<ReadonlyMap<string, string>> {
  const found = targets.find(({ name }) => name === target);
  if (found === undefined) throw new Error(`there is no target ${target}`);
  const options = optionsOf(found, { targetOptions }, {});
  const input = { generator: 'Keywright', options, templates: {} };
  const build = { target: found, emitter: await found.loadEmitter(), input };
  const { files, diagnostics } = generate(program, [build], undefined, () => {});
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return new Map(files.map(({ path, content }) => [path, content]));
}

/**
 * Deploys all stacks of a program, and returns them by name. Each stack is deployed by `target` or, if that is not one of its targets, by
 * its first target.
 */
export async function deployProgram(
  program: Program,
  target: string,
  targetOptions: Compilation['targetOptions'] = {},
): Promise<ReadonlyMap<string, DeployedStack>> {
  const parameters = new Map<string, unknown>();
  const tools = new Map<string, { readonly files: ReadonlyMap<string, string>; readonly shared: Shared }>();
  const deployed = new Map<string, DeployedStack>();
  const toolOf = ({ targets }: Stack) => (targets.includes(target) ? target : (targets[0] ?? ''));
  // A tool shares values only with itself. So a stack is also deployed by the tool of each stack that needs it.
  const toolsInUse = new Set(program.stacks.map(toolOf));
  for (const stack of program.stacks) {
    for (const name of toolsInUse) {
      if (!stack.targets.includes(name)) continue;
      const deploy = deployers[name];
      if (deploy === undefined) throw new Error(`nobody deploys ${stack.name}`);
      const tool = tools.get(name) ?? {
        files: boundTemplates(program, await filesOf(program, name, targetOptions)),
        shared: { values: new Map<string, unknown>(), parameters },
      };
      tools.set(name, tool);
      const result = await deploy(stack, tool.files, tool.shared);
      if (name === toolOf(stack)) deployed.set(stack.name, result);
    }
  }
  return deployed;
}
