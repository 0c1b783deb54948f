import { compileTemplates } from '../../../../tools/templates/compile.ts';
import * as runtime from '../emit/template-runtime.ts';

/** Compiles templates to the code that `tools/templates/precompile.ts` writes, and evaluates that code. */
export function compiledTemplates(sources: Readonly<Record<string, string>>): runtime.BuiltInTemplates {
  const code = `const templates = ${compileTemplates(sources)}; return templates;`;
  return new Function(...Object.keys(runtime), code)(...Object.values(runtime));
}
