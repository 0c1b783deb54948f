/** KW821x: what `keywright import` is given. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const badParameters = defineDiagnostic<{ path: string; problem: string }>({
  code: 'KW8210',
  severity: 'error',
  title: 'A file of parameters that cannot be read',
  message: ({ path, problem }) => `${path} does not give values to parameters: ${problem}`,
  help: () => 'write a mapping of names to values, such as `{ "Stage": "prod" }`',
  explanation: `The file gives the values of a template's parameters: a mapping in JSON or YAML, or the list of \`ParameterKey\` and
\`ParameterValue\` that the AWS CLI takes with \`--parameters\`.`,
});

export const nothingImported = defineDiagnostic<{ from: string }>({
  code: 'KW8211',
  severity: 'error',
  title: 'Nothing to import',
  message: ({ from }) => `there is no key, alias or KMS grant in ${from} that can be imported`,
  help: () => 'check that it is the right source; what was found there is listed above',
  explanation: `Nothing is written, so that a project without keys is not taken for the result.`,
});
