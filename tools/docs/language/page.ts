import { readFileSync } from 'node:fs';
import { fenced, notice } from '../markdown.ts';
import { propertyTable, rowsOf } from '../property-table.ts';
import { partIds, projectNode } from '../schema.ts';
import { differingSection } from './differing.ts';
import { languageParts } from './parts.ts';
import { languageSection } from './section.ts';

/** docs/language.md. */
export function languagePage(): string {
  const missing = partIds.filter((id) => !languageParts.some((part) => part.id === id));
  if (missing.length > 0) throw new Error(`the page of the language has no part for ${missing.join(', ')}`);
  const names = Object.keys(projectNode.properties ?? {}).filter((name) => name !== 'targets');
  return `${notice}# The language, version 1

A project is a folder with a \`keywright.yaml\`, plus any files that it includes. Every file is plain YAML 1.2: merge keys
\`<<\` are allowed, custom tags are not. The order of keys in a mapping never changes meaning. A key that is not known is an
error.

This page says what can be written. What it means is in [semantics.md](semantics.md), what each target makes of it in
[targets.md](targets.md). It is made from the JSON Schema that \`keywright schema\` prints and that editors use
([editors.md](editors.md)).

- An **[environment](#environments)** is an account and a region. A **[group](#groups-of-environments)** is a name for several.
- A **[stack](#stacks)** is what is deployed at once, in one environment, in each of several or in any. It has keys.
- A **[key](#keys)** is a KMS key with its aliases, key policy, replicas and grants. It can build on a
  **[standard](#standards)**.
- A **[principal](#named-principals)** is someone who can be named: a role or user that exists, an account, an
  organization, an AWS service; or a role, user or group that [a stack creates](#principals-that-a-stack-creates).
- A **[grant](#grants)** lets principals use a key. An **[import](#imports)** is a key that a stack uses and does not create.

${fenced('yaml', readFileSync('packages/cli/starter/keywright.yaml', 'utf8'))}

\`keywright init\` writes this file. Larger projects are in [examples](../examples).

## Names, durations, account ids

A **name** starts with a letter and has letters, digits, \`-\` and \`_\`, 63 characters at most. The names of the app, of
stacks, of environments and of groups have no \`_\`.

A **duration** is \`180 days\`, \`180d\` or a whole number of days.

An **account id** is text of twelve digits, in quotes. Without them YAML reads a number, which is an error that says so.

## Placeholders

\`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\` stand for the stack's own (for the replica's own, in a
replica).

| placeholder | stands for |
| --- | --- |
| \`\${environment}\`, \`\${purpose}\` | the name and the purpose of the environment; without one they are an error |
| \`\${app}\` | the name of the app |
| \`\${stack}\` | the name of the stack, which has its environment in it where the stack has several: \`orders-prod\` |
| \`\${key}\` | the name of the key, in all that is written under a key, a replica, a standard or a key of a key set, and in principals that are named there |
| \`\${values.<name>}\` | what the environment, or its account, says under \`values\`; an environment of the stack that lacks it is an error |
| \`\${account.<name>}\` | the twelve digits of another declared account: a name under \`accounts\`, or that of an environment |

A value is text in which nothing is replaced. It has to be right wherever it is used, as if it were written there: a wildcard in
the ARN of a principal, eleven digits, a character that AWS refuses in a tag are reported at the value.

They can stand in ARNs and other values that reach a policy, in options of services, in descriptions, in values of tags, in names of aliases and in outputs;
not in other names, and not in condition keys, sids and the encryption context of KMS grants, where one is an error. The name of an alias has to be known when it is built: \`\${account}\` and \`\${region}\` in it need a stack
with an environment. What generated code calls an alias does not depend on the environment: \`\${environment}/orders\` is
\`environment_orders\` in Terraform. \`$\${\` is a literal \`\${\`, which policy variables of IAM need:
\`$\${aws:username}\`. Nothing else is replaced: no environment variables, no code.

## keywright.yaml

The keys at the top of \`keywright.yaml\`. A file that it includes has \`include\` (paths and
patterns alone), \`environments\`, \`principals\`, \`standards\` and \`stacks\`; one that it includes with \`trusted: true\` has all of
them. None is required there.

${propertyTable([
  ...rowsOf(projectNode, names),
  '| `targets` | mapping | Options of the targets, by target: see [targets.md](targets.md#options). |',
])}

${languageParts.map(languageSection).join('\n\n')}

${differingSection}
`;
}
