/** KW8050–8089: Terraform states and plans. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const notTerraform = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW8050',
  severity: 'error',
  title: 'A file that is not a Terraform state or plan',
  message: ({ problem }) => `this is not a readable Terraform state or plan: ${problem}`,
  help: ({ advice }) => advice,
  explanation: `Keywright reads state files of version 4 (Terraform 0.12 and later, OpenTofu) and the output of \`terraform show -json\` for
a state or a plan file. The format of plan files is not documented, and the log of \`terraform plan -json\` has no resources.`,
});

export const brokenJson = defineDiagnostic<{ problem: string }>({
  code: 'KW8051',
  severity: 'error',
  title: 'An incomplete state or plan',
  message: ({ problem }) => `the JSON cannot be read: ${problem}`,
  help: () =>
    'write the file again with `terraform state pull` or `terraform show -json`, and check that it is not cut off',
  explanation: `A file that is cut off may lack keys, and nothing in it shows which. So none of it is read.`,
});

export const unreadVersion = defineDiagnostic<{ what: string; version: string; advice: string }>({
  code: 'KW8052',
  severity: 'error',
  title: 'A state or plan of an unsupported version',
  message: ({ what, version }) => `${what} has version ${version}, which is not supported`,
  help: ({ advice }) => advice,
  explanation: `State files have had version 4 since Terraform 0.12, and the output of \`terraform show -json\` has had a
\`format_version\` that starts with 1 since Terraform 1.0. In another version, the same names may have another meaning. Source: Terraform,
"JSON output format".`,
});

export const encryptedState = defineDiagnostic<Record<never, never>>({
  code: 'KW8053',
  severity: 'error',
  title: 'An encrypted state',
  message: () => 'the state is encrypted',
  help: () => 'let OpenTofu decrypt it with `tofu state pull` or `tofu show -json`, and read the output',
  explanation: `OpenTofu can encrypt states and plan files. Keywright does not ask for the passphrase: OpenTofu has it, and can decrypt
both.`,
});

export const largeFile = defineDiagnostic<{ size: number; limit: number }>({
  code: 'KW8054',
  severity: 'error',
  title: 'A state that is too large',
  message: ({ size, limit }) => `the file has ${size} million characters; the limit is ${limit} million`,
  help: () =>
    'read only a part of it: `terraform show -json | jq "[.. | .resources? // empty | .[]]"` with a filter for the types aws_kms_*, aws_iam_* and aws_ssm_parameter',
  explanation: `A string in Node.js can have at most 537 million characters, and Terraform itself cannot handle such a large state
in reasonable time.`,
});

export const emptyState = defineDiagnostic<{ what: string }>({
  code: 'KW8055',
  severity: 'warning',
  title: 'A state without keys',
  message: ({ what }) => `there is nothing to read in ${what}: no key, alias, KMS grant or IAM policy`,
  help: () => 'check the workspace (`terraform workspace show`) and the backend that the state was pulled from',
  explanation: `The state of a workspace is empty before the first apply. A state pulled from the wrong backend may be empty too.`,
});

export const unreadableAttribute = defineDiagnostic<{ resource: string; problem: string; advice: string }>({
  code: 'KW8056',
  severity: 'error',
  title: 'A resource that cannot be read',
  message: ({ resource, problem }) => `${resource} cannot be read: ${problem}`,
  help: ({ advice }) => advice,
  explanation: `A resource is read completely or not at all. This one is left out of the result.`,
});

export const lonelyReplica = defineDiagnostic<{ resource: string }>({
  code: 'KW8057',
  severity: 'error',
  title: 'A replica without its primary key in the source',
  message: ({ resource }) => `the primary key of ${resource} is not in this state`,
  help: () => 'read the state that has the primary too, or leave the replica to Terraform',
  explanation: `In Keywright, a replica is written under its primary key, in the same stack, and has the spec, usage and rotation of that
key. If the primary key is elsewhere, Keywright cannot express the replica, so the replica is left out of the result.`,
});

export const unplacedPolicy = defineDiagnostic<{ resource: string; problem: string; advice: string }>({
  code: 'KW8058',
  severity: 'error',
  title: 'A key policy or KMS grant that cannot be matched to one key',
  message: ({ resource, problem }) => `${resource} ${problem}`,
  help: ({ advice }) => advice,
  explanation: `\`aws_kms_key_policy\` replaces the policy of a key, and is read as the policy of that key. The same Terraform state
has to contain the key. Each key can have only one such resource: with two, each would overwrite the other. If a policy or KMS grant names
its key by id, the region has to be known too, since all keys of a multi-Region set have the same id.`,
});

export const deposedKey = defineDiagnostic<{ resource: string }>({
  code: 'KW8059',
  severity: 'error',
  title: 'A deposed object',
  message: ({ resource }) => `Terraform deletes the deposed object of ${resource} at the next apply`,
  help: () =>
    'to keep the deposed object in AWS, run `terraform state rm` on the address and import the current object again before the next apply',
  explanation: `When a replacement fails halfway, Terraform keeps the old object under the same address, as deposed, to delete it later.
Deleting a key loses everything encrypted with it. The deposed object is left out of the result.

\`terraform state rm <address>\` keeps the deposed object in AWS, but forgets the current object at that address too. Bring the
current one back with an \`import\` block or \`terraform import\` before the next apply, which would otherwise create another key.`,
});

export const otherProvider = defineDiagnostic<{ resource: string; type: string }>({
  code: 'KW8060',
  severity: 'error',
  title: 'A key of another provider',
  message: ({ resource, type }) => `${resource} is not read: ${type} is not a resource of the AWS provider`,
  help: () => 'import this key from its account, or leave it to Terraform',
  explanation: `Keys are read from resources of the provider \`hashicorp/aws\`. Other providers name their attributes differently.`,
});

export const keptRole = defineDiagnostic<{ resource: string; what: string }>({
  code: 'KW8061',
  severity: 'warning',
  title: 'A principal that stays with Terraform',
  message: ({ resource, what }) => `${resource} stays with Terraform: it has ${what}, which Keywright does not write`,
  help: () => 'nothing to do: policies name the principal by its ARN',
  explanation: `Keywright writes roles, users and groups only for the use of keys, with a trust policy, a description and tags. A principal
with more than that is not taken over, since the rest would be lost. Policies name it by ARN, like any existing principal.`,
});

export const taintedKey = defineDiagnostic<{ resource: string }>({
  code: 'KW8062',
  severity: 'warning',
  title: 'A tainted resource',
  message: ({ resource }) => `${resource} is tainted: Terraform replaces it at the next apply`,
  help: () => 'to keep the resource, run `terraform untaint`',
  explanation: `Replacing a key deletes it and loses everything encrypted with it. The key is read as it is.`,
});

export const doubleOwner = defineDiagnostic<{ resource: string; other: string }>({
  code: 'KW8063',
  severity: 'error',
  title: 'A key at two addresses',
  message: ({ resource, other }) => `${resource} is the same key as ${other}`,
  help: () => 'decide which of them to keep, and make Terraform forget the other: `terraform state rm`',
  explanation: `If two resources in a state are the same key, each overwrites the changes of the other, and deleting one of them deletes
the key of both. The second resource is left out of the result.`,
});

export const plannedDeletion = defineDiagnostic<{ resource: string; isReplaced: boolean }>({
  code: 'KW8064',
  severity: 'error',
  title: 'A plan that deletes a key',
  message: ({ resource, isReplaced }) => `this plan ${isReplaced ? 'replaces' : 'deletes'} ${resource}`,
  help: () =>
    'read the state instead, which has the key as it is, and do not apply this plan before you know what the key encrypts',
  explanation: `A plan describes what exists after it is applied. A key that the plan deletes is already missing there, and a key that the
plan replaces is already the new key. Everything encrypted with the old key is lost once the old key's waiting period is over.`,
});

export const partialPlan = defineDiagnostic<{ isErrored: boolean }>({
  code: 'KW8065',
  severity: 'error',
  title: 'A plan of only some resources',
  message: ({ isErrored }) =>
    `this plan has only some of the resources: ${isErrored ? 'Terraform stopped at an error' : 'Terraform put off the others, as with `-target`'}`,
  help: () => 'make a plan of all resources, without `-target` and without errors, or read the state',
  explanation: `This plan lacks the resources that Terraform did not plan. If there are keys among them, the generated code lacks these
keys, and Terraform would delete them when the generated code replaces the present code.`,
});

export const plannedForgetting = defineDiagnostic<{ resource: string }>({
  code: 'KW8066',
  severity: 'warning',
  title: 'A plan that makes Terraform forget a key',
  message: ({ resource }) => `this plan makes Terraform forget ${resource}, so the key is not imported`,
  help: () => 'to import this key too, read the state instead, and do not apply this plan',
  explanation: `A plan describes what exists after it is applied. After a \`removed\` block with \`destroy = false\`, the key is
still in AWS, but Terraform no longer manages it.`,
});

export const brokenHcl = defineDiagnostic<{ problem: string }>({
  code: 'KW8070',
  severity: 'error',
  title: 'A Terraform file that cannot be read',
  message: ({ problem }) => `this Terraform file cannot be read: ${problem}`,
  help: () => 'check the file with `terraform validate`, or read the state instead',
  explanation: `Modules are read in both syntaxes, HCL and JSON (\`.tf.json\`), and override files are merged as Terraform merges them. If
one file cannot be read, values may be missing in the others, so nothing of the module is read.`,
});

export const assumedDefaults = defineDiagnostic<{ names: readonly string[] }>({
  code: 'KW8071',
  severity: 'warning',
  title: 'Variables with only their default values',
  message: ({ names }) => {
    const variables = names.map((name) => `var.${name}`).join(', ');
    return names.length === 1
      ? `the default of ${variables} is used: no terraform.tfvars sets it`
      : `the defaults of ${variables} are used: no terraform.tfvars sets them`;
  },
  help: ({ names }) =>
    `set ${names.length === 1 ? 'it' : 'them'} in terraform.tfvars or NAME.auto.tfvars beside the module, name the file with the values after \`--parameters\`, or read the state`,
  explanation: `The deployed value may differ from the default, since production usually overrides defaults. The import reads the files that
Terraform reads by itself: \`terraform.tfvars\`, \`*.auto.tfvars\` and the same names with \`.json\`. With \`--parameters\` it also reads a
file that Terraform gets with \`-var-file\`. Environment variables (\`TF_VAR_…\`) are not read.`,
});

export const missingModule = defineDiagnostic<{ name: string; problem: string; advice: string }>({
  code: 'KW8072',
  severity: 'error',
  title: 'A module that is not available',
  message: ({ name, problem }) => `${name} is not read: ${problem}`,
  help: ({ advice }) => advice,
  explanation: `Only the files of a module say which keys it creates. A module in a local folder is read from that folder. A module from a
registry or repository is read from \`.terraform/modules\`, where \`terraform init\` or \`terraform get\` puts it. \`terraform get\` needs
no backend and no provider. The installed modules have to match the configuration: after changing \`source\` or \`version\`, run
\`terraform init\` again. A state or plan contains what every module created.`,
});

export const unknownCount = defineDiagnostic<{ resource: string; reason: string; advice: string }>({
  code: 'KW8073',
  severity: 'error',
  title: 'An unknown number of instances of a resource',
  message: ({ resource, reason }) => `the number of instances of ${resource} is unknown: ${reason}`,
  help: ({ advice }) => advice,
  explanation: `\`count\` and \`for_each\` are evaluated if their values are known: literals, variables, locals and functions of these.
Otherwise the resource is left out of the result. If the resource is a role or a parameter, it is left out without this error.`,
});

export const unknownAccount = defineDiagnostic<{
  resource: string;
  what: 'account' | 'region';
  reason: string;
  advice: string;
}>({
  code: 'KW8074',
  severity: 'error',
  title: 'A resource in an unknown account or region',
  message: ({ resource, what, reason }) => `the ${what} of ${resource} is not known: ${reason}`,
  help: ({ advice }) => advice,
  explanation: `A provider with \`assume_role\`, a \`profile\` or its own credentials may use a different account from the default
provider. Its account is known if it names a role by ARN, or a single id in \`allowed_account_ids\`. The region of a provider other than
the default one has to be known too. Otherwise \`\${account}\` or \`\${region}\` would mean the wrong account or region, so the resource
is left out. Providers within child modules count as well.`,
});

export const unknownPolicy = defineDiagnostic<{ resource: string; reason: string; file: string }>({
  code: 'KW8075',
  severity: 'error',
  title: 'A key policy that a plan does not contain',
  message: ({ resource, reason }) => `the policy of ${resource} is not known: ${reason}`,
  help: ({ file }) =>
    `write the policy into ${file}, which the YAML refers to. If the Terraform configuration sets no policy, delete the line with ${file} from the YAML instead: the key then gets KMS's default policy. Or import the state after \`terraform apply\``,
  explanation: `Some policies are known only after apply: those that name something still to be created, and those that KMS sets because
the configuration has none. In a plan without \`configuration\` the two look alike. A plan has no expressions, only the addresses that
each expression refers to. They are enough for a policy document that names keys, roles and users by their ARNs (KW8079), but not for
\`jsonencode\`, \`dynamic\` blocks or conditions. The folder of the module has the expressions themselves, so importing the folder may give
the policy. The rest of the key is imported. Its \`policy\` names a file that does not exist, so that nothing is built with the wrong
policy.`,
});

export const plannedPolicy = defineDiagnostic<{ resource: string; attribute: string; document: string }>({
  code: 'KW8079',
  severity: 'warning',
  title: 'A policy read from the policy document that it refers to',
  message: ({ resource, attribute, document }) =>
    `${attribute} of ${resource} is known only after apply, so it is read from ${document}, which its expression refers to`,
  help: () => 'compare the policy with the Terraform configuration, or import the state after `terraform apply`',
  explanation: `A plan has no expressions, only the addresses that each expression refers to. A policy that refers to one policy document
and nothing else is read as that document. A value in the document that is known only after apply is read as the ARN of the key, role or
user that its expression refers to. In a plan, an expression that changes the document, such as
\`replace(data.aws_iam_policy_document.key.json, "a", "b")\`, looks the same as one that does not.`,
});

export const takenAsUnset = defineDiagnostic<{ resource: string; properties: readonly string[] }>({
  code: 'KW8076',
  severity: 'warning',
  title: 'Properties that a plan does not know',
  message: ({ resource, properties }) =>
    `${properties.join(' and ')} of ${resource} ${properties.length === 1 ? 'is' : 'are'} known only after apply, and treated as not set`,
  help: () => 'compare the key with its Terraform configuration, or read the whole output of `terraform show -json`',
  explanation: `A plan shows a property as known after apply if the configuration does not set it. AWS then decides: the key is not
multi-Region, its rotation period is 365 days, and it has no description. The section \`configuration\` of a plan says which properties
are set, but this plan has no such section.`,
});

export const plannedAddress = defineDiagnostic<{ addresses: readonly string[] }>({
  code: 'KW8081',
  severity: 'warning',
  title: 'An address of a resource that does not exist yet',
  message: ({ addresses: [first = '', ...others] }) => {
    if (others.length === 0)
      return `the plan creates ${first}, but in the generated module the key has another address`;
    const more = others.length === 1 ? 'another key' : `${others.length} other keys`;
    return `the plan creates ${first} and ${more} in modules or with indexes, but in the generated module they have other addresses`;
  },
  help: () =>
    'apply this plan first and import the state afterwards: the import then writes an entry of `moved`, which tells Terraform the new address. Or do not apply this plan, and let the generated module create the key',
  explanation: `Addresses such as \`module.kms.aws_kms_key.this[0]\` are impossible in a generated module. For existing resources, entries
of \`moved\` tell Terraform their new addresses. A resource that the plan has yet to create is in no state, so it gets no entry. If you
apply both the plan and the generated module, Terraform treats the key in the generated module as another key. It would create that key and
delete the existing one, unless \`prevent_destroy\` stops it.`,
});

export const pendingBlock = defineDiagnostic<{ kind: string; address: string }>({
  code: 'KW8077',
  severity: 'warning',
  title: 'A pending `moved`, `removed` or `import` block',
  message: ({ kind, address }) =>
    `the \`${kind}\` block for ${address} is not imported: it takes effect at the next apply of this module`,
  help: () => 'apply this module before you replace it with the generated module',
  explanation: `\`moved\`, \`removed\` and \`import\` tell Terraform what becomes of an object in its state or in the account. While such
a block is pending, the addresses in the state differ from those in the module. A module without the block would create a key that exists
already, or delete a key that was to be kept. For resources that are read, a \`moved\` block becomes an entry under \`moved\` in
keywright.yaml, and the id in an \`import\` block becomes the id of the key, so neither is reported.`,
});

const effects = {
  runs: 'the generated code does not run it',
  ignores: 'the next apply sets the arguments that it names to their values in the YAML',
  orders: 'the generated code may create the resources in another order',
  guides: 'the generated code does not have it',
} as const;

export const onlyTerraform = defineDiagnostic<{ part: string; resource: string; effect: keyof typeof effects }>({
  code: 'KW8078',
  severity: 'warning',
  title: 'A Terraform setting that is not imported',
  message: ({ part, resource, effect }) => `\`${part}\` of ${resource} is not imported: ${effects[effect]}`,
  help: () => 'before you deploy the generated code, make sure that nothing relies on it',
  explanation: `These parts tell Terraform how to work and do not describe the resource: \`provisioner\`, \`timeouts\`, \`lifecycle\` apart
from \`prevent_destroy\`, and \`depends_on\` with an address that is not read. If \`ignore_changes\` names a property, the deployed value
may differ from the value in the module: compare them with \`keywright diff account\`. A module shows all of these, a plan only
\`provisioner\` and \`depends_on\`, and a state none of them.`,
});

export const outputLeftOut = defineDiagnostic<{ name: string; reason: string }>({
  code: 'KW8080',
  severity: 'warning',
  title: 'An output of a root module that is left out',
  message: ({ name, reason }) => `the output ${name} is left out: ${reason}`,
  help: () =>
    'if something reads this output from the state, add it to `outputs` of the stack, with a value such as `${keys.orders.arn}`',
  explanation: `An output becomes part of the YAML if its value is text with the ARN or id of a key. A plan does not know the ARN or id of
a key that is still to be created; the state after \`terraform apply\` has both, and reading the folder of the module needs neither.
Outputs that are not about keys are listed, and stay where they are.`,
});

export const policyStays = defineDiagnostic<{ resource: string; reason: string }>({
  code: 'KW8082',
  severity: 'warning',
  title: 'An identity policy that stays with Terraform',
  message: ({ resource, reason }) => `${resource} may allow or deny the use of KMS and stays with Terraform: ${reason}`,
  help: () =>
    'keep the policy in Terraform, or import the state after `terraform apply`. The imported project does not show the access that this policy allows or denies',
  explanation: `An inline policy of a role, user or group is read as a whole or not at all. If it names something that is not known, such
as the ARN of a bucket still to be created, it stays with Terraform. So does its role, unless something else refers to the role. A policy
that has nothing to do with KMS stays too, without this warning.`,
});

export const grantByArn = defineDiagnostic<{ resource: string; key: string }>({
  code: 'KW8083',
  severity: 'warning',
  title: 'A KMS grant that Terraform would create again',
  message: ({ resource, key }) =>
    `${resource} names ${key} by its ARN, but the generated module names the key by its id, so Terraform would revoke the KMS grant and create another`,
  help: () =>
    'run `keywright adopt`, which writes steps that import the KMS grant by its id. Or apply the generated module at a time when nobody needs the KMS grant',
  explanation: `Terraform replaces an \`aws_kms_grant\` if its \`key_id\` changes, even from the ARN of a key to the id of the same key. Whoever has
the KMS grant cannot use the key in between, and the new KMS grant has another id. Measured with the AWS provider 5.100. The steps of
\`keywright adopt\` make Terraform forget the KMS grant at its old address and import it at the new one.`,
});
