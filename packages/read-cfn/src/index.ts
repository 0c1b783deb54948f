/** The public API of `@keywright/read-cfn`; everything else in the package may change in any release. */
export { templatesOfAssembly } from './cloud-assembly.ts';
export { withNestedTemplates } from './nested-templates.ts';
export { readTemplates, type TemplateOptions } from './read-templates.ts';
export type { ParameterValue, ParameterValues, TemplateFile } from './template.ts';
