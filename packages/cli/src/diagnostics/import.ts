/** KW821x: the arguments of `keywright import`. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { orInGeneral } from '@keywright/core/diagnostics/in-general';
import { inCode, listOf } from '@keywright/core/diagnostics/list-of';

export const nothingImported = defineDiagnostic<{ from: string }>({
  code: 'KW8211',
  severity: 'error',
  title: 'Nothing to import',
  message: ({ from }) => `there is no key, alias or KMS grant in ${from} that can be imported`,
  help: () => 'check that it is the right source; what was found there is listed above',
  explanation: `Nothing is written, so that nobody mistakes a project without keys for the result.`,
});

export const defaultTagsFound = defineDiagnostic<{ tags: readonly string[]; option: string | undefined }>({
  code: 'KW8330',
  severity: 'note',
  title: 'Tags that the provider puts on everything',
  message: ({ tags, option }) =>
    option === undefined
      ? `the tags ${inCode(tags)} are \`default_tags\` of the provider, and are written on each key, because not every target has such an option`
      : `the tags ${inCode(tags)} are \`default_tags\` of the provider, and are written under \`${option}\``,
  help: ({ option }) =>
    option === undefined
      ? 'nothing to do: Terraform plans to write these tags on each key, which has them already'
      : 'nothing to do: everything has the same tags as before',
  explanation: `A state records the tags of a resource without those of the provider (\`tags\`) and with them (\`tags_all\`). If the
provider adds the same tags to every resource, they become \`defaultTags\` of the target, provided that all targets of the project have
that option: Terraform and Pulumi have it.`,
});

export const moreThanGenerated = defineDiagnostic<{
  from: string;
  tool: string;
  /** The stacks that a single state is split into; one stack for any other source. */
  stacks: readonly string[];
  /** The addresses of the resources that stay with the tool. */
  staying: readonly string[];
}>({
  code: 'KW8213',
  severity: 'warning',
  title: 'Generated code that cannot replace the present code',
  message: ({ from, stacks, staying: [first, ...others] }) => {
    if (stacks.length > 1)
      return `\`${from}\` becomes ${stacks.length} stacks, each with generated code of its own: ${listOf(stacks)}`;
    if (first === undefined) return `the generated code lacks resources of \`${from}\`: the errors say which`;
    const more = others.length === 1 ? ' and another resource' : ` and ${others.length} other resources`;
    return `the generated code lacks resources of \`${from}\`: \`${first}\`${others.length === 0 ? '' : more}`;
  },
  help: ({ tool }) =>
    `do not deploy the generated code in place of the present code: ${orInGeneral(tool, 'the tool')} would delete everything that the generated code lacks. Hand the keys over with \`keywright adopt\``,
  explanation: `A tool deletes every resource that its state or stack has and its code lacks. So the generated code can replace the present
code only if it has all of these resources. Otherwise, move the keys to a new state or stack: \`keywright adopt\` writes the steps, in
which the new tool takes the keys over and the old tool forgets them. Entries of \`moved\` with a Terraform address have no effect on a new
state, and can be deleted.`,
});

export const accountNotInOrganization = defineDiagnostic<{ name: string; id: string; state: string | undefined }>({
  code: 'KW8212',
  severity: 'warning',
  title: 'An account that is not in the organization',
  message: ({ name, id, state }) =>
    state === undefined
      ? `account \`${name}\` (${id}) is not in the organization`
      : `account \`${name}\` (${id}) is ${state.toLowerCase().replaceAll('_', ' ')}`,
  help: () => 'remove the account from the file once no stack is in it; the import itself never removes an account',
  explanation: `\`keywright import organization\` never removes an account, since stacks may still be in it. Removing a key from the YAML
is an error until the YAML says what happens to the key.`,
});
