/**
 * The properties of a key or a stack that can differ between environments, and how each target expresses that. packages/cli tests every
 * row.
 */

type How = 'parameter' | 'variant' | 'none' | '–';

/** What differs, and how CloudFormation, Terraform and Pulumi express it. */
const rows: readonly (readonly [string, How, How, How])[] = [
  ['`description`', 'parameter', 'parameter', 'parameter'],
  ['`description` that is there in some', 'variant', 'variant', 'variant'],
  ['`pendingWindow`', 'parameter', 'parameter', 'parameter'],
  ['`pendingWindow` that is there in some', 'variant', 'variant', 'variant'],
  ['period of `rotation`', 'parameter', 'parameter', 'parameter'],
  ['whether there is `rotation`', 'variant', 'variant', 'variant'],
  ['value of one of the `tags`', 'parameter', 'parameter', 'parameter'],
  ['a further one of the `tags`', 'variant', 'variant', 'variant'],
  ['`customKeyStore`', '–', 'parameter', 'parameter'],
  ['`xksKey`', '–', 'parameter', 'parameter'],
  ['account, region or name in an ARN of `admins`', 'parameter', 'parameter', 'parameter'],
  ['`admins`', 'variant', 'variant', 'variant'],
  ['`grants`', 'variant', 'variant', 'variant'],
  ['`services`', 'variant', 'variant', 'variant'],
  ['`statements`', 'variant', 'variant', 'variant'],
  ['value of a condition in `policy`', 'parameter', 'parameter', 'parameter'],
  ['actions in `policy`', 'variant', 'variant', 'variant'],
  ['`policyId`', 'variant', 'variant', 'variant'],
  ['`trustAccountIdentities`', 'variant', 'variant', 'variant'],
  ['`bypassPolicyLockoutSafetyCheck`', 'variant', 'variant', 'variant'],
  ['`enabled`', 'variant', 'variant', 'variant'],
  ['`removal`', 'variant', 'variant', 'variant'],
  ['`spec`, `usage`', 'variant', 'variant', 'variant'],
  ['`origin`', 'variant', 'variant', 'variant'],
  ['`multiRegion`', 'variant', 'variant', 'variant'],
  ['`replicas`', 'variant', 'variant', 'variant'],
  ['`aliases`', 'variant', 'variant', 'variant'],
  ['`kmsGrants`', '–', 'variant', 'variant'],
  ['`names`', 'variant', 'variant', 'variant'],
  ['`standard` that gives another removal', 'variant', 'variant', 'variant'],
  ['`standard` that gives another pending window', 'parameter', 'parameter', 'parameter'],
  ['`suppress`', 'none', 'none', 'none'],
  ['a key that is `absent`', 'variant', 'variant', 'variant'],
  ['value of one of the `tags` of a stack', 'parameter', 'parameter', 'parameter'],
  ['`principals` of a stack', 'variant', 'variant', 'variant'],
  ['`name` or `description` of a role', 'parameter', 'parameter', 'parameter'],
  ['ARN of an import', 'parameter', 'parameter', 'parameter'],
  ['resource in `identityPolicies`', 'parameter', 'parameter', 'parameter'],
  ['text of an output', 'parameter', 'parameter', 'parameter'],
  ['`outputs`', 'variant', 'variant', 'variant'],
];

export const differingSection = `## What can differ by environment

A stack with several environments is one program where what differs is a value: a \`parameter\`, which is a parameter or pseudo parameter of CloudFormation, a variable of
Terraform's module, the configuration of Pulumi. Where environments differ in shape, those of one shape share a \`variant\`, a program of its own
([targets.md](targets.md#files)). \`none\`: nothing that is generated differs.
\`–\`: the target has no such thing.

| what differs | CloudFormation | Terraform | Pulumi |
| --- | --- | --- | --- |
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
