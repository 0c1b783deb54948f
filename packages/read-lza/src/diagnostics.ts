/** KW812x: configurations of the Landing Zone Accelerator. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { orInGeneral } from '@keywright/core/diagnostics/in-general';

export const noKeySets = defineDiagnostic<Record<never, never>>({
  code: 'KW8120',
  severity: 'error',
  title: 'A configuration without key sets',
  message: () => 'no file has `keyManagementService.keySets`',
  help: () => 'give the `security-config.yaml` of the configuration, with its other files beside it',
  explanation: `The Landing Zone Accelerator defines keys in \`security-config.yaml\`, under \`keyManagementService.keySets\`. The
keys that the accelerator creates for itself are in no file, and stay with it.`,
});

export const badSetting = defineDiagnostic<{ setting: string; problem: string }>({
  code: 'KW8121',
  severity: 'error',
  title: 'A setting of the accelerator that cannot be read',
  message: ({ setting, problem }) => `\`${setting}\` cannot be read: ${problem}`,
  help: () => 'correct the setting in the configuration: the accelerator refuses it too',
  explanation: `Omitting or guessing the setting would give a different key, or a key somewhere else. So the key set is left out.`,
});

export const missingPolicyFile = defineDiagnostic<{ keySet: string; path: string }>({
  code: 'KW8122',
  severity: 'error',
  title: 'A missing policy file',
  message: ({ keySet, path }) => `the policy of the key set \`${keySet}\` is in ${path}, which does not exist`,
  help: () => 'give the whole folder of the configuration',
  explanation: 'The path of a policy file is relative to the folder of `security-config.yaml`.',
});

export const placesUnknown = defineDiagnostic<{ missing: string }>({
  code: 'KW8123',
  severity: 'warning',
  title: 'Key sets with unknown accounts and regions',
  message: ({ missing }) => `the accounts and regions of the key sets are unknown: ${missing}`,
  help: () => 'pass accounts-config.yaml with `accountIds` and global-config.yaml, or write the environments yourself',
  explanation: `\`deploymentTargets\` names organizational units and accounts. \`accounts-config.yaml\` lists the accounts of each unit,
and \`global-config.yaml\` the regions. Account ids are in AWS Organizations unless \`accountIds\` lists them. If an account or region is
unknown, it is left open, and the stacks can be deployed to any.`,
});

export const deployedNowhere = defineDiagnostic<{ keySet: string }>({
  code: 'KW8124',
  severity: 'warning',
  title: 'A key set that is not deployed anywhere',
  message: ({ keySet }) => `the key set \`${keySet}\` is not deployed anywhere, and is left out`,
  help: () => 'check its `deploymentTargets`',
  explanation: `No account of the configuration is in \`deploymentTargets\`, by itself or through its unit, or \`excludedRegions\` excludes
every region. A unit does not include the units below it, and keys are not deployed to units with \`ignore: true\`.`,
});

export const unknownTarget = defineDiagnostic<{ keySet: string; what: string; stranger: string; file: string }>({
  code: 'KW8125',
  severity: 'error',
  title: 'An account or unit that the configuration does not have',
  message: ({ keySet, what, stranger, file }) =>
    `the key set \`${keySet}\` names the ${what} \`${stranger}\`, which ${file} does not have`,
  help: ({ what }) => `correct the name, or add the ${orInGeneral(what, 'account or unit')}`,
  explanation: `Accounts are named under \`mandatoryAccounts\` and \`workloadAccounts\`, units under \`organizationalUnits\` with
their full path: \`Workloads/Prod\`. The accelerator refuses any other name too. The key set is left out.`,
});

export const unreadInclude = defineDiagnostic<{ path: string; problem: string }>({
  code: 'KW8126',
  severity: 'error',
  title: 'A file that cannot be included',
  message: ({ path, problem }) => `\`!include ${path}\` cannot be read: ${problem}`,
  help: () => 'give the whole folder of the configuration, and correct the path',
  explanation: `The path after \`!include\` is relative to the folder of \`security-config.yaml\`. The contents of the file take the place of
the tag.`,
});

export const prefixTag = defineDiagnostic<{ tag: string }>({
  code: 'KW8127',
  severity: 'warning',
  title: 'A tag of the accelerator without its value in the files',
  message: ({ tag }) =>
    `the tag \`${tag}\` on the keys is left out: its value is the accelerator’s prefix, which is not in the files`,
  help: ({ tag }) =>
    `to keep the tag, add \`tags: { ${tag}: AWSAccelerator }\` to the stacks, with your prefix if it is not AWSAccelerator; otherwise the keys lose it`,
  explanation: `The Landing Zone Accelerator tags every resource with the prefix that was chosen when it was installed, and with the
\`tags\` of \`global-config.yaml\`. Policies can depend on tags. If \`tags\` of \`global-config.yaml\` has a tag of this name, the keys
have the value from there, and nothing is reported.`,
});
