/** KW821x: the arguments of `keywright import`. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const nothingImported = defineDiagnostic<{ from: string }>({
  code: 'KW8211',
  severity: 'error',
  title: 'Nothing to import',
  message: ({ from }) => `there is no key, alias or KMS grant in ${from} that can be imported`,
  help: () => 'check that it is the right source; what was found there is listed above',
  explanation: `Nothing is written, so that a project without keys is not taken for the result.`,
});

export const defaultTagsFound = defineDiagnostic<{ tags: readonly string[]; option: string | undefined }>({
  code: 'KW8330',
  severity: 'note',
  title: 'Tags that the provider puts on everything',
  message: ({ tags, option }) =>
    option === undefined
      ? `the tags ${list(tags)} are \`default_tags\` of the provider, and are written on each key: not every target has such an option`
      : `the tags ${list(tags)} are \`default_tags\` of the provider, and are written under \`${option}\``,
  help: ({ option }) =>
    option === undefined
      ? 'nothing; Terraform plans to write these tags on each key, where they are already'
      : 'nothing: everything has the same tags as before',
  explanation: `A state has the tags of a resource (\`tags\`), and these with those of the provider (\`tags_all\`). Where every resource has the same ones of
the provider, they become \`defaultTags\` of the target, as long as all targets of the project have that option: Terraform and Pulumi do.`,
});

export const accountNotInOrganization = defineDiagnostic<{ name: string; id: string; state: string | undefined }>({
  code: 'KW8212',
  severity: 'warning',
  title: 'An account that the organization does not have',
  message: ({ name, id, state }) =>
    state === undefined
      ? `account \`${name}\` (${id}) is not in the organization`
      : `account \`${name}\` (${id}) is ${state.toLowerCase().replaceAll('_', ' ')}`,
  help: () => 'take it out once no stack is in it; what the file says of it is left as it is',
  explanation: `\`keywright import organization\` adds accounts and never takes one out: stacks may be in it, and a key that leaves the YAML is an
error until the YAML says what becomes of it.`,
});

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
