/** KW41xx: what CloudFormation makes of a template. KW5131 and KW5132: what it makes of one after another. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const evaluatedText = defineDiagnostic<{ text: string }>({
  code: 'KW4101',
  severity: 'error',
  title: 'Text that CloudFormation would evaluate',
  message: ({ text }) => `CloudFormation would evaluate \`${text}\` instead of taking it as text`,
  help: () => 'write it in another way, or leave `cfn` out of the `targets` of this stack',
  explanation: `CloudFormation replaces a dynamic reference (\`{{resolve:service:name}}\`) wherever it stands in a template, and takes
a mapping whose only key is \`Ref\` or starts with \`Fn::\` for an intrinsic function. Neither can be escaped, so that such
text would mean something else in this target than in the others.
Source: CloudFormation User Guide, "Get values stored in other services using dynamic references".`,
  example: { wrong: "description: 'reads {{resolve:ssm:name}}'", right: 'description: reads the SSM parameter name' },
});

export const templateTooLarge = defineDiagnostic<{ template: string; count: string; limit: string }>({
  code: 'KW4102',
  severity: 'error',
  title: 'A template that CloudFormation refuses for its size',
  message: ({ template, count, limit }) => `${template} has ${count}, and CloudFormation takes ${limit} at most`,
  help: () => 'divide the stack into several, or leave `cfn` out of its `targets`',
  explanation: `A CloudFormation template has 500 resources, 200 parameters and 200 outputs at most, and a body of 1 MB.
Source: CloudFormation User Guide, "Understand CloudFormation quotas".`,
});

const firstThose = (consumers: readonly string[]) =>
  consumers.length === 0 ? 'the stacks that import it' : consumers.map((name) => `\`${name}\``).join(', ');

export const exportKept = defineDiagnostic<{ stack: string; id: string; consumers: readonly string[] }>({
  code: 'KW5131',
  severity: 'note',
  title: 'An export that is kept although no stack imports it any more',
  message: ({ stack, id }) => `\`${stack}\` keeps the export \`${id}\`, which no stack imports any more`,
  help: ({ stack, consumers }) =>
    `deploy ${firstThose(consumers)} first; then run \`keywright build --drop-exports\` and deploy \`${stack}\``,
  explanation: `CloudFormation refuses to delete an export while a deployed stack imports it. The template of the stack that
imported it has no import any more, but whether it has been deployed since is not in any file. So the export stays, with the names
of those stacks in its description, until a build with \`--drop-exports\`. A later build, and \`--check\`, keep it too: they read
the templates in the output folder. Without outputs of an earlier build there is nothing to keep.
Source: CloudFormation User Guide, "Get exported outputs from a deployed CloudFormation stack".`,
});

export const exportGone = defineDiagnostic<{ stack: string; name: string; consumers: readonly string[] }>({
  code: 'KW5132',
  severity: 'warning',
  title: 'An export that goes while stacks may still import it',
  message: ({ stack, name, consumers }) =>
    `\`${stack}\` no longer has the export \`${name}\`, which ${firstThose(consumers)} imported in the last build`,
  help: ({ stack, consumers }) =>
    `deploy ${firstThose(consumers)} before \`${stack}\`, or delete them there if they are gone; if they need \`${stack}\` first, put back what it exported until they are deployed`,
  explanation: `CloudFormation refuses to delete an export while a deployed stack imports it. An export stays in the template as long
as the key or principal that it gives is there ([KW5131](KW5131.md)); here that is gone, or the whole stack. So the order matters:
the stacks that imported it are deployed first, or deleted if they are no longer in keywright.yaml.
Source: CloudFormation User Guide, "Get exported outputs from a deployed CloudFormation stack".`,
});
