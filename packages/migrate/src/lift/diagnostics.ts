/** KW82xx: parts of a program that was read which cannot be kept, or are changed. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { reasonOfImport } from './raw/statements.ts';

export const entryLeftOut = defineDiagnostic<{
  what: string;
  problem: string;
  /** The targets that can express the part that is left out, if it is only a problem of other targets. */
  targets?: readonly string[];
}>({
  code: 'KW8200',
  severity: 'error',
  title: 'Something that keywright.yaml cannot express',
  message: ({ what, problem }) => `${what} is left out, because the language cannot express it: ${problem}`,
  help: ({ targets = [] }) =>
    targets.length > 0
      ? `import with \`--target ${targets.join(',')}\`, or leave it to the tool that manages it`
      : 'leave it to the tool that manages it, or change it there first and import again',
  explanation: `An imported resource has to compile to exactly what was read: the same policies statement by statement, the same
properties, the same names. Anything that the language cannot express, or that the compiler refuses, is left out as a whole, never in part.`,
});

export const outputLeftOut = defineDiagnostic<{ output: string; stack: string; problem: string }>({
  code: 'KW8201',
  severity: 'warning',
  title: 'An output that keywright.yaml cannot express',
  message: ({ output, stack, problem }) => `the output \`${output}\` of \`${stack}\` is left out: ${problem}`,
  help: () => 'leave it to the tool that manages it: no key depends on it',
  explanation: `The outputs of a stack consist of text and values of its keys. Other outputs are left out; nothing that is deployed
depends on them.`,
});

export const nameCannotBeKept = defineDiagnostic<{
  what: string;
  target: string;
  name: string;
  becomes: string;
  rule: string;
  /** Whether an entry of `moved` can record the name. */
  canMove: boolean;
}>({
  code: 'KW8202',
  severity: 'warning',
  title: 'A name that cannot be kept',
  message: ({ what, target, name, becomes, rule, canMove }) =>
    `${what} is \`${name}\` in ${target}, and becomes \`${becomes}\`: ${canMove ? 'an entry of `moved` records that it is the same resource' : rule}`,
  help: ({ name, becomes, target, canMove }) =>
    canMove
      ? `run \`keywright build\`, which writes a \`moved\` block for ${target}. Apply the result to the state that contains the resource, but only if the plan deletes nothing. Delete the entry of \`moved\` once every deployment is done`
      : `before the next deployment, record in the tool that it is the same resource: in Terraform, with \`moved { from = ${name}, to = ${becomes} }\` on lines of its own`,
  explanation: `A resource keeps its name in its tool wherever possible. But generated root modules have no \`count\`, \`for_each\` or
modules, so they cannot contain every Terraform address. A resource at any other address gets a new name from Keywright, and an entry of
\`moved\` in the stack records the address. A build turns that entry into a \`moved\` block. Without that block, Terraform would delete the
key and create another one, which \`prevent_destroy\` refuses.`,
});

export const policyBecomesPart = defineDiagnostic<{ address: string; key: string }>({
  code: 'KW8332',
  severity: 'note',
  title: 'A key policy that becomes part of its key',
  message: ({ address, key }) =>
    `\`${address}\` becomes part of \`${key}\`: an entry of \`moved\` makes Terraform forget the address`,
  help: () => 'nothing to do: the key keeps its policy',
  explanation: `If Terraform deleted the \`aws_kms_key_policy\`, the key would get the default policy of KMS. So the build writes a
\`removed\` block that does not destroy it: Terraform forgets the \`aws_kms_key_policy\`, and the key has the same policy inline.`,
});

export const saidTwice = defineDiagnostic<{ what: string; count: number }>({
  code: 'KW8203',
  severity: 'note',
  title: 'Statements that repeat others',
  message: ({ what, count }) =>
    `a policy of ${what} repeats ${count === 1 ? 'a statement' : `${count} statements`}: each is written once`,
  help: () => 'nothing to do: the policy allows and denies the same without the repetitions',
  explanation: `A statement with the same Sid, effect, principals, actions, resources and conditions as another one, in any order, adds
nothing.`,
});

export const findingAccepted = defineDiagnostic<{ code: string; problem: string }>({
  code: 'KW8204',
  severity: 'warning',
  title: 'An existing key that breaks a rule',
  message: ({ problem }) => `imported unchanged, but review it: ${problem}`,
  help: ({ code }) =>
    `once the key is imported, change it, and remove the suppression or reason \`${reasonOfImport}\`; \`keywright explain ${code}\` says why the rule exists`,
  explanation: `An existing key is described as it is, even if a rule would stop the build, for example because nobody can change the key
policy or everyone in the world can use the key. So that the project can be built, the import adds a suppression to the key, or a
\`because\` to the principal, with the reason \`${reasonOfImport}\`.`,
});

export const targetLimitExceeded = defineDiagnostic<{ problem: string }>({
  code: 'KW8205',
  severity: 'warning',
  title: 'A source with more than a target allows',
  message: ({ problem }) => `imported, but it cannot be built as it is: ${problem}`,
  help: () => 'import it for other targets with `--target`, or put the keys into several stacks',
  explanation: `A source can have more than a target allows in one stack: CloudFormation allows 500 resources in a template. The YAML
contains all of it.`,
});
