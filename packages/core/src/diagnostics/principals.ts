/** KW306x: what IAM refuses of roles, users and groups that a stack creates. */
import { claimedByOneLine } from './claimed-twice.ts';
import { defineDiagnostic } from './diagnostic.ts';

export const badRoleDescription = defineDiagnostic<{ role: string }>({
  code: 'KW3060',
  title: 'A role description that IAM refuses',
  message: ({ role }) => `the description of the role \`${role}\` has a character that IAM refuses`,
  help: () => 'use only the characters of Latin-1: letters, digits, signs, tabs and line breaks',
  explanation: `The description of a role consists of tabs, line breaks and the printable characters up to U+00FF.
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

export const iamNameTwice = defineDiagnostic<{ kind: string; name: string; place: string; isOneLine: boolean }>({
  code: 'KW3061',
  title: 'Two roles, users or groups with the same IAM name',
  message: ({ kind, name, place }) => `the ${kind} name \`${name}\` is claimed twice in ${place}`,
  help: ({ isOneLine }) => (isOneLine ? claimedByOneLine : 'rename one of them, or give it another `name`'),
  explanation: `Within an account, no two roles can have names that differ only in case. The same goes for users, and for groups.
Names made by Keywright, \`<app>-<stack>-<name>\`, can coincide: \`x\` in the stack \`y-z\` and \`z-x\` in the stack \`y\`. They are compared if
two stacks are, or may be, in the same account; docs/targets.md says which names several projects share.
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
