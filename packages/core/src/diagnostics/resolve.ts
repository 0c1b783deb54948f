/** KW2xxx: names, files and stacks that do not fit together. */
import { claimedByOneLine } from './claimed-twice.ts';
import { defineDiagnostic } from './diagnostic.ts';
import { orInGeneral } from './in-general.ts';
import { inCode, listOf } from './list-of.ts';
import { insteadOf, nearest } from './suggestion.ts';

export const includeMatchesNothing = defineDiagnostic<{ pattern: string }>({
  code: 'KW2001',
  severity: 'warning',
  title: 'An include pattern matches no file',
  message: ({ pattern }) => `no file matches \`${pattern}\``,
  help: () => 'correct the pattern, which is relative to the file with the `include`, or remove it',
  explanation: `A pattern under \`include\` that matches no file usually contains a misspelt folder. The keys in the intended files
would then be missing from the project. If a path without wildcards does not exist, that is an error (KW0001). See docs/language.md.`,
  example: {
    wrong: `include: ["team/*.yaml"]`,
    right: `include: ["teams/*.yaml"]`,
  },
});

export const definedTwice = defineDiagnostic<{ kind: string; name: string }>({
  code: 'KW2002',
  title: 'A name is defined twice',
  message: ({ kind, name }) => `the ${kind} \`${name}\` is defined twice`,
  help: ({ kind }) => `rename one ${orInGeneral(kind, 'of them')}, or remove one of the two`,
  explanation: `The files of a project share one namespace for each section: environments, principals, standards, stacks, settings and
targets. Two definitions of a name would make the meaning depend on the order in which files are read. The keys and imports of a stack also
share a namespace, and so do a project's principals and those that a stack creates. \`everyoneInAccount\` exists without being defined; only
\`keywright.yaml\` and trusted files can give that name to something else.
See docs/language.md.`,
  example: {
    wrong: `keys:
  orders:
    aliases: [orders]
imports:
  orders:
    alias: legacy/orders`,
    right: `keys:
  orders:
    aliases: [orders]
imports:
  legacyOrders:
    alias: legacy/orders`,
  },
});

export const unknownName = defineDiagnostic<{
  kind: string;
  name: string;
  candidates: readonly string[];
  /** How to write the reference, if that is certain. */
  form?: string | undefined;
  /** The help for an empty list of candidates. If absent, the help says where to define the first one. */
  none?: string;
}>({
  code: 'KW2003',
  title: 'An unknown name',
  message: ({ kind, name }) => `there is no ${kind} \`${name}\``,
  help: ({ kind, name, candidates, form, none }) => {
    if (form !== undefined) return `write \`${form}\``;
    return candidates.length === 0 && none !== undefined ? none : insteadOf(name, candidates, kind);
  },
  explanation: `Every name has to be defined: principals under \`principals\` of the project or of the stack, environments under
\`environments\`, standards under \`standards\`. A principal of another stack is written \`stack.name\`, and a key of another stack
\`stack.key\`. See docs/language.md.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: orderApi, can: decrypt }`,
    right: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decrypt }`,
  },
});

export const cyclicDefinition = defineDiagnostic<{ kind: string; cycle: readonly string[] }>({
  code: 'KW2004',
  title: 'A definition builds on itself',
  message: ({ kind, cycle }) => `the ${kind} \`${cycle[0] ?? ''}\` builds on itself: ${cycle.join(' → ')}`,
  help: ({ kind }) =>
    `remove one of the references, so that a ${orInGeneral(kind, 'definition')} builds only on others`,
  explanation: `A standard may build on another standard, and \`anyOf\` may name other groups of principals, but not in a cycle: in a
cycle, no definition would come first. See docs/semantics.md.`,
  example: {
    wrong: `standards:
  house: { standard: pii, rotation: true }
  pii: { standard: house, rotation: 180 days }
stacks:
  security:
    keys:
      orders: { standard: pii }`,
    right: `standards:
  house: { rotation: true }
  pii: { standard: house, rotation: 180 days }
stacks:
  security:
    keys:
      orders: { standard: pii }`,
  },
});

