import type { EmitInput, Emitter, ProgramResult } from '@keywright/core/emit/emitter';
import { policy } from '@keywright/core/emit/rows';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { createRenderer } from '@keywright/core/emit/templates';
import { adopt } from './adopt/adopt.ts';
import { forget } from './adopt/forget.ts';
import { changeSteps } from './change-steps.ts';
import { pulumiStackOf } from './names.ts';
import type { PulumiOptions } from './options.ts';
import { printExpression } from './print/code.ts';
import { createConstants } from './print/constants.ts';
import { createPrinter } from './print/printer.ts';
import { partWith, sharedSettings } from './shared-settings.ts';
import { templates } from './templates.generated.ts';
import { givenParameters } from './view/config.ts';
import { programView } from './view/program.ts';
import { programSource } from './view/program-source.ts';
import { projectViews, workspaceView } from './view/project.ts';
import { stackSettings, stackSettingsView } from './view/stack-settings.ts';

/**
 * Renders each stack, and each definition with a list of environments, as a Pulumi project with a TypeScript program.
 */
export const emitter: Emitter<PulumiOptions> = {
  namesIn: (content) =>
    [...content.matchAll(/new aws\.kms\.((?:Replica)?(?:External)?Key|Alias)\(\s*"((?:[^"\\]|\\.)*)"/g)].map(
      ([, type = '', name]) => `aws:kms/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}::${name}`,
    ),

  policyNamesIn: (content) =>
    [...content.matchAll(/new aws\.iam\.((Role|User|Group)Policy)\(\s*"((?:[^"\\]|\\.)*)"/g)].map(
      ([, type, holder = '', name]) => `aws:iam/${holder.toLowerCase()}Policy:${type}::${name}`,
    ),

  emitStack(stack, input) {
    const { common, diagnostics } = emitProject({ name: stack.name, deployments: [stack] }, input);
    return { files: common, diagnostics };
  },

  emitProgram: emitProject,

  printPolicy(document, _, stack) {
    return printExpression(createPrinter(stack, createConstants(stack))(policy(document)));
  },

  commentMark: '//',

  adopt,
  forget,

  emitIndex(stacks, programs, { generator, options, templates: overrides }) {
    const renderer = createRenderer('pulumi', templates, overrides);
    const steps = changeSteps(stacks, programs, options, generator);
    const [{ app = '' } = {}] = stacks;
    // A single project is installed in its own folder. If there are several, npm installs the packages that they share once for all of
    // them.
    const workspace = programs.length > 1 && renderer.render('workspace.json.hbs', workspaceView(app, generator));
    const files = [
      ...(steps === undefined ? [] : [{ path: 'pulumi/changes.md', content: steps }]),
      ...(workspace === false ? [] : [{ path: 'pulumi/package.json', content: workspace }]),
    ];
    return { files, diagnostics: renderer.diagnostics };
  },
};

function emitProject(
  program: StackProgram,
  { generator, options, templates: overrides }: EmitInput<PulumiOptions>,
): ProgramResult {
  const renderer = createRenderer('pulumi', templates, overrides);
  const source = programSource(program);
  const views = { 'index.ts': programView(source, options, generator), ...projectViews(program, generator) };
  const folder = `pulumi/${program.name}`;
  const parameters = givenParameters(source);
  const isOwnTemplate = Object.keys(overrides).length > 0;
  const settings = program.deployments.flatMap((stack) => {
    const name = pulumiStackOf(stack);
    if (name === undefined) return [];
    const values = stackSettings(stack, parameters, source, options);
    const content = renderer.render('Pulumi.stack.yaml.hbs', stackSettingsView(values, generator));
    // A team's own template may print other settings.
    const part = isOwnTemplate ? {} : { part: partWith(values) };
    return [
      [stack.name, [{ path: `${folder}/Pulumi.${name}.yaml`, content, shared: sharedSettings, ...part }]] as const,
    ];
  });
  return {
    common: Object.entries(views).map(([file, view]) => ({
      path: `${folder}/${file}`,
      content: renderer.render(`${file}.hbs`, view),
    })),
    own: new Map(settings),
    diagnostics: renderer.diagnostics,
  };
}
