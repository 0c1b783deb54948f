import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; environment: string | undefined }>({
  code: 'KW7019',
  severity: 'warning',
  title: 'A key that is deleted with its stack',
  message: ({ key, environment }) =>
    environment === undefined
      ? `\`${key}\` is deleted when it leaves the stack, in every account and region where the stack is deployed`
      : `\`${key}\` is deleted when it leaves the stack, and \`${environment}\` is not for tests or development`,
  help: () => 'remove `removal: destroy`, or give the environment `purpose: test` or `purpose: development`',
  explanation: `Once a key is gone, nobody can read what was encrypted with it, backups included. \`removal: destroy\` makes the tool
schedule the deletion when the key leaves the stack or the stack is deleted. That is right only in environments where no data has to be
kept: those with \`purpose: test\` or \`purpose: development\`.
Also known as Security Hub KMS.3, which looks at live keys. Source: AWS KMS Developer Guide, "Delete an AWS KMS key".`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
stacks:
  security:
    environment: prod
    keys:
      orders: { removal: destroy }`,
    right: `environments:
  sandbox: { account: "111122223333", region: eu-west-1, purpose: test }
stacks:
  security:
    environment: sandbox
    keys:
      orders: { removal: destroy }`,
  },
});

/** Only keys that protect no data are deleted with their stack. */
export const keysOutliveTheirStack: KeyRule = {
  definition,
  about: 'key',
  check: ({ resource: { removal, source, name }, environment }) => {
    const { purpose } = environment;
    if (removal === 'retain' || purpose === 'test' || purpose === 'development') return [];
    return [report(definition, source.span, { key: name, environment: environment.name })];
  },
};