export const ambiguousStack = defineDiagnostic<{
  reference: string;
  deployments: readonly string[];
  environment: string;
  /** How to refer to one of the candidates. */
  form: string;
}>({
  code: 'KW2005',
  title: 'A reference fits several stacks',
  message: ({ reference, deployments, environment }) =>
    `\`${reference}\` fits ${deployments.length} stacks (${deployments.join(', ')}), none of them in ${environment}`,
  help: ({ form }) => `name the environment that is meant: \`${form}\``,
  explanation: `A stack with a list of environments is one stack in each of them. A reference from another stack means the stack of that
name in the same environment. Without such a stack, it means the only stack of that name in the same account, or else the only stack of that
name in the project. If several stacks fit, any choice would be a guess. To refer to a stack in another environment, add the environment:
\`{ stack: platform, environment: prod-eu, name: api }\` for a principal, \`environment\` beside \`key\` for a key. See docs/semantics.md.`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  data: { account: "444455556666", region: eu-west-1 }
stacks:
  platform:
    environment: [prod-eu, prod-us]
    keys: { root: {} }
  reports:
    environment: data
    imports: { root: { key: platform.root } }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  data: { account: "444455556666", region: eu-west-1 }
stacks:
  platform:
    environment: [prod-eu, prod-us]
    keys: { root: {} }
  reports:
    environment: data
    imports: { root: { key: platform.root, environment: prod-eu } }`,
  },
});

export const stackNotInEnvironment = defineDiagnostic<{
  stack: string;
  environment: string;
  /** Whether `environment` is a group or pattern. */
  isSet: boolean;
  has: readonly string[];
}>({
  code: 'KW2023',
  title: 'A stack that is not in this environment',
  message: ({ stack, environment, isSet }) =>
    isSet
      ? `the stack \`${stack}\` is not deployed to any environment of \`${environment}\``
      : `the stack \`${stack}\` is not in the environment \`${environment}\``,
  help: ({ has, stack, environment }) =>
    has.length === 0
      ? `leave \`environment\` out and write \`${stack}.<name>\`, because this stack has no environment`
      : `name an environment in which the stack is (${inCode(has)}), or add \`${environment}\` to its environments`,
  explanation: `A reference can name an environment: \`{ stack: app, environment: prod-eu, name: api }\`, or \`environment\` beside the
\`key\` of an import. It means what the stack creates in that environment, so the stack has to list the environment under \`environment\`. A
stack without an environment is one stack, which can be deployed anywhere. See docs/semantics.md.`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  app:
    environment: prod-eu
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
  platform:
    environment: prod-us
    keys:
      root: { aliases: [root], grants: [{ to: { stack: app, environment: prod-us, name: api }, can: decrypt }] }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  app:
    environment: [prod-eu, prod-us]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
  platform:
    environment: prod-us
    keys:
      root: { aliases: [root], grants: [{ to: { stack: app, environment: prod-eu, name: api }, can: decrypt }] }`,
  },
});

export const unknownPlaceholder = defineDiagnostic<{ placeholder: string; known: readonly string[] }>({
  code: 'KW2006',
  title: 'An unknown placeholder',
  message: ({ placeholder }) => `there is no placeholder \`\${${placeholder}}\` here`,
  help: ({ placeholder, known }) => {
    const meant = meantPlaceholder(placeholder, known);
    return meant === undefined
      ? `write \`$\${${placeholder}}\` for the text itself, as for a policy variable of IAM, or use one of ${known.map((name) => `\${${name}}`).join(', ')}`
      : `did you mean \`\${${meant}}\`? For the text itself, write \`$\${${placeholder}}\``;
  },
  explanation: `\`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\` are the account, region, partition and DNS suffix
of the stack. \`\${environment}\` and \`\${purpose}\` are the name and purpose of the stack's environment, if it has them. \`\${app}\` and
\`\${stack}\` are the names of the app and the stack. \`\${key}\` is the name of the key in the texts of a key, and the name of the import
in the aliases of an import. \`\${values.<name>}\` is a value of the environment, and \`\${account.<name>}\` the id of another declared
account. An output can also use \`\${keys.<name>.<attribute>}\` and \`\${imports.<name>.<attribute>}\`. Nothing else is replaced: no
environment variables, no code. A policy variable of IAM is written with an additional dollar sign, \`$\${aws:username}\`, and becomes
\`\${aws:username}\` in the policy. See docs/language.md.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - to: ordersApi
        can: decrypt
        when: { StringEquals: { "kms:EncryptionContext:user": "\${aws:username}" } }`,
    right: `keys:
  orders:
    grants:
      - to: ordersApi
        can: decrypt
        when: { StringEquals: { "kms:EncryptionContext:user": "$\${aws:username}" } }`,
  },
});

/**
 * The placeholder that the user probably meant by a misspelt placeholder, an abbreviation or another tool's name (`AWS::Region`);
 * `undefined` for an IAM policy variable.
 */
