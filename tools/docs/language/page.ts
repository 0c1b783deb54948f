import { readFileSync } from 'node:fs';
import { fenced, notice } from '../markdown.ts';
import { partIds, projectNode } from '../schema.ts';
import { differingSection } from './differing.ts';
import { languageParts } from './parts.ts';
import { propertyTable, rowsOf } from './property-table.ts';
import { languageSection } from './section.ts';

/** Returns docs/language.md. */
export function languagePage(): string {
  const missing = partIds.filter((id) => !languageParts.some((part) => part.id === id));
  if (missing.length > 0) throw new Error(`the page of the language has no part for ${missing.join(', ')}`);
  const names = Object.keys(projectNode.properties ?? {}).filter((name) => name !== 'targets');
  return `${notice}# The language, version 1

A project is a folder with a \`keywright.yaml\`, plus any files it includes. Every file is plain YAML 1.2: merge keys (\`<<\`) are allowed, custom
tags are not. The order of YAML keys never matters. An unknown YAML key is an error.

This page lists everything you can write. [semantics.md](semantics.md) says what it means, [targets.md](targets.md) what each target
makes of it. The page is generated from the JSON Schema that \`keywright schema\` prints and that [editors](editors.md) use.

- An **[environment](#environments)** is an account and a region. A **[group](#groups-of-environments)** is a name for several
  environments.
- A **[stack](#stacks)** contains keys and is deployed as a unit: in one environment, in each of several, or in any account and region.
- A **[key](#keys)** is a KMS key with its aliases, key policy, replicas and grants. It can build on a
  **[standard](#standards)**.
- A **[principal](#named-principals)** is whoever can make a request to AWS: an existing role or user, an account, an organization, an
  AWS service, or a role or user that [a stack creates](#principals-that-a-stack-creates). A stack can create groups too.
- A **[grant](#grants)** lets principals use a key. An **[import](#imports)** is a key that a stack uses but does not create.

${fenced('yaml', readFileSync('packages/cli/starter/keywright.yaml', 'utf8'))}

\`keywright init\` writes this file. There are larger projects in [examples](../examples).

## Names, durations, account ids

A **name** starts with a letter and consists of letters, digits, \`-\` and \`_\`, at most 63 characters. Names of apps, stacks,
environments and groups cannot contain \`_\`.

A **duration** is \`180 days\`, \`180d\` or a whole number of days.

An **account id** is twelve digits in quotes. Without the quotes YAML reads a number, and Keywright reports an error.

## Placeholders

\`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\` stand for the account, region, partition and DNS suffix of the stack. In a
replica they stand for those of the replica.

| placeholder | stands for |
| --- | --- |
| \`\${environment}\`, \`\${purpose}\` | the name and the purpose of the environment; an error if there is none |
| \`\${app}\` | the name of the app |
| \`\${stack}\` | the name of the stack; if the stack has several environments, it ends in the environment's name: \`orders-prod\` |
| \`\${key}\` | the name of the key, anywhere under a key, a replica, a standard or a key of a key set, and in principals that are named there; in the aliases of an import, the name of the import |
| \`\${values.<name>}\` | the value under \`values\` of the environment or its account; an error if an environment of the stack lacks it |
| \`\${account.<name>}\` | the id of another declared account, by its name under \`accounts\` or the name of an environment |

A value under \`values\` has to be valid wherever it is used, as if it were written there. Placeholders in it are not replaced. A wildcard in
the ARN of a principal, an account id with eleven digits or a character that AWS refuses in a tag is reported at the value. A value is a
single text. A list that differs by environment, such as the accounts that may read, is written under \`in\` of the key or the stack:
\`in: { prod: { grants: [{ to: [{ account: "222233334444" }, { account: "333344445555" }], can: decrypt }] } }\`.

Placeholders work in ARNs and other values that reach a policy, in policy ids, options of services, descriptions, tag values, alias names, the
names of roles, users and groups in IAM, and outputs, but not in other names, such as \`policyName\`. In condition keys, sids, \`via\` and
the encryption context of KMS grants they are an error; a \`service\` takes only \`\${region}\` and \`\${dnsSuffix}\`. Some of them work in
[options of targets](targets.md#options). An alias name has to be known at build time, so \`\${account}\` and \`\${region}\` in it need a
stack with an environment. The name of an alias in generated code does not depend on the environment: \`\${environment}/orders\` is
\`environment_orders\` in Terraform.

Write \`$\${\` for a literal \`\${\`, as in IAM's policy variables: \`$\${aws:username}\`. Nothing else is replaced: no environment variables,
no code.

## keywright.yaml

These are the top-level YAML keys of \`keywright.yaml\`. An included file can have \`include\` (paths and patterns only), \`environments\` (in accounts that neither \`keywright.yaml\` nor a trusted file has),
\`principals\`, \`standards\`, \`keySets\` and \`stacks\`; a file included with \`trusted: true\` can have them all. None is required in an
included file.

${propertyTable([
  ...rowsOf(projectNode, names),
  '| `targets` | mapping | Options of the targets, by target: see [targets.md](targets.md#options). |',
])}

${languageParts.map(languageSection).join('\n\n')}

${differingSection}
`;
}
