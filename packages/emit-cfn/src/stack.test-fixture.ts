import { concat, type Expression, literal } from '@keywright/core/ir/expression';
import type { PolicyDocument, Statement } from '@keywright/core/ir/policy';
import type { Key, Resource, Stack, Tag } from '@keywright/core/ir/program';
import { key as anyKey, reference, provenance as source, span } from '@keywright/core/testing/target-stacks';

export const arnOf = (resource: string): Expression => reference(resource, 'arn');
export const idOf = (resource: string): Expression => reference(resource, 'id');
export const nameOf = (resource: string): Expression => reference(resource, 'name');

export function pseudo(name: 'account' | 'region' | 'partition' | 'dnsSuffix'): Expression {
  return { kind: 'pseudo', name };
}

export function crossStack(stack: string, exported: string): Expression {
  return { kind: 'crossStack', stack, export: exported };
}

export const accountRoot = concat(
  literal('arn:'),
  pseudo('partition'),
  literal(':iam::'),
  pseudo('account'),
  literal(':root'),
);

export function statement(part: Partial<Statement>): Statement {
  return { effect: 'Allow', conditions: [], source: source(1), ...part };
}

const rootStatement = statement({
  principals: [{ kind: 'aws', arn: accountRoot }],
  actions: ['kms:*'],
  resources: [literal('*')],
});

export function keyPolicy(...statements: readonly Statement[]): PolicyDocument {
  return { statements: [rootStatement, ...statements] };
}

const common = { names: {}, dependsOn: [], source: source(1) } as const;

export function key(name: string, part: Partial<Key> = {}): Key {
  return anyKey(name, { policy: keyPolicy(), source: source(1), ...part });
}

export function alias(name: string, target: Expression, part: { readonly region?: string } = {}): Resource {
  return {
    ...common,
    kind: 'alias',
    id: `alias/${part.region ?? ''}${name}`,
    aliasName: `alias/${name}`,
    keyName: 'orders',
    target,
    source: source(16),
    ...part,
  };
}

export function stack(part: Partial<Stack>): Stack {
  return {
    name: 'security',
    app: 'payments',
    environment: { name: 'prod-eu', account: '111122223333', region: 'eu-west-1', partition: 'aws' },
    replicaEnvironments: [],
    targets: ['cfn'],
    resources: [],
    outputs: [],
    exports: [],
    imports: [],
    dependsOn: [],
    span: span(3),
    ...part,
  };
}

/** Texts that templates, YAML or CloudFormation could mistake for something else, grouped by what they could be mistaken for. */
export const nastyTexts: readonly string[] = [
  '${AWS::Region}',
  '${aws:username}',
  '$${x}',
  '${',
  '${!x}',
  '$',
  '%{x}',
  '{{x}}',
  '"',
  "'",
  '\\',
  '\n',
  'a\r\nb',
  '\t',
  '`',
  '*/',
  '\u2028\u2029\u0085',
  '\u202eevil',
  '\ufeff',
  '\u0007\u007f',
  '🔑 ключ 鍵',
  '👩‍💻',
  ' leading',
  'trailing ',
  '',
  ...['yes', 'No', 'ON', 'off', 'y', 'N', 'true', 'NULL', '~', '=', '<<', '-', '?', ':'],
  ...['0123', '0o17', '1e3', '1_000', '0x1f', '12:30:45', '2026-01-01', '.inf', '.NaN', '-1', '+1', '0b1'],
  ...[
    'a: b',
    'a:',
    '- a',
    '? a',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '@a',
    '%a',
    '[a]',
    '{a}',
    ', a',
    '---',
    '...',
  ],
  '__proto__',
  'constructor',
];

const nastyTags: readonly Tag[] = nastyTexts.map((text, index) => ({
  name: `t${String(index).padStart(2, '0')}`,
  value: literal(text),
}));

const accountsTenant = statement({
  sid: 'Tenants',
  principals: [
    { kind: 'aws', arn: arnOf('role/ordersApi') },
    { kind: 'aws', arn: literal('arn:aws:iam::999999999999:root') },
  ],
  actions: ['kms:Decrypt', 'kms:DescribeKey'],
  resources: [literal('*')],
  conditions: [
    {
      operator: 'StringEquals',
      key: 'kms:EncryptionContext:tenant',
      values: [literal('a'), literal('${aws:username}')],
    },
    {
      operator: 'StringEquals',
      key: 'kms:ViaService',
      values: [concat(literal('s3.'), pseudo('region'), literal('.'), pseudo('dnsSuffix'))],
    },
  ],
});

