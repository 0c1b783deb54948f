import type { Emitter } from '@keywright/core/emit/emitter';
import { policy } from '@keywright/core/emit/rows';
import { createRenderer } from '@keywright/core/emit/templates';
import { adopt } from './adopt/adopt.ts';
import { forget } from './adopt/forget.ts';
import type { TerraformOptions } from './options.ts';
import { layOut } from './print/layout.ts';
import { createPrinter } from './print/printer.ts';
import { templates } from './templates.generated.ts';
import { moduleViews } from './view/module.ts';

/** Renders each stack as a Terraform root module of four files. */
export const emitter: Emitter<TerraformOptions> = {
  namesIn: (content) =>
    [...content.matchAll(/^resource "(aws_kms_(?:replica_)?(?:external_)?key|aws_kms_alias)" "([^"]+)"/gm)].map(
      ([, type, name]) => `${type}.${name}`,
    ),

  emitStack(stack, { generator, options, templates: overrides }) {
    const renderer = createRenderer('terraform', templates, overrides);
    const files = Object.entries(moduleViews(stack, options, generator)).map(([file, view]) => ({
      path: `terraform/${stack.name}/${file}`,
      content: layOut(renderer.render(`${file}.hbs`, view)),
    }));
    return { files, diagnostics: renderer.diagnostics };
  },

  printPolicy(document, _, stack, options) {
    return layOut(createPrinter(stack, options)(policy(document))).trimEnd();
  },

  commentMark: '#',

  adopt,
  forget,
};
