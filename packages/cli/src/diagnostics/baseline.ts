/** Diagnostics of baselines and of `--max-warnings`. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const tooManyWarnings = defineDiagnostic<{ found: number; allowed: number }>({
  code: 'KW5124',
  severity: 'error',
  title: 'Too many warnings',
  message: ({ found, allowed }) =>
    `there ${found === 1 ? 'is 1 warning' : `are ${found} warnings`}, and --max-warnings allows ${allowed}`,
  help: () => 'fix or suppress the new warnings, or record them in a baseline with keywright check --write-baseline',
  explanation: `With \`--max-warnings\`, \`check\` and \`build\` report an error if there are more warnings than this number, and \`build\` writes
nothing. Warnings that \`--quiet\` hides are counted. Notes, and findings in the baseline, are not.`,
});

export const staleEntry = defineDiagnostic<{ code: string; message: string; left: number; count: number }>({
  code: 'KW5125',
  severity: 'warning',
  title: 'A stale baseline entry',
  message: ({ code, message, left, count }) => {
    const remaining = count - left;
    return remaining === 0
      ? `the baseline lists ${code}, which is no longer found: ${message}`
      : `the baseline lists ${code} ${count} times, and ${remaining} of these findings ${remaining === 1 ? 'remains' : 'remain'}: ${message}`;
  },
  help: () => 'run keywright check --write-baseline, and commit the shorter baseline',
  explanation: `A baseline lists the findings that existed when the rules were adopted. A fixed finding stays in the list until the
baseline is written again. If the same mistake came back, the old entry would hide it. If the message of a finding or its place in the YAML
has changed, the finding counts as new: it is reported, and its old entry is stale. \`check\` reports stale entries unless an error keeps
the rules from running.`,
});

export const baselineUnusable = defineDiagnostic<{ path: string; reason: string }>({
  code: 'KW5126',
  severity: 'error',
  title: 'The baseline cannot be used',
  message: ({ path, reason }) => `cannot use the baseline ${path}: ${reason}`,
  help: () => 'restore it from version control, or delete it and run keywright check --write-baseline',
  explanation: `\`keywright.baseline.json\`, or the file that \`--baseline\` names, is a JSON file that \`keywright check --write-baseline\` writes. Any
other file is neither read nor overwritten.`,
});
