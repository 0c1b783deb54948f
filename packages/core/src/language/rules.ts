import * as z from '../schema/schema.ts';
import { explainedBy } from './explanation.ts';

export const code = z.string().regex(
  /^KW\d{4}$/,
  explainedBy((value) => {
    const message = 'a rule is written as its code, such as KW3034';
    return typeof value === 'string' && /^kw\d{4}$/i.test(value)
      ? { message, instead: { value: value.toUpperCase() } }
      : message;
  }),
);

export const ruleSeverities = z.record(code, z.enum(['error', 'warning', 'note', 'off'])).meta({
  id: 'Rules',
  title: 'severities by rule',
  description:
    'The severity of each rule’s findings: `error` stops a build, and no untrusted file can suppress it; `off` disables the rule. A severity can be set for the rules KW7001 and up, and for warnings and notes from KW1001 to KW4999. Other errors report what AWS or a target would refuse, and stay errors. docs/rules.md lists the rules.',
  examples: [{ KW7004: 'error', KW7018: 'note', KW3034: 'off' }],
});

export type RuleSeverity = z.infer<typeof ruleSeverities>[string];
