import type { EmitInput, Emitter, GeneratedFile, ProgramResult } from '@keywright/core/emit/emitter';
import { policy } from '@keywright/core/emit/rows';
import { hasParameters, type StackProgram } from '@keywright/core/emit/stack-programs';
import { createRenderer } from '@keywright/core/emit/templates';
import { adopt } from './adopt/adopt.ts';
import { forget } from './adopt/forget.ts';
import { modulesFolder } from './names.ts';
import type { TerraformOptions } from './options.ts';
import { layOut } from './print/layout.ts';
import { createPrinter } from './print/printer.ts';
import { templates } from './templates.generated.ts';
import { moduleViews } from './view/module.ts';
import { programViews } from './view/program.ts';

/**
 * Renders each stack as a Terraform root module. A definition with a list of environments becomes a module, and a root module for each
 * environment.
 */
export const emitter: Emitter<TerraformOptions> = {
  namesIn: (content) =>
    [...content.matchAll(/^resource "(aws_kms_(?:replica_)?(?:external_)?key|aws_kms_alias)" "([^"]+)"/gm)].map(
      ([, type, name]) => `${type}.${name}`,
    ),
  policyNamesIn: (content) =>
    [...content.matchAll(/^resource "(aws_iam_(?:role|user|group)_policy)" "([^"]+)"/gm)].map(
      ([, type, name]) => `${type}.${name}`,
    ),

  // Modules and inventories were introduced in the same version. So if there is no inventory, the resources are in root modules.
  earlierPrefix: (stack, earlier) =>
    earlier.some(({ path, content }) => path.startsWith(`terraform/${stack.name}/`) && /^resource "/m.test(content))
      ? ''
      : undefined,

  emitStack(stack, input) {
    const { common, own, diagnostics } = filesOf({ name: stack.name, deployments: [stack] }, input);
    return { files: [...common, ...(own.get(stack.name) ?? [])], diagnostics };
  },

  emitProgram: filesOf,

  printPolicy(document, _, stack, options) {
    return layOut(createPrinter(stack, options)(policy(document))).trimEnd();
  },

  commentMark: '#',

  adopt,
  forget,
};

function filesOf(
  program: StackProgram,
  { generator, options, templates: overrides }: EmitInput<TerraformOptions>,
): ProgramResult {
  const renderer = createRenderer('terraform', templates, overrides);
  const files = (folder: string, views: object, templateOf: (file: string) => string): readonly GeneratedFile[] =>
    Object.entries(views).map(([file, view]) => ({
      path: `terraform/${folder}/${file}`,
      content: layOut(renderer.render(templateOf(file), view)),
    }));
  const ownTemplate = (file: string) => `${file}.hbs`;

  if (!hasParameters(program)) {
    const [stack] = program.deployments;
    const moduleFiles = files(stack.name, moduleViews(stack, options, generator), ownTemplate);
    return { common: [], own: new Map([[stack.name, moduleFiles]]), diagnostics: renderer.diagnostics };
  }
  const { module, root } = programViews(program, options, generator);
  const rootTemplate = (file: string) => (file === 'main.tf' ? 'environment.tf.hbs' : ownTemplate(file));
  return {
    common: files(`${modulesFolder}/${program.name}`, module, ownTemplate),
    own: new Map(program.deployments.map((stack) => [stack.name, files(stack.name, root(stack), rootTemplate)])),
    diagnostics: renderer.diagnostics,
  };
}
