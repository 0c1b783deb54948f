/** KW41xx: what CloudFormation makes of a template. */
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