function meantPlaceholder(placeholder: string, known: readonly string[]): string | undefined {
  if (/^[a-z-]+:[^:]/.test(placeholder)) return undefined;
  const words = placeholder
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return (
    nearest(placeholder, known) ??
    attributeOf(placeholder, known) ??
    known.find((name) => words.includes(name.toLowerCase())) ??
    known.find((name) => placeholder.length > 2 && name.startsWith(placeholder.toLowerCase()))
  );
}

/** `keys.orders.arn` for `key.orders.arn`, `orders.arn` and `aws_kms_key.orders.arn`, if that placeholder exists. */
function attributeOf(placeholder: string, known: readonly string[]): string | undefined {
  const [, section = '', thing, attribute] =
    /^(?:([A-Za-z_]+)\.)?([A-Za-z][\w-]*)\.(arn|id|aliasName|aliasArn)$/.exec(placeholder) ?? [];
  if (thing === undefined || !known.includes('keys.<name>.<attribute>')) return undefined;
  return `${section.startsWith('import') ? 'imports' : 'keys'}.${thing}.${attribute}`;
}

export const missingValue = defineDiagnostic<{
  name: string;
  environments: readonly string[];
  known: readonly string[];
}>({
  code: 'KW2030',
  title: 'A value that an environment lacks',
  message: ({ name, environments }) =>
    environments.length === 0
      ? `\`\${values.${name}}\` has no value in a stack without an environment`
      : `\`\${values.${name}}\` has no value in ${listOf(environments)}`,
  help: ({ name, environments, known }) => {
    if (environments.length === 0) return 'give the stack an `environment` whose `values` include it';
    if (!known.includes(name) && known.length > 0) return insteadOf(name, known, 'value');
    return `add \`${name}\` under \`values\` of ${environments.length === 1 ? 'this environment, or of its account' : 'these environments, or of their accounts'}`;
  },
  explanation: `\`\${values.siem}\` becomes the value \`siem\`, which the environment or its account sets under \`values\`. A text is
evaluated in each environment of its stack, so each of these environments needs the value. See docs/language.md.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1, values: { team: payments } }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: [prod, dev]
    keys:
      orders: { description: "Orders of \${values.team}" }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1, values: { team: payments } }
  dev: { account: "444455556666", region: eu-west-1, values: { team: payments-dev } }
stacks:
  security:
    environment: [prod, dev]
    keys:
      orders: { description: "Orders of \${values.team}" }`,
  },
});

export const valuesMakeTooLong = defineDiagnostic<{ maximum: number }>({
  code: 'KW2031',
  title: 'A text that values make too long',
  message: ({ maximum }) => `values add more than ${maximum} characters to this text`,
  help: () => 'use fewer or shorter values',
  explanation: `Each placeholder, such as \`\${values.team}\`, is replaced by its value. The values make this text longer than AWS accepts: a
key policy has at most 32,768 bytes, and the description of a key at most 8,192 characters.`,
});

const ruleForNames = {
  export: 'use only letters, digits, ":" and "-", 255 characters at most',
  parameter:
    'use letters, digits, ".", "_" and "-" in at most 15 parts, each preceded by "/", such as `/kms/orders`, and do not start with `/aws`, `/ssm` or `/keywright`',
} as const;

export const badOutputName = defineDiagnostic<{ kind: 'export' | 'parameter'; name: string }>({
  code: 'KW2032',
  title: 'An invalid name for an export or parameter',
  message: ({ kind, name }) =>
    kind === 'export'
      ? `\`${name}\` is not a valid name for an export of CloudFormation`
      : `\`${name}\` is not a valid name for an SSM parameter of this project`,
  help: ({ kind }) => ruleForNames[kind],
  explanation: `An output can be an export of CloudFormation and the value of an SSM parameter. The name of an export consists of letters,
digits, colons and hyphens, and has at most 255 characters. The name of a parameter, such as \`/kms/orders\`, has at most 15 parts of
letters, digits, dots, underscores and hyphens, each preceded by a slash. It must not start with \`/aws\` or \`/ssm\`. Names that start with
\`/keywright/\` are reserved for the parameters through which stacks of the project pass values to each other.
Source: CloudFormation User Guide, "Outputs"; AWS Systems Manager API reference, PutParameter, Name.`,
  example: {
    wrong: `outputs:
  ordersKey: { value: "\${keys.orders.arn}", export: orders_key }
keys:
  orders: {}`,
    right: `outputs:
  ordersKey: { value: "\${keys.orders.arn}", export: orders-key }
keys:
  orders: {}`,
  },
});

