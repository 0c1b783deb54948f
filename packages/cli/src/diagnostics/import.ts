/** KW821x: what `keywright import` is given. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const nothingImported = defineDiagnostic<{ from: string }>({
  code: 'KW8211',
  severity: 'error',
  title: 'Nothing to import',
  message: ({ from }) => `there is no key, alias or KMS grant in ${from} that can be imported`,
  help: () => 'check that it is the right source; what was found there is listed above',
  explanation: `Nothing is written, so that a project without keys is not taken for the result.`,
});
