/** KW82xx: what happens to a program that was read. */
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

export const nameCannotBeKept = defineDiagnostic<{
  what: string;
  target: string;
  name: string;
  becomes: string;
  rule: string;
  /** Whether `moved` can record it. */
  canMove: boolean;
}>({
  code: 'KW8202',
  severity: 'warning',
  title: 'A name that cannot be kept',
  message: ({ what, target, name, becomes, rule, canMove }) =>
    `${what} is \`${name}\` in ${target}, and becomes \`${becomes}\`: ${canMove ? 'an entry of `moved` says that it is the same' : rule}`,
  help: ({ name, becomes, target, canMove }) =>
    canMove
      ? `build and apply with the state that has it, and delete the entry when every deployment is made: the build tells ${target} with a \`moved\` block`
      : `before the next deployment, tell the tool that it is the same, in Terraform with \`moved { from = ${name}, to = ${becomes} }\` on lines of its own`,
  explanation: `A resource keeps the name that its tool knows it by. Terraform has addresses that a root module without \`count\`, \`for_each\`
and modules cannot have: such a resource gets the name that Keywright gives, and \`moved\` of the stack says what it was, for which a build writes a \`moved\` block. Without it
Terraform would delete the key and make another one, which \`prevent_destroy\` refuses.`,
});

export const policyBecomesPart = defineDiagnostic<{ address: string; key: string }>({
  code: 'KW8332',
  severity: 'note',
  title: 'A key policy that becomes part of its key',
  message: ({ address, key }) =>
    `\`${address}\` is the policy of \`${key}\`, which the key says itself: \`moved\` has Terraform forget it`,
  help: () => 'nothing: the key keeps its policy',
  explanation: `An \`aws_kms_key_policy\` whose resource is deleted leaves the key with the default policy of KMS. So the build writes a \`removed\` block
without \`destroy\` for it: Terraform forgets it, and the key has the same policy inline.`,
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

export const asItWas = defineDiagnostic<{ code: string; problem: string }>({
  code: 'KW8204',
  severity: 'warning',
  title: 'A key that a rule would stop',
  message: ({ problem }) => `imported as it is, but look at it: ${problem}`,
  help: ({ code }) =>
    `change it once it is imported, and take the reason out; \`keywright explain ${code}\` says why it matters`,
  explanation: `A key that exists is described as it is, also where a rule would stop a build: a key policy that nobody can change, a key that
everyone in the world can use. The key gets a suppression that says so.`,
});

export const tooMuchForTarget = defineDiagnostic<{ problem: string }>({
  code: 'KW8205',
  severity: 'warning',
  title: 'More than a target takes',
  message: ({ problem }) => `imported, but it cannot be built as it is: ${problem}`,
  help: () => 'import it for other targets with `--target`, or put the keys into several stacks',
  explanation: `A source can have more than a target takes in one stack: CloudFormation has 500 resources in a template. The YAML says all of it.`,
});