export const outputNameTwice = defineDiagnostic<{
  kind: 'export' | 'parameter';
  name: string;
  place: string;
  isOneLine: boolean;
}>({
  code: 'KW2033',
  title: 'Two outputs with the same export or parameter name',
  message: ({ kind, name, place }) =>
    `${kind === 'export' ? 'the export' : 'the SSM parameter'} \`${name}\` is claimed twice in ${place}`,
  help: ({ isOneLine }) =>
    isOneLine === true ? claimedByOneLine : 'choose another name, such as one with `${stack}` in it',
  explanation: `The names of CloudFormation exports and of SSM parameters are unique in an account and region, so the second output could
not be deployed. Keywright itself exports the values that stacks use from each other, under names such as \`shop:core:keys:orders:arn\`. An
output must not take one of these names.
Source: CloudFormation User Guide, "Outputs"; AWS Systems Manager API reference, PutParameter.`,
  example: {
    wrong: `outputs:
  ordersKey: { value: "\${keys.orders.arn}", parameter: /kms/orders }
  ordersId: { value: "\${keys.orders.id}", parameter: /kms/orders }
keys:
  orders: {}`,
    right: `outputs:
  ordersKey: { value: "\${keys.orders.arn}", parameter: /kms/orders/arn }
  ordersId: { value: "\${keys.orders.id}", parameter: /kms/orders/id }
keys:
  orders: {}`,
  },
});

/** `areTwo`: whether two entries lead to the same name, rather than one entry that names the environment twice. */
export const sameStackName = defineDiagnostic<{ name: string; kind: string; areTwo: boolean; environment?: string }>({
  code: 'KW2007',
  title: 'Two stacks get the same name',
  message: ({ name, kind, areTwo, environment }) =>
    areTwo ? `two ${kind} would be called \`${name}\`` : `the stack names the environment \`${environment}\` twice`,
  help: ({ areTwo }) => (areTwo ? 'rename one of the stacks or one of the environments' : 'remove one of the two'),
  explanation: `A stack with a list of environments becomes one stack for each of them, called \`<stack>-<environment>\`. With
CloudFormation, the template of a stack's replicas has a name of the same form. Names are compared without case, because some file systems
ignore it. See docs/targets.md.`,
  example: {
    wrong: `stacks:
  orders:
    environment: [prod, prod-us]
  orders-prod:
    environment: prod`,
    right: `stacks:
  orders:
    environment: [prod, prod-us]
  orders-archive:
    environment: prod`,
  },
});

export const needsKnownEnvironment = defineDiagnostic<{ what: string }>({
  code: 'KW2008',
  title: 'A stack that needs an environment',
  message: ({ what }) => `${what} needs a known account and region, and this stack has no environment`,
  help: () => 'give the stack an `environment`',
  explanation: `A stack without an environment can be deployed to any account and region. But lookups, replicas and names of aliases with
\`\${account}\` or \`\${region}\` need a known account and region at build time. A grant with \`\${account}\` or \`\${region}\` needs them
too if its policy becomes part of another stack: in that stack, the placeholder would mean that stack's account or region. See
docs/lookups.md and docs/semantics.md.`,
  example: {
    wrong: `stacks:
  reports:
    imports:
      shared: { lookup: { alias: shared/config } }`,
    right: `stacks:
  reports:
    environment: prod
    imports:
      shared: { lookup: { alias: shared/config } }`,
  },
});

export const stackCycle = defineDiagnostic<{ cycle: readonly string[] }>({
  code: 'KW2009',
  title: 'Stacks need each other',
  message: ({ cycle }) => `these stacks need each other, so none can be deployed first: ${cycle.join(' → ')}`,
  help: () => 'move one of the keys or principals to another stack, so that the stacks have an order',
  explanation: `A stack that uses a key or a principal of another stack has to be deployed after that stack. KMS also refuses a key policy
that names a role or user that does not exist yet, so a stack whose key policy names a principal of another stack has to be deployed after
that other stack. The related lines show why each stack needs the next.
Source: AWS KMS API reference, CreateKey, Policy: "The principals in the key policy must exist and be visible to AWS KMS."`,
  example: {
    wrong: `stacks:
  orders:
    keys:
      orders: {}
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      reports: { key: reports.reports, grants: [{ to: api, can: decrypt }] }
  reports:
    keys:
      reports: {}
    principals:
      job: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      orders: { key: orders.orders, grants: [{ to: job, can: decrypt }] }`,
    right: `stacks:
  shared:
    keys:
      orders: {}
      reports: {}
  orders:
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      reports: { key: shared.reports, grants: [{ to: api, can: decrypt }] }
  reports:
    principals:
      job: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      orders: { key: shared.orders, grants: [{ to: job, can: decrypt }] }`,
  },
});