const logs = statement({
  principals: [
    { kind: 'service', host: concat(literal('logs.'), pseudo('region'), literal('.'), pseudo('dnsSuffix')) },
  ],
  actions: ['kms:Encrypt*', 'kms:Decrypt*'],
  resources: [literal('*')],
  source: source(20, 'service logs'),
});

const everyone = statement({
  effect: 'Deny',
  notPrincipals: [
    { kind: 'anyone' },
    { kind: 'federated', provider: literal('arn:aws:iam::111122223333:saml-provider/x') },
  ],
  notActions: ['kms:List*'],
  resources: [literal('*')],
  conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', values: [literal('false')] }],
});

/** A stack with every kind of resource, a replica region, and values that come from other stacks in either way. */
export const everything: Stack = stack({
  replicaEnvironments: [{ name: 'prod-us', account: '111122223333', region: 'us-east-1', partition: 'aws' }],
  resources: [
    {
      ...common,
      kind: 'role',
      id: 'role/ordersApi',
      name: 'ordersApi',
      description: concat(literal('Orders in '), pseudo('region')),
      assumeRolePolicy: {
        statements: [
          statement({
            principals: [{ kind: 'service', host: literal('lambda.amazonaws.com') }],
            actions: ['sts:AssumeRole'],
          }),
        ],
      },
      tags: [{ name: 'owner', value: literal('platform') }],
      source: source(8),
    },
    { ...common, kind: 'user', id: 'user/batch', name: 'batch', physicalName: 'batch', tags: [], source: source(9) },
    { ...common, kind: 'group', id: 'group/auditors', name: 'auditors', source: source(10) },
    key('orders', {
      source: source(12, 'standard pii'),
      description: literal('Encrypts order records: ${all} of them'),
      rotation: { enabled: true, periodDays: 180 },
      pendingWindowDays: 10,
      multiRegion: true,
      policy: keyPolicy(accountsTenant, logs),
      tags: [
        { name: 'classification', value: literal('pii') },
        { name: 'where', value: concat(pseudo('account'), literal('/'), pseudo('region')) },
      ],
      dependsOn: ['role/ordersApi', 'user/batch'],
    }),
    alias('orders', idOf('key/orders')),
    alias('payments/orders', idOf('key/orders')),
    {
      ...common,
      kind: 'replicaKey',
      id: 'key/orders/prod-us',
      name: 'orders',
      region: 'us-east-1',
      environmentName: 'prod-us',
      primary: 'key/orders',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      description: literal('Encrypts order records'),
      enabled: false,
      pendingWindowDays: 7,
      removal: 'retain',
      policy: keyPolicy(
        accountsTenant,
        statement({
          principals: [{ kind: 'aws', arn: crossStack('platform', 'principals.deployer.arn') }],
          actions: ['kms:*'],
          resources: [literal('*')],
        }),
      ),
      tags: [],
      source: source(18),
    },
    alias('orders', idOf('key/orders/prod-us'), { region: 'us-east-1' }),
    key('hash_me', {
      spec: 'HMAC_256',
      usage: 'GENERATE_VERIFY_MAC',
      enabled: false,
      removal: 'destroy',
      names: { cfn: 'HashKey1A2B3C4D' },
      policy: keyPolicy(everyone),
      source: source(30),
    }),
    key('signing', { spec: 'RSA_4096', usage: 'SIGN_VERIFY', source: source(35) }),
    key('byok', { origin: 'EXTERNAL', source: source(38) }),
    alias('legacy', literal('arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
    alias('central', crossStack('platform', 'keys.root.arn')),
    {
      ...common,
      kind: 'identityPolicy',
      id: 'identityPolicy/role/ordersApi',
      name: 'ordersApi',
      policyName: literal('keywright-payments-security'),
      attachTo: { kind: 'role', name: nameOf('role/ordersApi') },
      document: {
        statements: [
          statement({
            actions: ['kms:Decrypt'],
            resources: [
              arnOf('key/orders'),
              concat(literal('arn:aws:kms:us-east-1:111122223333:key/'), idOf('key/orders')),
              crossStack('platform', 'keys.root.arn'),
              crossStack('tools', 'keys.shared.arn'),
              concat(crossStack('platform', 'keys.root.arn'), literal('*')),
              concat(crossStack('tools', 'keys.shared.arn'), literal('*')),
            ],
          }),
        ],
      },
      dependsOn: ['alias/legacy', 'key/orders'],
      source: source(40),
    },
    {
      ...common,
      kind: 'identityPolicy',
      id: 'identityPolicy/role/keyAdmins',
      name: 'keyAdmins',
      policyName: literal('keywright-payments-security'),
      attachTo: { kind: 'role', name: literal('KeyAdmin') },
      document: { statements: [statement({ actions: ['kms:Describe*'], resources: [literal('*')] })] },
      dependsOn: ['alias/legacy', 'alias/central'],
      source: source(41),
    },
    {
      ...common,
      kind: 'kmsGrant',
      id: 'kmsGrant/orders/workers',
      name: 'workers',
      named: true,
      retireOnDelete: false,
      keyName: 'orders',
      key: idOf('key/orders'),
      grantee: arnOf('role/ordersApi'),
      operations: ['Decrypt'],
      source: source(42),
    },
    {
      ...common,
      kind: 'sharedParameter',
      id: 'sharedParameter/keys.orders.arn',
      parameterName: '/keywright/payments/security/keys.orders.arn',
      tags: [],
      value: arnOf('key/orders'),
      source: source(12),
    },
  ],
  outputs: [
    { name: 'ordersKeyArn', value: arnOf('key/orders'), source: source(50) },
    { name: 'ordersKeyId', value: idOf('key/orders'), source: source(51) },
    { name: 'aliasName', value: nameOf('alias/orders'), source: source(52) },
    { name: 'aliasArn', value: arnOf('alias/orders'), source: source(53) },
    { name: 'replicaArn', value: arnOf('key/orders/prod-us'), source: source(54) },
    { name: 'replicaAliasArn', value: arnOf('alias/us-east-1orders'), source: source(55) },
    { name: 'Plain', value: literal('alias/aws/s3'), source: source(56) },
  ],
  exports: [
    { id: 'keys.orders.arn', value: arnOf('key/orders'), source: source(12) },
    { id: 'principals.orders_api.arn', value: arnOf('role/ordersApi'), source: source(8) },
  ],
  imports: [
    { stack: 'platform', export: 'keys.root.arn', environment: {}, nativeTargets: ['cfn'], source: source(60) },
    {
      stack: 'platform',
      export: 'principals.deployer.arn',
      environment: {},
      nativeTargets: ['cfn'],
      source: source(60),
    },
    {
      stack: 'tools',
      export: 'keys.shared.arn',
      environment: {},
      nativeTargets: [],
      parameterName: '/keywright/payments/tools/keys.shared.arn',
      source: source(61),
    },
  ],
  dependsOn: ['platform', 'tools'],
});

/** All nasty texts as tags, condition keys, condition values, and parts of computed values. */
export const nasty: Stack = stack({
  name: 'nasty',
  environment: {},
  resources: [
    key('nasty', {
      description: concat(...nastyTexts.flatMap((text) => [literal(text), pseudo('region'), literal(text)])),
      tags: nastyTags,
      policy: keyPolicy(
        statement({
          sid: 'on',
          principals: [{ kind: 'anyone' }],
          actions: ['kms:*'],
          resources: nastyTexts.map((text) => concat(literal(text), pseudo('account'), literal(text))),
          conditions: nastyTexts.map((text) => ({
            operator: 'StringLike',
            key: `kms:EncryptionContext:${text}`,
            values: [literal(text)],
          })),
        }),
        statement({
          principals: [{ kind: 'anyone' }],
          actions: ['kms:*'],
          resources: [literal('*')],
          conditions: [
            { operator: 'Null', key: `kms:EncryptionContext:${'long'.repeat(400)}`, values: [literal('true')] },
          ],
        }),
      ),
      source: { span: span(7, 'teams/\n  Evil: */\u2028x.yaml'), through: 'standard a\nb' },
    }),
  ],
});
