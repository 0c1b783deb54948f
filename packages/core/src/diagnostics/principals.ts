/** KW306x: what IAM refuses of roles, users and groups that a stack creates. */
import { defineDiagnostic } from './diagnostic.ts';

export const badRoleDescription = defineDiagnostic<{ role: string }>({
  code: 'KW3060',
  title: 'A role description that IAM refuses',
  message: ({ role }) => `the description of the role \`${role}\` has a character that IAM refuses`,
  help: () => 'use the characters of Latin-1 only: letters, digits, signs, tabs and line breaks',
  explanation: `The description of a role has tabs, line breaks and the printable characters up to U+00FF only.
Source: IAM API reference, CreateRole, Description.`,
  example: {
    wrong: `stacks:
  main:
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com, description: "The API 🚀" } }`,
    right: `stacks:
  main:
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com, description: The API } }`,
  },
});

export const iamNameTwice = defineDiagnostic<{ kind: string; name: string; place: string }>({
  code: 'KW3061',
  title: 'Two roles, users or groups with one IAM name',
  message: ({ kind, name, place }) => `the ${kind} name \`${name}\` is claimed twice in ${place}`,
  help: () => 'rename one of them, or give it another `name`',
  explanation: `In an account every role has a name of its own, and so has every user and every group; upper and lower case do not make
a difference. Names that Keywright makes, \`<app>-<stack>-<name>\`, can come out the same: \`x\` in the stack \`y-z\` and \`z-x\` in the stack \`y\`. They are
compared where two stacks are, or may be, in one account; docs/targets.md says which names several projects share.
Source: IAM API reference, CreateRole, RoleName.`,
  example: {
    wrong: `stacks:
  main:
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com, name: payments } }
      batch: { role: { assumedBy: lambda.amazonaws.com, name: Payments } }`,
    right: `stacks:
  main:
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com, name: payments } }
      batch: { role: { assumedBy: lambda.amazonaws.com, name: payments-batch } }`,
  },
});