export const badOutput = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW2010',
  title: 'An output without a value',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `An output consists of text and of placeholders \`\${keys.<name>.<attribute>}\` and \`\${imports.<name>.<attribute>}\`.
Each of the \`resources\` of an identity policy has the same form. The attribute is \`arn\`, \`id\`, \`aliasName\` or \`aliasArn\`.
Without \`\${…}\`, \`keys.orders.arn\` is only text. A key without an alias has no alias name. If a key is imported by alias, only the
alias is known, not the key's id or ARN. See docs/language.md.`,
  example: {
    wrong: `imports:
  s3: { alias: aws/s3 }
outputs:
  s3Key: \${imports.s3.arn}`,
    right: `imports:
  s3: { alias: aws/s3 }
outputs:
  s3Key: \${imports.s3.aliasName}`,
  },
});

export const unknownTarget = defineDiagnostic<{
  name: string;
  candidates: readonly string[];
  /** The target that another word for a tool means, such as `cloudformation`. */
  meant: string | undefined;
}>({
  code: 'KW2011',
  title: 'An unknown target',
  message: ({ name }) => `there is no target \`${name}\``,
  help: ({ name, candidates, meant }) =>
    meant === undefined ? insteadOf(name, candidates, 'target') : `write \`${meant}\``,
  explanation: `Targets are what Keywright generates code for: \`cfn\` (CloudFormation), \`terraform\` and \`pulumi\`.
See docs/targets.md.`,
  example: {
    wrong: `environment: prod
targets: [cloudformation]`,
    right: `environment: prod
targets: [cfn]`,
  },
});

export const unclosedPlaceholder = defineDiagnostic({
  code: 'KW2012',
  title: 'A placeholder that is not closed',
  message: () => 'nothing closes the `${` in this text',
  help: () => 'close it with `}`, or write `$${` for the text itself',
  explanation: `\`\${\` starts a placeholder, which ends in \`}\`. A placeholder that is not closed would end up in the generated code as
text, which is hardly ever intended.`,
  example: {
    wrong: `keys:
  orders:
    description: Orders in \${region`,
    right: `keys:
  orders:
    description: Orders in \${region}`,
  },
});

export const placeholderNotReplaced = defineDiagnostic<{ placeholder: string; what: string }>({
  code: 'KW2034',
  title: 'A placeholder where nothing is replaced',
  message: ({ placeholder, what }) => `\`${placeholder}\` is not replaced in ${what}`,
  help: () => 'write the text itself; if it differs by environment, write it under `in` of the key or the stack',
  explanation: `AWS would get the placeholder as written, and no request has a condition key or encryption context of that name. So an Allow
or a KMS grant that requires it lets nobody in, and a Deny that exempts requests with it denies everyone. Placeholders work in values of
conditions, in ARNs and in the other texts that docs/language.md lists.`,
  example: {
    wrong: `keys:
  orders:
    grants: [{ to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:\${app}": orders } } }]`,
    right: `keys:
  orders:
    grants: [{ to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:app": "\${app}" } } }]`,
  },
});

export const tooManyParts = defineDiagnostic<{ limit: number }>({
  code: 'KW2013',
  title: 'A project that is too large',
  message: ({ limit }) =>
    `with this stack, the project has more than ${limit} keys, principals and imports over all environments`,
  help: () => 'name fewer environments, or split the project',
  explanation: `A stack with a list of environments is one stack in each, so a short file can stand for millions of keys. An AWS
account has 100,000 keys in a region at most. Source: AWS KMS Developer Guide, "Resource quotas".`,
});

export const includeTooWide = defineDiagnostic<{ pattern: string; most: number }>({
  code: 'KW2014',
  title: 'An include pattern with too many wildcards',
  message: ({ pattern, most }) => `a part of \`${pattern}\` has more than ${most} wildcards`,
  help: () => 'write a simpler pattern, or several',
  explanation: `With many \`*\` and \`{…}\` in one name there are so many ways to match it that a failed match takes practically forever.`,
});

