/**
 * The properties of a key or a stack that can differ between environments, and how each target expresses a difference. packages/cli tests
 * every row.
 */

type How = 'parameter' | 'variant' | 'none' | '–';

/** Each row has a property, and how CloudFormation, Terraform and Pulumi express a difference in it. */
const rows: readonly (readonly [string, How, How, How])[] = [
  ['`description`', 'parameter', 'parameter', 'parameter'],
  ['`description` in some environments only', 'variant', 'variant', 'variant'],
  ['`pendingWindow`', 'parameter', 'parameter', 'parameter'],
  ['`pendingWindow` in some environments only', 'variant', 'variant', 'variant'],
  ['the period of `rotation`', 'parameter', 'parameter', 'parameter'],
  ['whether there is `rotation`', 'variant', 'variant', 'variant'],
  ['the value of a tag in `tags`', 'parameter', 'parameter', 'parameter'],
  ['an additional tag in `tags`', 'variant', 'variant', 'variant'],
  ['`customKeyStore`', '–', 'parameter', 'parameter'],
  ['`xksKey`', '–', 'parameter', 'parameter'],
  ['an account, region or name in an ARN of `admins`', 'parameter', 'parameter', 'parameter'],
  ['`admins`', 'variant', 'variant', 'variant'],
  ['`grants`', 'variant', 'variant', 'variant'],
  ['`services`', 'variant', 'variant', 'variant'],
  ['`statements`', 'variant', 'variant', 'variant'],
  ['the value of a condition in `policy`', 'parameter', 'parameter', 'parameter'],
  ['the actions in `policy`', 'variant', 'variant', 'variant'],
  ['`policyId`', 'parameter', 'parameter', 'parameter'],
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
  ['a `standard` with another removal', 'variant', 'variant', 'variant'],
  ['a `standard` with another pending window', 'parameter', 'parameter', 'parameter'],
  ['`suppress`', 'none', 'none', 'none'],
  ['a key that is `absent`', 'variant', 'variant', 'variant'],
  ['the value of a tag in the `tags` of a stack', 'parameter', 'parameter', 'parameter'],
  ['`principals` of a stack', 'variant', 'variant', 'variant'],
  ['the `name` or `description` of a role', 'parameter', 'parameter', 'parameter'],
  ['the ARN of an import', 'parameter', 'parameter', 'parameter'],
  ['a resource in `identityPolicies`', 'parameter', 'parameter', 'parameter'],
  ['the text of an output', 'parameter', 'parameter', 'parameter'],
  ['`outputs`', 'variant', 'variant', 'variant'],
];

export const differingSection = `## What can differ by environment

A stack with several environments becomes one program if only values differ, and several if the environments differ in shape
([targets.md](targets.md#files)):

- \`parameter\`: a parameter or pseudo parameter in CloudFormation, a variable of Terraform's module, configuration in Pulumi.
- \`variant\`: environments of the same shape share a program, called a variant.
- \`none\`: the generated code does not differ.
- \`–\`: the target does not support it.

| what differs | CloudFormation | Terraform | Pulumi |
| --- | --- | --- | --- |
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
