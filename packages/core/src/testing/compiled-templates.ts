import { compileTemplates } from '../../../../tools/templates/compile.ts';
import * as runtime from '../emit/template-runtime.ts';

/** Templates as `tools/templates/precompile.ts` writes them, evaluated. */
export function compiledTemplates(sources: Readonly<Record<string, string>>): runtime.BuiltInTemplates {
  const code = `const templates = ${compileTemplates(sources)}; return templates;`;
  return new Function(...Object.keys(runtime), code)(...Object.values(runtime));
}