export const wildcardInPrincipal = defineDiagnostic<{ arn: string; instead: string }>({
  code: 'KW2015',
  title: 'A wildcard in the ARN of a principal',
  message: ({ arn }) => `\`${arn}\` has a wildcard, which KMS does not accept in a principal`,
  help: ({ instead }) => instead,
  explanation: `A principal is one role, user or session, or a whole account. KMS and IAM refuse a policy with a wildcard in the ARN of
a principal. If a name is not known exactly, such as that of a role of IAM Identity Center, name the account and add a condition,
\`ArnLike\` on \`aws:PrincipalArn\`. For a session, \`aws:PrincipalArn\` is the ARN of the session's role. Since the statement names the
account, the IAM policies of the roles that match have to allow the actions too. In a grant, the condition goes under \`when\`.
Source: IAM User Guide, "AWS JSON policy elements: Principal"; IAM User Guide, "AWS global condition context keys", aws:PrincipalArn.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws:iam::111122223333:role/Orders*" }, can: decrypt }`,
    right: `keys:
  orders:
    grants:
      - to: { account: "111122223333" }
        can: decrypt
        when: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Orders*" } }`,
  },
});

export const unknownRegion = defineDiagnostic<{ region: string; regions: readonly string[] }>({
  code: 'KW2016',
  title: 'A region that does not exist',
  message: ({ region }) => `there is no region \`${region}\``,
  help: ({ region, regions }) => {
    const near = nearest(region, regions);
    const declare = `declare a new region with \`settings: { newRegions: [${region}] }\``;
    return near === undefined ? declare : `did you mean \`${near}\`? Otherwise: ${declare}`;
  },
  explanation: `A build for a misspelt region looks right but cannot be deployed, and a policy that names a service in that region lets
nobody in. Keywright knows the regions in its list (packages/core/src/kms/regions.ts, with its date and source) and those that the project
declares.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-wset-1 }
stacks:
  main:
    environment: prod
    keys: { orders: {} }`,
    right: `settings: { newRegions: [eu-north-2] }
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  next: { account: "111122223333", region: eu-north-2 }
stacks:
  main:
    environment: [prod, next]
    keys: { orders: {} }`,
  },
});

export const badServiceHost = defineDiagnostic<{ service: string; meant: string }>({
  code: 'KW2017',
  title: 'A service principal that does not exist',
  message: ({ service }) => `\`${service}\` is not the name of a service principal`,
  help: ({ meant }) => `write \`${meant}\``,
  explanation: `A service is named by its principal, \`<service>.amazonaws.com\`. In some regions and partitions, the principal is
\`<service>.<region>.amazonaws.com\`, or ends in the partition's suffix. Product names are different: CloudWatch Logs is \`logs\`,
EventBridge \`events\`, Step Functions \`states\`. KMS refuses a policy with a principal that it does not know.
Source: IAM User Guide, "AWS JSON policy elements: Principal", AWS service principals.`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - { principals: { service: eventbridge }, actions: kms:Decrypt }`,
    right: `keys:
  orders:
    statements:
      - { principals: { service: events }, actions: kms:Decrypt }`,
  },
});

export const hostOfOtherRegion = defineDiagnostic<{ service: string; region: string; here: string }>({
  code: 'KW2018',
  severity: 'warning',
  title: 'A service in another region',
  message: ({ service, region, here }) => `\`${service}\` is a service in ${region}, but this policy is for ${here}`,
  help: () => 'name the service without a region, such as `logs`: in each region, that means the service of the region',
  explanation: `A service uses a key of its own region. A policy that names the service of another region allows requests that never come
and blocks those that do. A key that several regions share has replicas, each with its own policy.`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - { principals: { service: logs.us-east-1.amazonaws.com }, actions: kms:Decrypt }`,
    right: `keys:
  orders:
    statements:
      - { principals: { service: logs }, actions: kms:Decrypt }`,
  },
});

export const unknownPartition = defineDiagnostic<{ partition: string; partitions: readonly string[] }>({
  code: 'KW2019',
  title: 'A partition that does not exist',
  message: ({ partition }) => `there is no partition \`${partition}\``,
  help: ({ partition, partitions }) => insteadOf(partition, partitions, 'partition'),
  explanation: `An ARN starts with its partition: \`aws\`, \`aws-cn\` in China, \`aws-us-gov\` in GovCloud, and a few more. AWS refuses
a policy that names a principal in another partition, and a condition on such an ARN never holds. \`\${partition}\` is the partition of
the stack.
Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)"; botocore, data/partitions.json.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: { role: "arn:awss:iam::111122223333:role/Orders" }, can: decrypt }`,
    right: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws:iam::111122223333:role/Orders" }, can: decrypt }`,
  },
});

