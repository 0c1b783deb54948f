/** Arbitrary projects with access to keys, and requests to those keys, for property tests. */
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import { usagesOfSpec } from '@keywright/core/kms/key-specs';
import { hostOfText } from '@keywright/core/project/host';
import fc from 'fast-check';

const own = '111122223333';
const other = '444455556666';

const inlinePrincipals: readonly unknown[] = [
  { role: `arn:aws:iam::${own}:role/One` },
  { role: `arn:aws:iam::${own}:role/team/Two`, mutable: false },
  { role: 'arn:aws:iam::${account}:role/One' },
  { user: `arn:aws:iam::${own}:user/bob` },
  { user: `arn:aws:iam::${own}:user/bob`, mutable: false },
  { role: `arn:aws:iam::${other}:role/Reader` },
  { account: own },
  { account: other },
  { arn: `arn:aws:sts::${own}:assumed-role/Two/i-1` },
  { service: 'logs' },
  { service: 's3.amazonaws.com' },
];
const inline = fc.constantFrom(...inlinePrincipals);
const everyone = fc.constantFrom<unknown>({ anyone: true }, { organization: 'o-a1b2c3d4e5' });

/** The operator, condition key and values of each condition. `$${` in YAML is `${` in IAM. */
const conditionRows: readonly (readonly [string, string, string | readonly string[]])[] = [
  ['StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'],
  ['StringNotEquals', 'kms:ViaService', ['s3.eu-west-1.amazonaws.com', 'ec2.eu-west-1.amazonaws.com']],
  ['StringLike', 'kms:ViaService', 's3.*.amazonaws.com'],
  ['StringEquals', 'kms:CallerAccount', own],
  ['StringNotEquals', 'kms:CallerAccount', [own, other]],
  ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${own}:role/*`],
  ['ArnNotEquals', 'aws:PrincipalArn', [`arn:aws:iam::${own}:role/One`, `arn:aws:iam::${own}:role/team/Two`]],
  ['StringEquals', 'kms:EncryptionContext:tenant', 'a'],
  ['StringNotEquals', 'kms:EncryptionContext:tenant', ['a', 'b']],
  ['StringLikeIfExists', 'kms:EncryptionContext:Tenant', 'a*'],
  ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'tenant'],
  ['ForAllValues:StringEquals', 'kms:EncryptionContextKeys', ['tenant', 'purpose']],
  ['Null', 'kms:EncryptionContextKeys', 'true'],
  ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/r-ab12/*'],
  ['Bool', 'kms:GrantIsForAWSResource', 'true'],
  ['Bool', 'aws:MultiFactorAuthPresent', 'true'],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'],
  ['Null', 'aws:MultiFactorAuthPresent', 'false'],
  ['StringEquals', 'kms:KeySpec', 'SYMMETRIC_DEFAULT'],
  ['StringLike', 'kms:KeySpec', ['RSA_*', 'HMAC_*']],
  ['StringEquals', 'kms:KeyUsage', 'ENCRYPT_DECRYPT'],
  ['StringNotEquals', 'kms:KeyOrigin', 'EXTERNAL'],
  ['Bool', 'kms:MultiRegion', 'true'],
  ['StringEqualsIfExists', 'kms:MultiRegionKeyType', 'REPLICA'],
  ['ArnLike', 'aws:SourceArn', `arn:aws:s3:::bucket-*`],
  ['StringEqualsIfExists', 'aws:SourceAccount', own],
  ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8::/32']],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/25'],
  ['NumericLessThan', 'aws:MultiFactorAuthAge', '3600'],
  ['DateLessThan', 'aws:CurrentTime', '2026-07-01T00:00:00Z'],
  ['StringEquals', 'aws:ResourceTag/team', '$${aws:PrincipalTag/team}'],
  ['StringNotEquals', 'aws:ResourceTag/team', '$${aws:PrincipalTag/team}'],
  ['StringEqualsIgnoreCase', 'aws:PrincipalTag/team', 'ORDERS'],
  ['StringLike', 'aws:username', 'b?b'],
  ['StringEquals', 'aws:PrincipalType', 'AssumedRole'],
  ['Bool', 'aws:SecureTransport', 'false'],
  ['Bool', 'aws:ViaAWSService', 'false'],
  ['Bool', 'aws:PrincipalIsAWSService', 'false'],
  ['ForAnyValue:StringEquals', 'aws:CalledVia', 'athena.amazonaws.com'],
  ['ForAnyValue:StringEqualsIfExists', 'aws:CalledVia', 'athena.amazonaws.com'],
  ['ForAllValues:StringNotEquals', 'aws:CalledVia', 'athena.amazonaws.com'],
  ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'],
  ['ForAllValues:StringEquals', 'kms:GrantOperations', ['Decrypt', 'Encrypt']],
  ['StringEquals', 'kms:RequestAlias', 'alias/orders'],
];

const someConditions = fc
  .uniqueArray(fc.constantFrom(...conditionRows), {
    minLength: 1,
    maxLength: 2,
    selector: ([operator, key]) => `${operator} ${key}`,
  })
  .map((rows) => {
    const conditions: Record<string, Record<string, unknown>> = {};
    for (const [operator, key, values] of rows) conditions[operator] = { ...conditions[operator], [key]: values };
    return conditions;
  });

const actions = fc.oneof(
  { weight: 3, arbitrary: fc.constant(['kms:*']) },
  {
    weight: 2,
    arbitrary: fc.uniqueArray(
      fc.constantFrom(
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:Describe*',
        'kms:?ecrypt',
        'kms:*Grant',
        'kms:Put*',
        'kms:ReEncrypt*',
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

const who = fc.oneof(
  { weight: 4, arbitrary: fc.array(inline, { minLength: 1, maxLength: 3 }).map((principals) => ({ principals })) },
  { weight: 1, arbitrary: everyone.map((principals) => ({ principals })) },
);

const allow = fc
  .record({ who, actions, conditions: fc.option(someConditions, { nil: undefined, freq: 1 }), key: fc.boolean() })
  .map(({ who: named, conditions, key, ...rest }) => ({
    ...named,
    ...rest,
    ...(key && { resources: 'arn:${partition}:kms:*:${account}:key/*' }),
    ...(conditions !== undefined && { conditions }),
    // The language refuses a statement for everyone without a condition.
    ...(conditions === undefined &&
      'anyone' in Object(named.principals) && { conditions: { StringEquals: { 'kms:CallerAccount': own } } }),
  }));

const deny = fc
  .record({
    who: fc.oneof(
      { weight: 3, arbitrary: who },
      {
        weight: 2,
        arbitrary: fc.uniqueArray(inline, { minLength: 1, maxLength: 3 }).map((notPrincipals) => ({ notPrincipals })),
      },
    ),
    what: fc.oneof(
      actions.map((list) => ({ actions: list })),
      fc.constantFrom({ notActions: ['kms:Decrypt', 'kms:Describe*'] }, { notActions: ['kms:*Key'] }),
    ),
    conditions: fc.option(
      someConditions.map((conditions) => ({ conditions })),
      { nil: {}, freq: 4 },
    ),
  })
  .map(({ who: named, what, conditions }) => ({ effect: 'Deny', ...named, ...what, ...conditions }));

const root = { principals: [{ account: own }], actions: 'kms:*' };

const kinds = Object.entries(usagesOfSpec).flatMap(([spec, usages]) =>
  ['SYMMETRIC_DEFAULT', 'RSA_2048', 'HMAC_256'].includes(spec) ? usages.map((usage) => ({ spec, usage })) : [],
);

/** KMS grants that a key of this kind supports; only requests to symmetric encryption keys have an encryption context. */
function kmsGrantsOn({ spec, usage }: { readonly spec: string; readonly usage: string }) {
  const operation = { SIGN_VERIFY: 'Sign', GENERATE_VERIFY_MAC: 'GenerateMac' }[usage] ?? 'Decrypt';
  return fc.constantFrom(
    { workers: { grantee: { role: `arn:aws:iam::${own}:role/One` }, operations: [operation, 'DescribeKey'] } },
    {
      reader: {
        grantee: { role: `arn:aws:iam::${other}:role/Reader` },
        operations: [operation, 'RetireGrant'],
        ...(spec === 'SYMMETRIC_DEFAULT' && { encryptionContext: { tenant: 'a' } }),
      },
    },
  );
}

function keyOf(created: readonly string[]) {
  const grantee = fc.oneof(fc.constantFrom<unknown>(...created), inline);
  return fc.constantFrom({ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' }, ...kinds).chain((kind) =>
    fc.record(
      {
        spec: fc.constant(kind.spec),
        usage: fc.constant(kind.usage),
        multiRegion: fc.boolean(),
        tags: fc.constantFrom({ team: 'orders' }, { team: 'billing' }),
        aliases: fc.constantFrom(['orders'], ['app/orders', 'orders']),
        policy: fc
          .tuple(
            fc.boolean(),
            fc.array(fc.oneof({ weight: 2, arbitrary: allow }, deny), { minLength: 1, maxLength: 3 }),
          )
          .map(([trusts, statements]) => (trusts ? [root, ...statements] : statements)),
        statements: fc.array(fc.oneof({ weight: 2, arbitrary: allow }, deny), { maxLength: 4 }),
        grants: fc.array(
          fc.record(
            { to: grantee, can: actions, via: fc.constantFrom('s3', ['s3', 'ec2']), when: someConditions },
            { requiredKeys: ['to', 'can'] },
          ),
          { minLength: 1, maxLength: 4 },
        ),
        kmsGrants: kmsGrantsOn(kind),
      },
      { requiredKeys: ['spec', 'usage', 'grants', 'statements'] },
    ),
  );
}

const created = {
  api: fc.record({
    role: fc.record(
      { assumedBy: fc.constant('lambda.amazonaws.com'), tags: fc.constant({ team: 'orders' }) },
      { requiredKeys: ['assumedBy'] },
    ),
  }),
  batch: fc.record({ user: fc.record({ tags: fc.constant({ team: 'billing' }) }, { requiredKeys: [] }) }),
};

export const anyProject = fc
  .record({
    environment: fc.constantFrom('eu', 'eu', undefined),
    principals: fc.record({ ...created, auditors: fc.constant({ group: {} }) }),
    keys: fc.record(
      { orders: keyOf(['api', 'batch', 'auditors']), other: keyOf(['api', 'batch']) },
      { requiredKeys: ['orders'] },
    ),
    reader: created.api,
    ownKey: fc.option(keyOf(['reader']), { nil: undefined }),
    sharedGrant: fc.record({ to: fc.constantFrom<unknown>('reader'), can: actions }),
    replicated: fc.boolean(),
    legacy: fc.boolean(),
  })
  .map(({ environment, principals, keys, reader, ownKey, sharedGrant, replicated, legacy }) => {
    const replicate = replicated && environment !== undefined && keys.orders.multiRegion === true;
    const { aliases = [], ...orders } = keys.orders;
    return {
      keywright: 1,
      app: 'any',
      ...(legacy && { settings: { defaultKeyPolicies: false } }),
      environments: {
        eu: { account: own, region: 'eu-west-1' },
        us: { account: own, region: 'us-east-1' },
        data: { account: other, region: 'eu-west-1' },
      },
      stacks: {
        first: {
          ...(environment !== undefined && { environment }),
          principals,
          keys: {
            ...keys,
            orders: {
              ...orders,
              aliases,
              ...(replicate && { replicas: [{ environment: 'us', aliases, policy: [root, ...orders.statements] }] }),
            },
            ...(keys.other !== undefined && { other: { ...keys.other, aliases: ['other'] } }),
          },
        },
        second: {
          environment: 'data',
          principals: { reader },
          ...(ownKey !== undefined && { keys: { own: { ...ownKey, aliases: ['own'] } } }),
          imports: { shared: { key: 'first.orders', grants: [sharedGrant] } },
        },
      },
    };
  });

/** Compiles a project; returns `undefined` if the language does not accept it. */
export function compileAny(project: unknown): Program | undefined {
  const text = JSON.stringify(project); // JSON is YAML
  const { program, diagnostics } = compileProject(hostOfText(text), { targets: [] });
  return hasErrors(diagnostics) ? undefined : program;
}

/** Callers: the name of a created principal (`first/role/api`), an ARN or a host. */
export const requesters: readonly string[] = [
  'first/role/api',
  'first/user/batch',
  'second/role/reader',
  `arn:aws:iam::${own}:role/One`,
  `arn:aws:iam::${own}:role/team/Two`,
  `arn:aws:iam::${own}:role/Stranger`,
  `arn:aws:iam::${own}:user/bob`,
  `arn:aws:iam::${other}:role/Reader`,
  `arn:aws:iam::${other}:role/Stranger`,
  `arn:aws:sts::${own}:assumed-role/Two/i-1`,
  `arn:aws:sts::${own}:assumed-role/One/i-1`,
  `arn:aws:iam::${own}:root`,
  `arn:aws:iam::${other}:root`,
  'logs.eu-west-1.amazonaws.com',
  's3.amazonaws.com',
];

export const operations: readonly string[] = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'ReEncryptFrom',
  'DescribeKey',
  'CreateGrant',
  'RetireGrant',
  'RevokeGrant',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'GetPublicKey',
  'Sign',
  'GenerateMac',
];

/** The random parts of a request, which the evaluator cannot derive; each is known or absent. */
export interface Circumstances {
  readonly via: string | null;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly orgId: string | null;
  readonly mfa: 'true' | 'false' | null;
  readonly ip: string | null;
  readonly time: string;
  readonly tag: string | null;
  readonly sourceArn: string | null;
  readonly calledVia: readonly string[] | null;
  readonly forResource: 'true' | 'false';
  readonly grantOperations: readonly string[];
  readonly requestAlias: string | null;
  readonly mfaAge: string | null;
}

export const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  via: fc.constantFrom('s3', 'ec2', null),
  encryptionContext: fc.constantFrom<Record<string, string>[]>(
    {},
    { tenant: 'a' },
    { tenant: 'b' },
    { Tenant: 'a', purpose: 'x' },
    { other: 'c' },
  ),
  orgId: fc.constantFrom('o-a1b2c3d4e5', 'o-zzzzzzzzzz', null),
  mfa: fc.constantFrom('true', 'false', null),
  ip: fc.constantFrom('203.0.113.9', '203.0.113.200', '198.51.100.1', '2001:db8::1', null),
  time: fc.constantFrom('2026-06-30T12:00:00Z', '2026-07-02T12:00:00Z'),
  tag: fc.constantFrom('orders', 'billing', null),
  sourceArn: fc.constantFrom('arn:aws:s3:::bucket-a', 'arn:aws:s3:::other', null),
  calledVia: fc.constantFrom<(readonly string[] | null)[]>(
    ['athena.amazonaws.com'],
    ['cloudformation.amazonaws.com'],
    null,
  ),
  forResource: fc.constantFrom('true', 'false'),
  grantOperations: fc.constantFrom<(readonly string[])[]>(['Decrypt'], ['Decrypt', 'Sign']),
  requestAlias: fc.constantFrom('alias/orders', 'alias/app/orders', null),
  mfaAge: fc.constantFrom('60', '7200', null),
});
