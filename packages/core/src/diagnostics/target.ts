/** KW4xxx: what a target cannot express, and templates that fail. */
import { defineDiagnostic } from './diagnostic.ts';
import { orInGeneral } from './in-general.ts';

export const templateFails = defineDiagnostic<{ target: string; template: string; reason: string }>({
  code: 'KW4001',
  title: 'One of your own templates fails',
  message: ({ target, template, reason }) =>
    `the ${target} template ${template} fails: ${reason.replaceAll(/\s+/g, ' ')}`,
  help: ({ target }) =>
    `fix the template, or remove it from the folder in \`targets.${target}.templates\`, to use the built-in one`,
  explanation: `A project can replace the Handlebars templates of a target with \`targets: { <target>: { templates: <folder> } }\`. A
template fails if it uses a name that Keywright does not pass to it, whether it prints the name, opens a block with it or passes it on as an
argument. Templates can use the block helpers \`if\`, \`unless\`, \`each\` and \`with\` and the built-in partials, and cannot reach
JavaScript prototypes. See docs/targets.md.`,
});

export const cannotExpress = defineDiagnostic<{ target: string; what: string; others: readonly string[] }>({
  code: 'KW4002',
  title: 'Something that a target cannot express',
  message: ({ target, what }) => `${target} cannot express ${what}`,
  help: ({ others }) =>
    others.length === 0
      ? 'no target can express it'
      : `generate this stack for ${others.join(' or ')} only, with \`targets\``,
  explanation: `If a target cannot express something, the line that requests it is an error. Nothing is silently left out. CloudFormation
has no KMS grants, no custom key stores and no keys in external key stores; Pulumi cannot express a KMS grant without a name, because Pulumi
always generates a name. A replica in CloudFormation has no BypassPolicyLockoutSafetyCheck.
Source: CloudFormation template reference, AWS::KMS::Key, and docs/targets.md.`,
  example: {
    wrong: `targets: [cfn, terraform]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
    right: `targets: [terraform]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const cannotShare = defineDiagnostic<{
  target: string;
  across: string;
  producer: string;
  producedFor: boolean;
  exportId: string;
}>({
  code: 'KW4003',
  title: 'A value that cannot reach the other stack',
  message: ({ target, across, producer, producedFor, exportId }) =>
    producedFor
      ? `${target} cannot pass \`${exportId}\` of stack \`${producer}\` across ${across}`
      : `stack \`${producer}\` is not generated for ${target}, and \`${exportId}\` cannot be passed between tools across ${across}`,
  help: () =>
    'import the key by `arn` or by `lookup` instead of `key`, or deploy both stacks to one account and region',
  explanation: `Each tool has its own way to pass a value from one stack to another: Export and ImportValue in
CloudFormation, remote state in Terraform, a stack reference in Pulumi. Between different tools, the value passes through an SSM
parameter. CloudFormation exports and SSM parameters do not cross accounts or regions.
Source: CloudFormation User Guide, "Fn::ImportValue". See docs/targets.md.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: eu-west-1 }
stacks:
  platform:
    environment: prod
    keys: { root: {} }
  reports:
    environment: data
    targets: [cfn]
    imports: { root: { key: platform.root } }
    outputs: { rootKeyArn: "\${imports.root.arn}" }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: eu-west-1 }
stacks:
  platform:
    environment: prod
    keys: { root: {} }
  reports:
    environment: data
    targets: [cfn]
    imports:
      root: { arn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
    outputs: { rootKeyArn: "\${imports.root.arn}" }`,
  },
});

export const sameAddress = defineDiagnostic<{ names: string }>({
  code: 'KW4004',
  title: 'Two resources get the same name',
  message: ({ names }) => `two resources would be called ${names}`,
  help: () => 'rename one of them, pin a name with `names`, or give an inline principal a name under `principals`',
  explanation: `Names in the generated code are made from the names in YAML, in the style of each target, and never numbered, so that adding
one resource cannot rename another. Two names that differ only in style (\`orders-api\` and \`ordersApi\`) can then
coincide. See docs/targets.md.`,
  example: {
    wrong: `keys:
  order-lines: {}
  orderLines: {}`,
    right: `keys:
  order-lines: {}
  orderLines:
    names: { cfn: OrderLines2Key, terraform: order_lines_2, pulumi: orderLines2 }`,
  },
});

export const badTargetName = defineDiagnostic<{ target: string; name: string; rule: string }>({
  code: 'KW4005',
  title: 'A pinned name that the target refuses',
  message: ({ target, name }) => `\`${name}\` cannot be a name in ${target}`,
  help: ({ rule }) => rule,
  explanation: `A pinned name is used exactly as written, so the target has to accept it. See docs/targets.md.`,
  example: {
    wrong: `keys:
  orders:
    names: { cfn: Orders-Key }`,
    right: `keys:
  orders:
    names: { cfn: OrdersKey }`,
  },
});

export const cannotExpressInVersion = defineDiagnostic<{ target: string; what: string; remedy: string }>({
  code: 'KW4006',
  title: 'Something that the chosen version of a target cannot express',
  message: ({ target, what }) => `${target} cannot express ${what}`,
  help: ({ remedy }) => remedy,
  explanation: `The options of a target can choose an older version of the tool or provider. That version may lack arguments that a key
needs. The AWS provider for Terraform accepts \`ML_DSA_44\`, \`ML_DSA_65\` and \`ML_DSA_87\` since version 6.2,
\`ECC_NIST_EDWARDS25519\` since 6.21, and the spec of a key with imported material since 6.11. With \`provider: 6\`, \`versions.tf\`
asks for the version that a stack needs.
Source: hashicorp/terraform-provider-aws#43128, #45007, #44011.`,
  example: {
    wrong: `targets:
  terraform: { provider: 5 }
stacks:
  security:
    targets: [terraform]
    keys:
      receipts: { origin: EXTERNAL, spec: RSA_2048, usage: SIGN_VERIFY }`,
    right: `targets:
  terraform: { provider: 6 }
stacks:
  security:
    targets: [terraform]
    keys:
      receipts: { origin: EXTERNAL, spec: RSA_2048, usage: SIGN_VERIFY }`,
  },
});

export const disabledBeforeMaterial = defineDiagnostic<{ key: string }>({
  code: 'KW4007',
  title: 'A key without material that CloudFormation would disable',
  message: ({ key }) => `CloudFormation would disable \`${key}\` before its key material is imported, and that fails`,
  help: () =>
    'remove `enabled: false`, since nobody can use the key without its material; or leave `cfn` out of the `targets` of this stack',
  explanation: `A key of origin EXTERNAL waits for its material in the state PendingImport, in which DisableKey fails, so the stack
rolls back. Terraform and Pulumi leave such a key as it is.
Source: AWS KMS Developer Guide, "Key states of AWS KMS keys".`,
  example: {
    wrong: `keys:
  orders:
    origin: EXTERNAL
    enabled: false`,
    right: `keys:
  orders:
    origin: EXTERNAL`,
  },
});

export const unknownToDeployment = defineDiagnostic<{
  stack: string;
  placeholder: string;
  /** The name under `values`, if the placeholder refers to a value. */
  value: string | undefined;
  environment: string | undefined;
  option: string;
}>({
  code: 'KW4008',
  title: 'A placeholder without a value for a stack',
  message: ({ stack, placeholder, option }) => `\`\${${placeholder}}\` in \`${option}\` has no value for \`${stack}\``,
  help: ({ placeholder, value, environment }) => {
    // On the page of this diagnostic, no parameter is a string.
    if (typeof value === 'string' && environment !== undefined)
      return `add \`${value}\` under \`values\` of \`${environment}\`, or of its account`;
    if (typeof value === 'string')
      return `give the stack an \`environment\` whose \`values\` include \`${value}\`, or write the text itself`;
    if (placeholder === 'purpose' && environment !== undefined)
      return `give \`${environment}\` or its account a \`purpose\`, or write the text itself`;
    if (placeholder === 'environment') return 'give the stack an `environment`, or write the text itself';
    const lacking = orInGeneral(placeholder === 'partition' ? 'region' : placeholder, 'value for the placeholder');
    return `give the stack an \`environment\` with ${lacking === 'account' ? 'an' : 'a'} ${lacking}, or write the text itself`;
  },
  explanation: `Options of targets can differ between deployments, as \`state-\${account}\` does. The account and region of a stack
without an environment are not known in advance, and an environment has only the values that it or its account sets under \`values\`.`,
  example: {
    wrong: `targets:
  terraform: { backend: { s3: { bucket: "state-\${account}", region: eu-west-1 } } }
stacks:
  security:
    targets: [terraform]
    keys:
      orders: {}`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
targets:
  terraform: { backend: { s3: { bucket: "state-\${account}", region: eu-west-1 } } }
stacks:
  security:
    environment: prod
    targets: [terraform]
    keys:
      orders: {}`,
  },
});

export const folderOfPrograms = defineDiagnostic<{ target: string; stack: string }>({
  code: 'KW4009',
  title: 'A stack with the name of a shared folder',
  message: ({ target, stack }) =>
    `the stack \`${stack}\` would share its folder with the modules of ${target} for stacks with several environments`,
  help: () => 'rename the stack; if it was built before, write `moved: [{ from: modules.* }]` under its new name',
  explanation: `A stack with a list of environments has one shared module for Terraform, in \`terraform/modules/<stack>\`. Root modules
are in folders beside the folder \`modules\`. The root module of a stack called \`modules\` would be in \`terraform/modules\` itself, and
contain the shared modules.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  core:
    environment: [prod, dev]
    targets: [terraform]
    keys:
      orders: {}
  modules:
    environment: prod
    targets: [terraform]
    keys:
      archive: {}`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  core:
    environment: [prod, dev]
    targets: [terraform]
    keys:
      orders: {}
  archive:
    environment: prod
    targets: [terraform]
    keys:
      archive: {}`,
  },
});
