import { servicePresets } from '@keywright/core/kms/services/presets';
import { grantForCaller, servicesWithoutStatement } from '@keywright/core/kms/services/without-statement';
import { propertyTable, rowsOf } from './language/property-table.ts';
import { fenced, notice, slug, table } from './markdown.ts';
import { inputSchemaOf } from './schema.ts';

/** Returns docs/services.md. */
export function servicesPage(): string {
  const sections = servicePresets.map((preset) => {
    const rows = rowsOf(inputSchemaOf(preset.options));
    const specs = preset.requires.specs.map((spec) => `\`${spec}\``).join(' or ');
    return [
      `## ${preset.name}`,
      `${preset.title}. For a${preset.requires.singleRegion ? ' single-Region' : ''} key of spec ${specs} and usage \`${preset.requires.usage}\`. Source: <${preset.source}>`,
      rows.length === 0 ? 'It has no options.' : propertyTable(rows, 'option'),
    ].join('\n\n');
  });
  const links = servicePresets.map(({ name }) => `[${name}](#${slug(name)})`).join(' · ');
  return `${notice}# Service presets

List the AWS services that use a key under its \`services\`, by name or with options:

${fenced('yaml', 'services:\n  - cloudtrail\n  - { name: logs, logGroups: [/app/*] }')}

For each service, Keywright adds the statements from the service's documentation to the key policy, narrowed to the key's own account if the
service supports that. If the service cannot use the key, that is an error ([KW3041](diagnostics/KW3041.md)). Some
services need [a grant to their caller](#services-that-need-no-statement) instead. For a service that this page does not list, write
[statements](language.md#statements) or a [grant](language.md#grants) with \`via\`.

${links}

${sections.join('\n\n')}

## Services that need no statement

These services use a key with the credentials of their caller, with a KMS grant that they make on the caller's behalf, or with a role you
give them. The key policy needs no statement for them, and \`services\` writes none ([KW3080](diagnostics/KW3080.md)). The caller or the role,
here \`deployer\`, needs a grant:

${table(
  ['service', 'grant', 'to'],
  servicesWithoutStatement.map(
    (service) => `| ${service.title} | \`${grantForCaller(service, 'deployer')}\` | ${service.caller} |`,
  ),
)}

## Sharing with other accounts

If you share encrypted AMIs, EBS snapshots or AWS Backup copies with another account, its principals and service-linked roles read them. No
preset can name these principals. Instead, let the account, or every account of an organization, use the key and make grants for AWS resources;
the account's own policies then say who may do so. Define \`partner\` under \`principals\` as
\`{ account: "444455556666" }\` or \`{ organization: o-a1b2c3d4e5 }\`, and write under the key:

${fenced(
  'yaml',
  `grants:
  - { to: partner, can: [decrypt, describe, "kms:ReEncrypt*", "kms:GenerateDataKey*"] }
  - { to: partner, can: "kms:CreateGrant", when: { Bool: { "kms:GrantIsForAWSResource": true } } }`,
)}

Auto Scaling in the other account needs more, since nobody can attach a policy to its service-linked role. Somebody there has to create a
KMS grant for the role with \`aws kms create-grant\`, and needs \`kms:CreateGrant\` without the condition \`kms:GrantIsForAWSResource\`. The
condition \`ArnEquals: { "kms:GranteePrincipal": … }\` limits this permission to grants for the role ([KW7045](diagnostics/KW7045.md)).

Source: Amazon EC2 User Guide, "Share an AMI with specific organizations or organizational units", and Amazon EBS User Guide, "Share
the KMS key used to encrypt a shared Amazon EBS snapshot"; Amazon EC2 Auto Scaling User Guide, "Required AWS KMS key policy for use
with encrypted volumes"; AWS Backup Developer Guide, "Creating backup copies across AWS accounts".
`;
}
