/** What `@keywright/read-cfn` promises to those who build on it; everything else of the package may change in any release. */
export { templatesOfAssembly } from './cloud-assembly.ts';
export { readTemplates, type TemplateOptions } from './read-templates.ts';
export type { ParameterValue, ParameterValues, TemplateFile } from './template.ts';
