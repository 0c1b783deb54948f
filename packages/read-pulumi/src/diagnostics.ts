/** KW809x and KW810x: exports of Pulumi stacks. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const notAnExport = defineDiagnostic<{ reason: string }>({
  code: 'KW8090',
  severity: 'error',
  title: 'A file that is not a Pulumi export',
  message: ({ reason }) => `this is not an export of a Pulumi stack: ${reason}`,
  help: () =>
    'write an export with `pulumi stack export --file export.json`; if you only have a program, deploy the stack first',
  explanation: `An export is the JSON that \`pulumi stack export\` and the Automation API write: \`version\` and \`deployment\`, with a list
of \`resources\`. The checkpoint file of a backend that stores stacks as files can be read too. A program cannot be read: loops,
configuration and other packages decide what it deploys.`,
});

export const exportVersion = defineDiagnostic<{ version: string }>({
  code: 'KW8091',
  severity: 'error',
  title: 'An export of an unsupported version',
  message: ({ version }) => `this export has version ${version}; Keywright reads versions 3 and 4`,
  help: () => 'export the stack again with a current Pulumi: `pulumi stack export --file export.json`',
  explanation: `Pulumi 1 and earlier wrote versions 1 and 2. A current Pulumi reads them from the backend and exports version 3, or 4 if a
stack uses newer features.`,
});

export const malformedEntry = defineDiagnostic<{ problem: string }>({
  code: 'KW8092',
  severity: 'error',
  title: 'An entry of an export that is not a resource',
  message: ({ problem }) => `this entry of the export is not a resource: ${problem}`,
  help: () => 'export the stack again; do not edit exports by hand',
  explanation: `Every resource in an export has a URN, \`urn:pulumi:<stack>::<project>::<types>::<name>\`, and a type. Without them the
entry could be anything, even a key.`,
});

export const unreadableProperty = defineDiagnostic<{ resource: string; property: string; problem: string }>({
  code: 'KW8093',
  severity: 'error',
  title: 'A property of an export that cannot be read',
  message: ({ resource, property, problem }) => `\`${property}\` of ${resource} cannot be read: ${problem}`,
  help: () => 'run `pulumi refresh`, then export the stack again',
  explanation: `The value is missing or does not match the provider's schema. The resource is left out: a key with a guessed property would
be a different key.`,
});

export const unsupportedProperty = defineDiagnostic<{ resource: string; property: string; why: string }>({
  code: 'KW8094',
  severity: 'error',
  title: 'A property that Keywright cannot express',
  message: ({ resource, property, why }) => `${resource} has \`${property}\`, which Keywright cannot express: ${why}`,
  help: () => 'leave this resource to the Pulumi program, or remove the property first',
  explanation: `Without the property, the generated key would differ from the deployed one, and the provider would change or replace the
key. So the resource is left out.`,
});

export const primaryElsewhere = defineDiagnostic<{ resource: string; primary: string }>({
  code: 'KW8095',
  severity: 'error',
  title: 'A replica without its primary key',
  message: ({ resource, primary }) => `${resource} is a replica of ${primary}, which is not read from this export`,
  help: () => 'read the export of the stack that has the primary key, and move the replica to that stack',
  explanation: `In Keywright, a replica is written under its primary key, in the same stack. If the primary key is in another stack, or
could not be read, the replica is left out.`,
});

export const policyWithoutKey = defineDiagnostic<{ resource: string; problem: string }>({
  code: 'KW8096',
  severity: 'error',
  title: 'A key policy that cannot be attached to its key',
  message: ({ resource, problem }) => `${resource} cannot be attached to its key: ${problem}`,
  help: () => 'read the export that has both the policy and its key, and keep only one `KeyPolicy` for each key',
  explanation: `\`aws.kms.KeyPolicy\` sets the whole policy of a key, so it is read as the policy of that key. The key has to be in the same
export, and no second policy may overwrite the first.`,
});

export const unreadType = defineDiagnostic<{ resource: string; type: string }>({
  code: 'KW8097',
  severity: 'error',
  title: 'A key of a type that is not read',
  message: ({ resource, type }) => `${resource} is left out: Keywright does not read ${type}`,
  help: () => 'read the key from the account instead, or move it to the AWS Classic provider (`@pulumi/aws`) first',
  explanation: `Keywright reads these types of \`@pulumi/aws\`: \`Key\`, \`ExternalKey\`, \`ReplicaKey\`, \`ReplicaExternalKey\`,
\`Alias\`, \`Grant\` and \`KeyPolicy\`; and these of \`@pulumi/aws-native\`: \`Key\`, \`ReplicaKey\` and \`Alias\`. Other providers have
properties of their own.`,
});

export const unfinished = defineDiagnostic<{ resource: string; state: string; advice: string }>({
  code: 'KW8098',
  severity: 'error',
  title: 'An unfinished update',
  message: ({ resource, state }) => `${resource} is ${state}`,
  help: ({ advice }) => advice,
  explanation: `After an interrupted update, Pulumi does not know whether some operations happened, and some replaced resources still have
to be deleted. The resource is left out, because what the export says about it may be wrong.`,
});

export const nothingToRead = defineDiagnostic<{ resources: number }>({
  code: 'KW8099',
  severity: 'warning',
  title: 'An export without keys',
  message: ({ resources }) =>
    resources === 0
      ? 'this export has no resources'
      : `this export has ${resources === 1 ? '1 resource' : `${resources} resources`}, but no key, alias, KMS grant or IAM principal that Keywright reads`,
  help: () => 'check that it is the export of the right stack: `pulumi stack ls`',
  explanation: 'A stack that was never deployed, or was destroyed, exports no resources.',
});

export const foldedPolicy = defineDiagnostic<{ resource: string; key: string; urn: string }>({
  code: 'KW8100',
  severity: 'warning',
  title: 'A Pulumi `KeyPolicy` that becomes part of its key',
  message: ({ resource, key }) =>
    `${resource} becomes part of ${key}: if Pulumi deletes ${resource}, the key gets the default policy`,
  help: ({ urn }) =>
    `before you run an update without the \`KeyPolicy\`, remove it from Pulumi's state: \`pulumi state delete '${urn}'\`, with \`--force\` if it is protected`,
  explanation: `When Pulumi deletes an \`aws.kms.KeyPolicy\`, the key gets the default policy of KMS. Principals that could use the key
only through its own policy lose access, and principals with access through IAM policies of the account gain it. The YAML has the policy
on the key itself.`,
});

export const inComponent = defineDiagnostic<{ resource: string; parentType: string }>({
  code: 'KW8101',
  severity: 'warning',
  title: 'A Pulumi resource within another resource',
  message: ({ resource, parentType }) =>
    `${resource} is a child of \`${parentType}\` but has no parent in the generated program, so Pulumi would treat it as a new resource`,
  help: () =>
    'in the present program, move the resource out of its parent, with the options `{ aliases: [{ parent }] }` and no `parent`. Then run `pulumi up`, and export the stack again',
  explanation: `Pulumi identifies a resource by its URN, which contains the types of the resource's parents. If the parents are gone, the
URN is another one. Pulumi then creates another key and deletes the existing key, unless that key is protected.`,
});

export const optionStays = defineDiagnostic<{ resource: string; option: string }>({
  code: 'KW8102',
  severity: 'warning',
  title: 'An option that only Pulumi follows',
  message: ({ resource, option }) => `the option \`${option}\` of ${resource} is not imported`,
  help: () => 'before you deploy the generated program, make sure that nothing relies on this option',
  explanation: `\`ignoreChanges\`, \`replaceOnChanges\`, \`deletedWith\`, \`customTimeouts\` and \`resourceHooks\` tell Pulumi how to work.
The generated program has none of them. If \`ignoreChanges\` names a property, the next update sets that property to its value in the YAML.
\`protect\` and \`retainOnDelete\` become \`removal: retain\`. An export does not record \`deleteBeforeReplace\` or transformations.`,
});

export const outputLeftOut = defineDiagnostic<{ name: string }>({
  code: 'KW8103',
  severity: 'warning',
  title: 'An output of a Pulumi stack that is left out',
  message: ({ name }) =>
    `the output ${name} is left out: it is about keys, but \`outputs\` cannot express its value or its name`,
  help: () =>
    'if another stack reads this output, add it to `outputs` of the stack, with a value such as `${keys.orders.arn}`',
  explanation: `An output becomes part of the YAML if its value is the id of a key, the name of an alias, or text with the ARN of a key or
alias. Lists and mappings are left out.`,
});

export const severalPlaces = defineDiagnostic<{ stack: string; stacks: readonly string[] }>({
  code: 'KW8104',
  severity: 'warning',
  title: 'A Pulumi stack in several accounts or regions',
  message: ({ stack, stacks }) =>
    `the Pulumi stack \`${stack}\` has keys in several accounts or regions, and becomes ${stacks.length} stacks: ${stacks.join(', ')}`,
  help: () =>
    'hand the keys over with `keywright adopt --from EXPORT --to pulumi`. Every key gets a new URN, so without the hand-over Pulumi would create new keys',
  explanation: `In Keywright, a stack is in one account and region, and a URN contains the name of the stack. So no URN can stay the same,
and the YAML pins no Pulumi name. Names in one Pulumi stack are unique, but keys in different stacks can share a name. Keys get the same
name if their present names differ only in an account, a region, a counter, or words from the name or profile of their provider:
\`orders-shop-us-east-1\` becomes \`orders\`. If each environment has a provider of its own, the environments are named after these
providers.`,
});

export const ofOtherProvider = defineDiagnostic<{ resource: string }>({
  code: 'KW8105',
  severity: 'warning',
  title: 'A resource of `aws-native`',
  message: ({ resource }) =>
    `${resource} has a type from \`@pulumi/aws-native\`, but a type from \`@pulumi/aws\` in the generated program, so Pulumi would treat it as a new resource`,
  help: () =>
    'run `keywright adopt --from EXPORT --to pulumi`, and follow the steps that it writes: Pulumi imports the resource under its new type, and then forgets it under its old type',
  explanation: `Pulumi identifies a resource by its URN, which contains the type of the resource. If a program gives the resource another
type, Pulumi creates another key and deletes the existing key, unless that key is protected. \`keywright adopt\` hands the key over without
creating or deleting a key.`,
});

export const grantByArn = defineDiagnostic<{ resource: string; key: string }>({
  code: 'KW8106',
  severity: 'warning',
  title: 'A KMS grant that Pulumi would create again',
  message: ({ resource, key }) =>
    `${resource} names ${key} by its ARN, but the generated program names the key by its id, so Pulumi would create another KMS grant and revoke this one`,
  help: () =>
    'run `keywright adopt`, which writes steps that import the KMS grant by its id. Or deploy the generated program at a time when nobody needs the KMS grant',
  explanation: `Pulumi replaces an \`aws.kms.Grant\` if its \`keyId\` changes, even from the ARN of a key to the id of the same key. The new
KMS grant has another id. The steps of \`keywright adopt\` make Pulumi forget the KMS grant and import it by its id.`,
});
