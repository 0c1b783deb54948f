/** A part of the language. Each part is a section of the page. */
export interface LanguagePart {
  /** The id in the schema. */
  readonly id: string;
  readonly heading: string;
  /** Where in a file a value of this part can be. */
  readonly at: string;
  /** How examples are shown: under a YAML key, as a list, or under names. Absent if the part has no examples. */
  readonly show?: ShownExamples;
}

export interface ShownExamples {
  readonly key: string;
  readonly list?: true;
  /** A name for each example. */
  readonly names?: readonly string[];
}

/** The parts in the order of the page. */
export const languageParts: readonly LanguagePart[] = [
  { id: 'Inclusion', heading: 'Included files', at: '`include`' },
  { id: 'Settings', heading: 'Settings', at: '`settings`', show: { key: 'settings' } },
  { id: 'Rules', heading: 'Rules', at: '`rules`', show: { key: 'rules' } },
  {
    id: 'Requirement',
    heading: 'Requirements',
    at: '`requirements.<name>`',
    show: { key: 'requirements', names: ['production-keys'] },
  },
  { id: 'RequiredOf', heading: 'Which keys a requirement is about', at: '`of` of a requirement', show: { key: 'of' } },
  { id: 'Exception', heading: 'Exceptions', at: '`except` of a requirement', show: { key: 'except', list: true } },
  {
    id: 'Environment',
    heading: 'Environments',
    at: '`environments.<name>`',
    show: { key: 'environments', names: ['prod', 'data'] },
  },
  {
    id: 'Account',
    heading: 'Accounts',
    at: '`accounts.<name>`',
    show: { key: 'accounts', names: ['payments-prod', 'audit'] },
  },
  {
    id: 'Group',
    heading: 'Groups of environments',
    at: '`groups.<name>`',
    show: { key: 'groups', names: ['critical', 'europe', 'america'] },
  },
  {
    id: 'MovedPlace',
    heading: 'Environments and accounts with other names',
    at: '`moved`',
    show: { key: 'moved', list: true },
  },
  {
    id: 'RemovedPlace',
    heading: 'Places and stacks that are gone',
    at: '`removed`',
    show: { key: 'removed', list: true },
  },
  {
    id: 'NamedPrincipal',
    heading: 'Named principals',
    at: '`principals.<name>`',
    show: { key: 'principals', names: ['keyAdmins', 'partner', 'checkoutApi', 'operators'] },
  },
  {
    id: 'InlinePrincipal',
    heading: 'Principals in place',
    at: 'wherever a principal is named',
    show: { key: 'to', list: true },
  },
  {
    id: 'PrincipalReference',
    heading: 'References to principals',
    at: 'wherever a principal is named',
    show: { key: 'to', list: true },
  },
  {
    id: 'PrincipalOfDeployment',
    heading: 'Principals of one environment',
    at: 'wherever a principal is named, and under `principals.<name>`',
    show: { key: 'to', list: true },
  },
  {
    id: 'CreatedPrincipal',
    heading: 'Principals that a stack creates',
    at: '`stacks.<name>.principals.<name>`',
    show: { key: 'principals', names: ['ordersApi', 'deployment', 'batch', 'auditors'] },
  },
  { id: 'Standard', heading: 'Standards', at: '`standards.<name>`', show: { key: 'standards', names: ['pii'] } },
  {
    id: 'StandardDifference',
    heading: 'What a standard has in some environments',
    at: '`in.<environments>` of a standard',
    show: { key: 'prod-*' },
  },
  { id: 'KeySet', heading: 'Key sets', at: '`keySets.<name>`', show: { key: 'keySets', names: ['baseline', 'all'] } },
  { id: 'Stack', heading: 'Stacks', at: '`stacks.<name>`', show: { key: 'stacks', names: ['security'] } },
  {
    id: 'StackDifference',
    heading: 'What a stack has in some environments',
    at: '`in.<environments>` of a stack',
    show: { key: 'prod-*' },
  },
  {
    id: 'Moved',
    heading: 'Keys that moved',
    at: '`stacks.<name>.moved`',
    show: { key: 'moved', list: true },
  },
  {
    id: 'Removed',
    heading: 'What is gone',
    at: '`stacks.<name>.removed`',
    show: { key: 'removed', list: true },
  },
  {
    id: 'Key',
    heading: 'Keys',
    at: '`stacks.<name>.keys.<name>`',
    show: { key: 'keys', names: ['orders', 'receipts'] },
  },
  {
    id: 'KeyDifference',
    heading: 'What a key has in some environments',
    at: '`in.<environments>` of a key',
    show: { key: 'prod-*' },
  },
  {
    id: 'Alias',
    heading: 'Aliases',
    at: '`aliases` of a key, a replica or an import',
    show: { key: 'aliases', list: true },
  },
  { id: 'Rotation', heading: 'Rotation', at: '`rotation` of a key or a standard', show: { key: 'rotation' } },
  { id: 'Replica', heading: 'Replicas', at: '`replicas` of a key', show: { key: 'replicas', list: true } },
  {
    id: 'ReplicaDifference',
    heading: 'What a replica has in some environments',
    at: '`in.<environments>` of a replica',
    show: { key: 'prod-us' },
  },
  {
    id: 'Grant',
    heading: 'Grants',
    at: '`grants` of a key, a replica, a standard or an import',
    show: { key: 'grants', list: true },
  },
  {
    id: 'KmsGrant',
    heading: 'KMS grants',
    at: '`kmsGrants.<name>` of a key',
    show: { key: 'kmsGrants', names: ['workers'] },
  },
  { id: 'Policy', heading: 'Key policies', at: '`policy` of a key, a replica or a standard', show: { key: 'policy' } },
  {
    id: 'Statement',
    heading: 'Statements',
    at: '`statements`, or in a `policy`',
    show: { key: 'statements', list: true },
  },
  {
    id: 'IdentityPolicy',
    heading: 'Identity policies',
    at: '`stacks.<name>.identityPolicies.<name>`',
    show: { key: 'identityPolicies', names: ['orders'] },
  },
  {
    id: 'IdentityStatement',
    heading: 'Statements of identity policies',
    at: '`statements` of an identity policy',
    show: { key: 'statements', list: true },
  },
  {
    id: 'Conditions',
    heading: 'Conditions',
    at: '`conditions` of a statement, and `when` of a grant or a role',
    show: { key: 'when' },
  },
  {
    id: 'Service',
    heading: 'Services',
    at: '`services` of a key, a replica or a standard',
    show: { key: 'services', list: true },
  },
  {
    id: 'Import',
    heading: 'Imports',
    at: '`stacks.<name>.imports.<name>`',
    show: { key: 'imports', names: ['s3', 'legacy', 'partner', 'shared', 'platform', 'platformUs'] },
  },
  {
    id: 'Output',
    heading: 'Outputs',
    at: '`stacks.<name>.outputs.<name>`',
    show: { key: 'outputs', names: ['ordersKeyArn', 'ordersKey'] },
  },
  {
    id: 'Suppression',
    heading: 'Suppressions',
    at: '`suppress` of a key, a replica, a standard or an import',
    show: { key: 'suppress', list: true },
  },
  {
    id: 'PinnedNames',
    heading: 'Pinned names',
    at: '`names` of a key, a replica, an alias, a KMS grant or a principal that a stack creates',
    show: { key: 'names' },
  },
  {
    id: 'TargetName',
    heading: 'Targets',
    at: '`targets` of a stack, and as a key in `names`',
    show: { key: 'targets', list: true },
  },
];
