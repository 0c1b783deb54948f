/** Stacks for the tests of every target. */
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { PolicyDocument, Provenance, Statement } from '../ir/policy.ts';
import type { Key, Resource, Stack } from '../ir/program.ts';
import type { Span } from '../source/span.ts';

/** Text that would break out of a careless printer of some language. */
export const nastyTexts = [
  '${aws_kms_key.orders.arn} %{ if true }x%{ endif }',
  '$${ %%{ $$${ $%{ %${ $',
  '${ordersKey.arn} `${process.exit(1)}`',
  '$${ $`$ \\${ $',
  'quote " \' backslash \\ newline \n return \r tab \t end',
  '*/ /* // # EOT <<EOT <!-- --> </script>',
  'line\u2028paragraph\u2029separator',
  'right-to-left \u202egnirts\u202c \u200f',
  'emoji 👩‍👩‍👧 🇩🇪',
  'yes no 0123 1e3 : - # ~',
  ' leading and trailing ',
];

export function span(line: number, file = 'keywright.yaml'): Span {
  return { file, line, column: 3, endLine: line, endColumn: 9 };
}

export function provenance(line: number, through?: string): Provenance {
  return { span: span(line), ...(through !== undefined && { through }) };
}

const account: Expression = { kind: 'pseudo', name: 'account' };
const partition: Expression = { kind: 'pseudo', name: 'partition' };

export function reference(resource: string, attribute: 'arn' | 'id' | 'name'): Expression {
  return { kind: 'reference', resource, attribute };
}

export function statement(fields: Partial<Statement>): Statement {
  return {
    effect: 'Allow',
    actions: ['kms:*'],
    resources: [literal('*')],
    conditions: [],
    source: provenance(1),
    ...fields,
  };
}

const rootAccess = statement({
  sid: 'EnableIamPolicies',
  principals: [{ kind: 'aws', arn: literal('arn:aws:iam::111122223333:root') }],
});

const document: PolicyDocument = {
  statements: [
    rootAccess,
    statement({
      principals: [
        { kind: 'aws', arn: reference('role/ordersApi', 'arn') },
        { kind: 'aws', arn: reference('user/batch', 'arn') },
      ],
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'],
      conditions: [
        { operator: 'StringEquals', key: 'kms:ViaService', values: [literal('s3.eu-west-1.amazonaws.com')] },
        { operator: 'StringEquals', key: 'kms:EncryptionContext:größe', values: nastyTexts.map(literal) },
        { operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: [literal('true')] },
      ],
    }),
  ],
};

export function key(name: string, fields: Partial<Key> = {}): Key {
  return {
    kind: 'key',
    id: `key/${name}`,
    name,
    names: {},
    dependsOn: [],
    source: provenance(12),
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    enabled: true,
    rotation: { enabled: false },
    removal: 'retain',
    multiRegion: false,
    policy: { statements: [rootAccess] },
    tags: [],
    ...fields,
  };
}

const rest = { names: {}, dependsOn: [], source: provenance(20) } as const;

