/** KW4xxx: what a target cannot express, and templates that fail. */
import { defineDiagnostic } from './diagnostic.ts';

export const templateFails = defineDiagnostic<{ target: string; template: string; reason: string }>({
  code: 'KW4001',
  severity: 'error',
  title: 'A template of your own fails',
  message: ({ target, template, reason }) => `the ${target} template ${template} fails: ${reason.replaceAll(/\s+/g, ' ')}`,
  help: ({ target }) => `mend the template, or remove it from the folder in targets.${target}.templates to use the built-in one`,
  explanation: `A project can replace the Handlebars templates of a target with \`targets: { <target>: { templates: <folder> } }\`.
Templates run in strict mode: a name that the view does not have is an error rather than nothing. They can use the
block helpers \`if\`, \`unless\`, \`each\` and \`with\` and the built-in partials, and cannot reach JavaScript prototypes.`,
});
