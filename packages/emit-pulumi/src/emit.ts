import type { Emitter } from '@keywright/core/emit/emitter';
import { policy } from '@keywright/core/emit/rows';
import { createRenderer } from '@keywright/core/emit/templates';
import { changeSteps } from './change-steps.ts';
import type { PulumiOptions } from './options.ts';
import { printExpression } from './print/code.ts';
import { createConstants } from './print/constants.ts';
import { createPrinter } from './print/printer.ts';
import { templates } from './templates.generated.ts';
import { programView } from './view/program.ts';
import { projectViews } from './view/project.ts';

/** Renders each stack as a Pulumi project of its own, with a program in TypeScript. */
export const emitter: Emitter<PulumiOptions> = {
  namesIn: (content) =>
    [...content.matchAll(/new aws\.kms\.((?:Replica)?(?:External)?Key|Alias)\(\s*"((?:[^"\\]|\\.)*)"/g)].map(
      ([, type = '', name]) => `aws:kms/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}::${name}`,
    ),

  emitStack(stack, { generator, options, templates: overrides }) {
    const renderer = createRenderer('pulumi', templates, overrides);
    const views = { 'index.ts': programView(stack, options, generator), ...projectViews(stack, generator) };
    const files = Object.entries(views).map(([file, view]) => ({
      path: `pulumi/${stack.name}/${file}`,
      content: renderer.render(`${file}.hbs`, view),
    }));
    return { files, diagnostics: renderer.diagnostics };
  },

  printPolicy(document, _, stack) {
    return printExpression(createPrinter(stack, createConstants(stack))(policy(document)));
  },

  commentMark: '//',
  emitIndex(stacks, _, { generator, options }) {
    const content = changeSteps(stacks, options, generator);
    return { files: content === undefined ? [] : [{ path: 'pulumi/changes.md', content }], diagnostics: [] };
  },
};