/** Resources of every kind, one of them with a name pinned for `target`. */
const resourcesFor = (target: string): readonly Resource[] => [
  {
    ...rest,
    kind: 'role',
    id: 'role/ordersApi',
    name: 'ordersApi',
    description: literal('Serves orders'),
    assumeRolePolicy: {
      statements: [
        {
          effect: 'Allow',
          principals: [{ kind: 'service', host: literal('lambda.amazonaws.com') }],
          actions: ['sts:AssumeRole'],
          conditions: [],
          source: provenance(20),
        },
      ],
    },
    tags: [{ name: 'owner', value: literal('platform') }],
  },
  { ...rest, kind: 'user', id: 'user/batch', name: 'batch', tags: [{ name: 'owner', value: literal('platform') }] },
  { ...rest, kind: 'group', id: 'group/auditors', name: 'auditors', physicalName: 'Auditors' },
  key('orders', {
    source: provenance(12, 'standard pii'),
    description: literal('Encrypts order records'),
    rotation: { enabled: true, periodDays: 180 },
    pendingWindowDays: 10,
    multiRegion: true,
    policy: document,
    tags: [
      { name: 'classification', value: literal('pii') },
      ...nastyTexts.map((text, index) => ({ name: `${text} ${index}`, value: literal(text) })),
    ],
    dependsOn: ['role/ordersApi', 'group/auditors'],
  }),
  key('macKey', { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC', enabled: false, removal: 'destroy' }),
  key('code-signing', { spec: 'RSA_4096', usage: 'SIGN_VERIFY', names: { [target]: 'signing' } }),
  key('imported', { origin: 'EXTERNAL', enabled: false, multiRegion: true }),
  key('vault', { origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-1234567890abcdef0', xksKeyId: 'abc' }),
  {
    ...rest,
    kind: 'replicaKey',
    id: 'replicaKey/orders/prod-us',
    name: 'orders',
    region: 'us-east-1',
    environmentName: 'prod-us',
    primary: 'key/orders',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    enabled: false,
    removal: 'retain',
    policy: { statements: [rootAccess] },
    tags: [],
  },
  {
    ...rest,
    kind: 'alias',
    id: 'alias/orders/payments/orders',
    aliasName: 'alias/payments/orders',
    keyName: 'orders',
    target: reference('key/orders', 'id'),
  },
  {
    ...rest,
    kind: 'alias',
    id: 'alias/orders/prod-us/orders',
    aliasName: 'alias/payments/orders',
    keyName: 'orders',
    region: 'us-east-1',
    target: reference('replicaKey/orders/prod-us', 'id'),
  },
  {
    ...rest,
    kind: 'alias',
    id: 'alias/imported/imported',
    aliasName: 'alias/imported',
    keyName: 'imported',
    target: reference('key/imported', 'id'),
  },
  {
    ...rest,
    kind: 'alias',
    id: 'alias/byArn/legacy',
    aliasName: 'alias/legacy',
    keyName: 'byArn',
    target: literal('arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  },
  {
    ...rest,
    kind: 'identityPolicy',
    id: 'identityPolicy/role/ordersApi',
    name: 'ordersApi',
    policyName: literal('keywright-payments-security'),
    attachTo: { kind: 'role', name: reference('role/ordersApi', 'name') },
    dependsOn: ['alias/orders/payments/orders', 'role/ordersApi'],
    document: {
      statements: [
        statement({
          actions: ['kms:Decrypt'],
          resources: [
            reference('key/orders', 'arn'),
            { kind: 'crossStack', stack: 'platform', export: 'keys.root.arn' },
            { kind: 'crossStack', stack: 'data-lake', export: 'keys.lake.arn' },
          ],
        }),
      ],
    },
  },
  {
    ...rest,
    kind: 'identityPolicy',
    id: 'identityPolicy/user/ci',
    name: 'ci',
    policyName: literal('keywright-payments-security'),
    attachTo: { kind: 'user', name: literal('ci') },
    document: { statements: [statement({ resources: [reference('key/orders', 'arn')] })] },
  },
  {
    ...rest,
    kind: 'kmsGrant',
    id: 'kmsGrant/orders/workers',
    name: 'workers',
    named: true,
    retireOnDelete: false,
    keyName: 'orders',
    key: reference('key/orders', 'id'),
    grantee: reference('role/ordersApi', 'arn'),
    retiringPrincipal: literal('arn:aws:iam::111122223333:role/KeyAdmin'),
    operations: ['Decrypt', 'GenerateDataKey'],
    encryptionContext: { match: 'subset', pairs: [{ name: 'tenant id', value: nastyTexts[0] ?? '' }] },
  },
  {
    ...rest,
    kind: 'sharedParameter',
    id: 'sharedParameter/keys.orders.arn',
    parameterName: '/keywright/payments/security/keys.orders.arn',
    tags: [{ name: 'owner', value: literal('platform') }],
    value: reference('key/orders', 'arn'),
  },
];

const nowhere: Stack = {
  name: 'empty',
  app: 'payments',
  environment: {},
  replicaEnvironments: [],
  targets: [],
  resources: [],
  outputs: [],
  exports: [],
  imports: [],
  dependsOn: [],
  span: provenance(1).span,
};

/** A stack that has every kind of resource, with a replica and with values of two other stacks. */
const securityStackFor = (target: string): Stack => ({
  ...nowhere,
  name: 'security',
  environment: { name: 'prod-eu', account: '111122223333', region: 'eu-west-1', partition: 'aws' },
  replicaEnvironments: [{ name: 'prod-us', account: '111122223333', region: 'us-east-1', partition: 'aws' }],
  resources: resourcesFor(target),
  outputs: [
    { name: 'ordersKeyArn', value: reference('key/orders', 'arn'), source: provenance(60) },
    { name: 'trailKey', value: literal('alias/aws/s3'), source: provenance(61) },
  ],
  exports: [{ id: 'keys.orders.arn', value: reference('key/orders', 'arn'), source: provenance(70) }],
  imports: [
    {
      stack: 'data-lake',
      export: 'keys.lake.arn',
      environment: {},
      nativeTargets: [],
      parameterName: '/keywright/payments/data-lake/keys.lake.arn',
      source: provenance(80),
    },
    {
      stack: 'platform',
      export: 'keys.root.arn',
      environment: { name: 'shared', account: '444455556666', region: 'eu-west-1', partition: 'aws' },
      nativeTargets: [target],
      source: provenance(81),
    },
  ],
  dependsOn: ['data-lake', 'platform'],
});

/** A stack whose account, region and partition are known only when it is deployed. */
const anywhereStack: Stack = {
  ...nowhere,
  name: 'anywhere',
  resources: [
    key('root', {
      description: concat(literal('Cost in $'), account, literal(' of ${region} % `'), {
        kind: 'pseudo',
        name: 'region',
      }),
      policy: {
        statements: [
          statement({
            principals: [
              {
                kind: 'aws',
                arn: concat(literal('arn:'), partition, literal(':iam::'), account, literal(':root')),
              },
            ],
          }),
          statement({
            sid: 'Logs',
            principals: [
              {
                kind: 'service',
                host: concat(literal('logs.'), { kind: 'pseudo', name: 'region' }, literal('.'), {
                  kind: 'pseudo',
                  name: 'dnsSuffix',
                }),
              },
            ],
          }),
        ],
      },
      tags: [{ name: 'account', value: account }],
    }),
  ],
};

export function stacksFor(target: string) {
  const targets = [target];
  return {
    /** An empty stack, deployable anywhere. */
    emptyStack: { ...nowhere, targets },
    securityStack: { ...securityStackFor(target), targets },
    anywhereStack: { ...anywhereStack, targets },
    /** A stack of some resources, deployable anywhere. */
    stackOf: (...resources: readonly Resource[]): Stack => ({ ...nowhere, targets, name: 'one', resources }),
  };
}
