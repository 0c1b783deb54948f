/** KW82xx: what is made of a program that was read. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const cannotBeWritten = defineDiagnostic<{ what: string; problem: string }>({
  code: 'KW8200',
  severity: 'error',
  title: 'Something that keywright.yaml cannot say',
  message: ({ what, problem }) => `${what} is left out, because the language cannot say it: ${problem}`,
  help: () => 'leave it to the tool that has it, or change it there first and import again',
  explanation: `What is imported is compiled again and has to come out as it was read: the same policies statement by statement, the same
properties, the same names. What the language has no words for, or what the compiler refuses, is left out as a whole and not half.`,
});

export const outputLeftOut = defineDiagnostic<{ output: string; stack: string; problem: string }>({
  code: 'KW8201',
  severity: 'warning',
  title: 'An output that keywright.yaml cannot say',
  message: ({ output, stack, problem }) => `the output \`${output}\` of \`${stack}\` is left out: ${problem}`,
  help: () => 'leave it to the tool that has it: no key depends on it',
  explanation: `The outputs of a stack are made of text and of values of its keys. Others are left out: nothing that is deployed depends on them.`,
});

export const nameCannotBeKept = defineDiagnostic<{ what: string; target: string; name: string; rule: string }>({
  code: 'KW8202',
  severity: 'warning',
  title: 'A name that cannot be kept',
  message: ({ what, target, name, rule }) => `${what} is \`${name}\` in ${target}, which it cannot stay: ${rule}`,
  help: ({ name }) =>
    `before the next deployment, tell the tool that \`${name}\` has another name: a \`moved\` block, an alias`,
  explanation: `A resource keeps the name that its tool knows it by. Terraform has addresses that a root module without \`count\`, \`for_each\`
and modules cannot have: such a resource gets the name that Keywright gives, and has to be moved.`,
});

export const saidTwice = defineDiagnostic<{ what: string; count: number }>({
  code: 'KW8203',
  severity: 'note',
  title: 'Statements that repeat others',
  message: ({ what, count }) =>
    `a policy of ${what} has ${count === 1 ? 'a statement' : `${count} statements`} that others repeat: each is written once`,
  help: () => 'nothing: the policy allows and denies the same',
  explanation: `Statements with the same Sid, effect, principals, actions, resources and conditions, in whatever order, mean the same once as twice.`,
});
