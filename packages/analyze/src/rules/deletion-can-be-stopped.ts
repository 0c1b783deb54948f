import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { KeyRule } from './rule.ts';

/** Two weeks, so that a deletion can be noticed after one person's holiday. */
const least = 14;

const definition = defineDiagnostic<{ key: string; days: number }>({
  code: 'KW7020',
  severity: 'warning',
  title: 'A short pending window in production',
  message: ({ key, days }) => `the deletion of \`${key}\`, a production key, can be cancelled for only ${days} days`,
  help: () => `set \`pendingWindow\` to ${least} days or more, or leave it out for 30`,
  explanation: `A key that is scheduled for deletion cannot be used, and the deletion can be cancelled until the window ends. Somebody has
to notice before then, and that can take more than a week if the key is used by a monthly job or a colleague is on holiday. Only
environments with \`purpose: production\` are checked.
Source: AWS KMS Developer Guide, "Delete an AWS KMS key", "About the waiting period".`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1, purpose: production }
stacks:
  security:
    environment: prod
    keys:
      orders: { pendingWindow: 7 days }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1, purpose: production }
stacks:
  security:
    environment: prod
    keys:
      orders: { pendingWindow: 30 days }`,
  },
});

export const deletionCanBeStopped: KeyRule = {
  definition,
  about: 'key',
  check: ({ resource: { pendingWindowDays: days, source, name }, environment }) => {
    if (environment.purpose !== 'production' || days === undefined || days >= least) return [];
    return [report(definition, source.span, { key: name, days })];
  },
};