export const badAccountInArn = defineDiagnostic<{ arn: string; account: string }>({
  code: 'KW2020',
  title: 'An invalid account id',
  message: ({ arn, account }) => `\`${account}\` in \`${arn}\` is not an account id`,
  help: () => 'an account id has twelve digits, including leading zeros; `${account}` is the account of the stack',
  explanation: `The fifth part of an ARN is the account, which has twelve digits. AWS refuses a policy if a principal has anything else
there, and a condition on such an ARN never holds.
Source: AWS Account Management Reference Guide, "View AWS account identifiers".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws:iam::11112222333:role/Orders" }, can: decrypt }`,
    right: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws:iam::111122223333:role/Orders" }, can: decrypt }`,
  },
});

const ids = {
  account: {
    name: 'the id of an account',
    form: 'an account id has twelve digits, including leading zeros; `${account}` is the account of the stack',
  },
  organization: {
    name: 'the id of an organization',
    form: 'an organization id is `o-` and 10 to 32 lower-case letters or digits, as `aws organizations describe-organization` shows it',
  },
  principal: {
    name: 'the ARN of a principal',
    form: 'it is `arn:aws:iam::<account>:role/<path and name>` for a role and its sessions, or the ARN of a user',
  },
  path: {
    name: 'the path of an account in an organization',
    form: 'a path ends with a slash, as in `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`; `StringLike` with `*` after the slash includes the units inside',
  },
  userid: {
    name: 'the id of a user or of a session',
    form: 'it is `AROA…:<session>` for a role, `AROA…:*` with `StringLike` for all of its sessions, `AIDA…` for a user, and the account id for its root user',
  },
  type: {
    name: 'a type of principal',
    form: 'write `AssumedRole` for roles, `User`, `FederatedUser`, or `Account` for the root user',
  },
  vpc: { name: 'the id of a VPC', form: 'it starts with `vpc-`; the id of an endpoint belongs to `aws:SourceVpce`' },
  endpoint: {
    name: 'the id of a VPC endpoint',
    form: 'it starts with `vpce-`; the id of a VPC belongs to `aws:SourceVpc`',
  },
  alias: { name: 'the name of an alias', form: 'it starts with `alias/`' },
  subject: {
    name: 'a subject of a token from GitHub',
    form: 'it starts with the name of a claim, by default `repo:<owner>/<repository>:…`',
  },
  measurement: {
    name: 'a measurement of an enclave or instance',
    form: 'it is up to 96 hexadecimal digits, in lower case unless the operator ends in `IgnoreCase`',
  },
  context: {
    name: 'an ARN of the service that has this encryption context',
    form: 'write the whole ARN, such as `arn:aws:s3:::orders/*`, with `StringLike` if it has a wildcard',
  },
  roleOfAws: {
    name: 'the ARN of a role: AWS creates roles of this name with a path',
    form: 'roles of IAM Identity Center are `role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_…` with `ArnLike`, service-linked roles `role/aws-service-role/<service>.amazonaws.com/AWSServiceRoleFor…`',
  },
  host: {
    name: 'the host of a service',
    form: 'write the host, as in `athena.amazonaws.com`, not only the name of the service',
  },
  address: {
    name: 'an address that requests come from',
    form: '`aws:SourceIp` is a public address; requests through a VPC endpoint have `aws:VpcSourceIp` instead',
  },
};

export type IdKind = keyof typeof ids;

