/**
 * KW41xx: templates that CloudFormation refuses, or interprets in another way. KW5131 and KW5132: templates that CloudFormation cannot
 * deploy after those of the last build.
 */
import { type DiagnosticDefinition, defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { inCode } from '@keywright/core/diagnostics/list-of';

export const evaluatedText = defineDiagnostic<{ text: string }>({
  code: 'KW4101',
  severity: 'error',
  title: 'Text that CloudFormation would evaluate',
  message: ({ text }) => `CloudFormation would evaluate \`${text}\` instead of taking it as text`,
  help: () => 'write it another way, or leave `cfn` out of the `targets` of this stack',
  explanation: `CloudFormation replaces a dynamic reference (\`{{resolve:service:name}}\`) anywhere in a template, and treats
a mapping whose only key is \`Ref\` or starts with \`Fn::\` as an intrinsic function. Neither can be escaped, so such
text would mean something else in this target than in the others.
Source: CloudFormation User Guide, "Get values stored in other services using dynamic references".`,
  example: { wrong: "description: 'reads {{resolve:ssm:name}}'", right: 'description: reads the SSM parameter name' },
});

export const templateTooLarge = defineDiagnostic<{ template: string; count: string; limit: string }>({
  code: 'KW4102',
  severity: 'error',
  title: 'A template that is too large for CloudFormation',
  message: ({ template, count, limit }) => `${template} has ${count}, and CloudFormation accepts ${limit} at most`,
  help: () => 'split the stack, or leave `cfn` out of its `targets`',
  explanation: `A CloudFormation template can have at most 500 resources, 200 parameters, 200 outputs and a body of 1 MB.
Source: CloudFormation User Guide, "Understand CloudFormation quotas".`,
});

export const textTooLong = defineDiagnostic<{ what: string; stack: string; bytes: number; limit: number }>({
  code: 'KW4103',
  severity: 'error',
  title: 'A text that is too long for a CloudFormation parameter',
  message: ({ what, stack, bytes, limit }) =>
    `${what} has ${bytes} bytes in \`${stack}\`, and a CloudFormation parameter can have at most ${limit} bytes`,
  help: () =>
    'shorten the text, write the same text for all environments, or leave `cfn` out of the `targets` of this stack',
  explanation: `A text that differs between the environments of a stack is a parameter of its template, and a parameter's value can have
at most 4,096 bytes. KMS accepts descriptions of 8,192 characters. A text that is the same in all environments is written into the template
itself.
Source: CloudFormation User Guide, "Understand CloudFormation quotas".`,
});

/** The stacks that import an export until their next deployment. */
interface Consumers {
  /** The names of the stacks in the last build. */
  readonly consumers: readonly string[];
  /** Maps the former name of each renamed stack to its present name. */
  readonly present: ReadonlyMap<string, string>;
}

const theStacks = 'the stacks that import it';

const namesOf = ({ consumers }: Consumers) => (consumers.length === 0 ? theStacks : inCode(consumers));

const firstThose = ({ consumers, present }: Consumers) => {
  const those = consumers.map((name) => {
    const now = present.get(name);
    return now === undefined ? `\`${name}\`` : `\`${now}\` in place of \`${name}\``;
  });
  return those.length === 0 ? theStacks : those.join(', ');
};

export const exportKept = defineDiagnostic<Consumers & { stack: string; id: string }>({
  code: 'KW5131',
  severity: 'note',
  title: 'An export that stays although no stack imports it any more',
  message: ({ stack, id }) => `\`${stack}\` keeps the export \`${id}\`, which no stack imports any more`,
  help: ({ stack, ...those }) =>
    `deploy ${firstThose(those)} first; then run \`keywright build --drop-exports\` and deploy \`${stack}\``,
  explanation: `CloudFormation refuses to delete an export while a deployed stack imports it. The new templates no longer import it, but no
file says whether these templates have been deployed. So the export stays until a build with \`--drop-exports\`, and its description names
the stacks that imported it. Later builds, and \`--check\`, keep it too: they read the templates in the output folder. Without outputs of an
earlier build there is nothing to keep.
Source: CloudFormation User Guide, "Get exported outputs from a deployed CloudFormation stack".`,
});

export const exportGone = defineDiagnostic<Consumers & { stack: string; name: string; isGone: boolean }>({
  code: 'KW5132',
  severity: 'warning',
  title: 'An export that is removed while stacks may still import it',
  message: ({ stack, name, ...those }) =>
    `\`${stack}\` no longer has the export \`${name}\`, which ${namesOf(those)} imported in the last build`,
  help: ({ stack, isGone, ...those }) =>
    isGone
      ? `do not delete \`${stack}\` while a deployed stack still imports from it: first deploy ${firstThose(those)}, or delete those that are gone from the project`
      : `deploy ${firstThose(those)} before \`${stack}\`, or delete those that are gone from the project. If they can only be deployed after \`${stack}\`, put the export back until they are deployed`,
  explanation: `CloudFormation refuses to delete an export while a deployed stack imports it. An export stays in the template as long as
its key or principal exists ([KW5131](KW5131.md)); here the key or principal, or the whole stack, is gone. So the order matters: first
deploy the stacks that imported the export, or delete those that are no longer in keywright.yaml. A renamed stack counts as gone under its
former name. Source: CloudFormation User Guide, "Get exported outputs from a deployed CloudFormation stack".`,
});

/** A list by hand: in the bundle, the module's namespace would load with the target, and this list loads when it is read. */
export const catalogue: readonly DiagnosticDefinition<never>[] = [
  evaluatedText,
  templateTooLarge,
  textTooLong,
  exportKept,
  exportGone,
];
