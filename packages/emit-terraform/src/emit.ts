import { report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpressInVersion } from '@keywright/core/diagnostics/target';
import type { Emitter } from '@keywright/core/emit/emitter';
import { createRenderer } from '@keywright/core/emit/templates';
import { layOut } from './print/layout.ts';
import type { TerraformOptions } from './target.ts';
import { templates } from './templates.generated.ts';
import { moduleViews, needsExternalKeySpec } from './view/module.ts';

/** Renders each stack as a Terraform root module of four files. */
export const emitter: Emitter<TerraformOptions> = {
  emitStack(stack, { generator, options, templates: overrides }) {
    const renderer = createRenderer('terraform', templates, overrides);
    const files = Object.entries(moduleViews(stack, options, generator)).map(([file, view]) => ({
      path: `terraform/${stack.name}/${file}`,
      content: layOut(renderer.render(`${file}.hbs`, view)),
    }));
    const tooNew = options.provider === 5 ? stack.resources.filter(needsExternalKeySpec) : [];
    const diagnostics = tooNew.map((resource) =>
      report(cannotExpressInVersion, resource.source.span, {
        target: 'Terraform with version 5 of the AWS provider',
        what: 'a key with imported material that is not SYMMETRIC_DEFAULT',
        remedy: 'set `provider: 6` under `targets.terraform`',
      }),
    );
    return { files, diagnostics: [...renderer.diagnostics, ...diagnostics] };
  },
};