export const idOfNobody = defineDiagnostic<{ key: string; value: string; of: IdKind }>({
  code: 'KW2024',
  severity: 'warning',
  title: 'A condition on an id that nothing has',
  message: ({ key, value, of }) => `\`${value}\` in \`${key}\` is not ${ids[of].name}`,
  help: ({ of }) => ids[of].form,
  explanation: `KMS accepts the policy, but no request has this value: conditions compare ids letter by letter. So an Allow lets
nobody in, and a Deny with \`StringNotEquals\` denies everyone, the administrators of the key included. These are the values
that requests have:

- \`aws:PrincipalArn\` is never the ARN of a session, but the ARN of the session's role, including the path of the role.
- \`aws:userid\` of a role has the name of the session after a colon.
- A path in an organization ends with a slash.
- \`aws:CalledVia\`, \`aws:PrincipalServiceName\` and the like are hosts: \`athena.amazonaws.com\`, not \`athena\`.
- \`aws:SourceIp\` is a public address.
- The measurements of an enclave are hexadecimal, in lower case.
- S3, Secrets Manager and other services put whole ARNs into the encryption context.

Sources: AWS KMS Developer Guide, "AWS KMS condition keys for attested platforms"; IAM User Guide, "AWS global condition context keys",
aws:PrincipalArn; AWS Account Management Reference Guide, "View AWS account identifiers"; AWS Organizations API reference,
Organization.`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - effect: Deny
        principals: { anyone: true }
        actions: kms:*
        conditions: { StringNotEquals: { "aws:PrincipalOrgID": O-A1B2C3D4E5 } }`,
    right: `keys:
  orders:
    statements:
      - effect: Deny
        principals: { anyone: true }
        actions: kms:*
        conditions: { StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 } }`,
  },
});

export const conditionOfOtherPartition = defineDiagnostic<{ key: string; of: string; partition: string }>({
  code: 'KW2025',
  severity: 'warning',
  title: 'A condition on another partition',
  message: ({ key, of, partition }) =>
    `\`${key}\` is never in the partition \`${of}\`: this policy is in \`${partition}\``,
  help: ({ partition }) => `write the partition as \`\${partition}\`, or add a value in \`${partition}\``,
  explanation: `KMS accepts the policy, but the principal and the resource of every request are in the policy's own partition. So an
Allow lets nobody in, and a Deny with \`ArnNotLike\` or \`StringNotEquals\` denies everyone, the administrators of the key included. In
a list that several partitions share, at least one value has to be in the policy's own partition.
Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)", "Partition".`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - effect: Deny
        principals: { anyone: true }
        actions: kms:PutKeyPolicy
        conditions: { ArnNotLike: { "aws:PrincipalArn": "arn:aws-cn:iam::\${account}:role/KeyAdmin" } }`,
    right: `keys:
  orders:
    statements:
      - effect: Deny
        principals: { anyone: true }
        actions: kms:PutKeyPolicy
        conditions: { ArnNotLike: { "aws:PrincipalArn": "arn:\${partition}:iam::\${account}:role/KeyAdmin" } }`,
  },
});

export const badViaService = defineDiagnostic<{ value: string; meant: string | undefined }>({
  code: 'KW2021',
  title: 'A value that kms:ViaService never has',
  message: ({ value }) => `\`${value}\` is not the name of a service for \`kms:ViaService\``,
  help: ({ value, meant }) =>
    meant === undefined && value.includes('${')
      ? 'write the service alone, such as `s3`: `via` takes no placeholders, and adds the region of the key'
      : `write \`${meant ?? '<service>'}\``,
  explanation: `A value of \`kms:ViaService\` has the form \`<service>.<region>.amazonaws.com\`, which ends in \`.amazonaws.com\` in
every partition. Nothing else ever matches. \`via\` takes the service alone, such as \`s3\`, and adds the region of the key.
Source: AWS KMS Developer Guide, "kms:ViaService".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decrypt, via: s3.amazonaws.com }`,
    right: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decrypt, via: s3 }`,
  },
});

export const otherPartition = defineDiagnostic<{
  what: string;
  of: string;
  partition: string;
  kind: 'principal' | 'resource' | 'region';
}>({
  code: 'KW2022',
  title: 'A principal, resource or region in another partition',
  message: ({ what, of, partition, kind }) =>
    kind === 'region'
      ? `\`${what}\` is a region of the partition \`${of}\`, not of \`${partition}\``
      : `\`${what}\` is in the partition \`${of}\`, and this policy is in \`${partition}\``,
  help: ({ of, partition, kind }) => {
    switch (kind) {
      case 'principal':
        return `name a principal in \`${partition}\`: nobody can get access from another partition`;
      case 'resource':
        return `name a resource in \`${partition}\`: IAM refuses a policy with a resource in another partition`;
      case 'region':
        return `write the partition \`${of}\`, or another region`;
    }
  },
  explanation: `Each region and account belongs to one partition, and the ARNs of everything there contain that partition. A condition
on an ARN of another partition never holds. AWS refuses a policy that names a principal in another partition, because access does not
cross partitions. Services do not cross partitions either: a host that ends in \`.amazonaws.com.cn\` is in China. IAM refuses a policy
on a role if the policy names a resource in another partition (\`Partition "aws" is not valid for resource\`).
Source: IAM User Guide, "IAM tutorial: Delegate access across AWS accounts using IAM roles"; botocore, data/partitions.json.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws-cn:iam::444455556666:role/Orders" }, can: decrypt }`,
    right: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws:iam::444455556666:role/Orders" }, can: decrypt }`,
  },
});
