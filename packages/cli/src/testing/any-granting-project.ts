/**
 * Generates arbitrary projects with many grants. They have several accounts, regions and partitions, stacks without an environment and with
 * several, replicas, imports, roles that AWS manages, standards, policy files, legacy key policies and KMS grants. Not always valid.
 */
import fc from 'fast-check';
import type { ProjectFiles } from './projects.ts';

const own = '111122223333';
const other = '444455556666';

const existing: readonly unknown[] = [
  ...['admins', 'one', 'everyoneInHouse', 'sso', 'linked', 'partner'],
  { role: 'arn:aws:iam::${account}:role/One' },
  { role: `arn:aws:iam::${own}:role/team/Two`, mutable: false },
  { role: `arn:aws:iam::${other}:role/Reader` },
  { user: `arn:aws:iam::${own}:user/bob` },
  { user: 'arn:${partition}:iam::${account}:user/team/carol', mutable: false },
  { account: own },
  { account: '${account}' },
  { account: '999999999999', because: 'audits us' },
  { arn: `arn:aws:sts::${own}:assumed-role/Two/i-1` },
  { organization: 'o-a1b2c3d4e5' },
  { orgUnit: 'o-a1b2c3d4e5/*/ou-ab12-11111111' },
  { service: 'logs' },
  { service: 'delivery.logs.amazonaws.com' },
];

const conditions = fc.constantFrom<unknown>(
  { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } },
  { StringLike: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] }, StringEquals: { 'kms:CallerAccount': '${account}' } },
  { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${account}-*' } },
  { StringNotEquals: { 'kms:EncryptionContext:tenant': ['b'] } },
);
const actions = fc.constantFrom<unknown>(
  ...['decrypt', 'encrypt', 'administer', 'describe', 'kms:*', 'kms:CreateAlias', 'kms:*Alias'],
  ['kms:Decrypt', 'describe'],
);

function grantTo(names: readonly string[]) {
  const to = fc.constantFrom<unknown>(...names, ...names, ...existing);
  const narrowed = fc.record({ to, can: actions, via: fc.constantFrom('s3', ['s3', 'ec2']) });
  return fc.oneof(
    fc.record(
      {
        to: fc.oneof(to, fc.array(to, { minLength: 1, maxLength: 2 })),
        can: actions,
        via: fc.constantFrom('s3', ['s3', 'ec2']),
        when: conditions,
      },
      { requiredKeys: ['to', 'can'] },
    ),
    narrowed.map((grant) => ({ ...grant, to: 'everyoneInAccount' })),
  );
}

const statement = fc.oneof(
  fc.record(
    {
      effect: fc.constantFrom('Allow', 'Deny'),
      principals: fc.array(fc.constantFrom(...existing), { minLength: 1, maxLength: 2 }),
      actions: fc.constantFrom<unknown>('kms:*', ['kms:Decrypt', 'kms:Describe*'], 'kms:UpdateAlias'),
      conditions,
    },
    { requiredKeys: ['principals', 'actions'] },
  ),
  fc.record({
    principals: fc.constantFrom(...existing),
    notActions: fc.constant(['kms:Decrypt', 'kms:*Grant']),
  }),
);

const trusting = { principals: { account: '${account}' }, actions: 'kms:*' };
const breakGlass = { principals: { role: 'arn:aws:iam::${account}:role/BreakGlass' }, actions: 'kms:*' };
const policy = fc.constantFrom<unknown>(
  [trusting],
  [breakGlass],
  [breakGlass, { principals: { account: '${account}' }, actions: ['kms:Decrypt', 'kms:Describe*'] }],
  { file: 'policies/house.json' },
);

const policyFile = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: '${account}' }, Action: 'kms:Put*', Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:${partition}:iam::${account}:role/One', Service: 'logs.eu-west-1.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:UpdateAlias'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } },
    },
    { Effect: 'Deny', Principal: '*', Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
  ],
});

const kmsGrants = fc.constantFrom<unknown>(
  { work: { grantee: 'one', operations: ['Decrypt', 'DescribeKey'] } },
  { read: { grantee: 'partner', operations: ['Decrypt', 'RetireGrant'], encryptionContext: { tenant: 'a' } } },
  { end: { grantee: { account: other }, retiringPrincipal: 'one', operations: ['Encrypt'] } },
);

function policyParts(names: readonly string[]) {
  return {
    standard: fc.constantFrom('house', 'strict'),
    policy,
    statements: fc.array(statement, { maxLength: 2 }),
    admins: fc.array(fc.constantFrom<unknown>('one', 'partner', ...names), { maxLength: 1 }),
    services: fc.constantFrom(['logs'], ['autoscaling', 'cloudtrail']),
    grants: fc.array(grantTo(names), { maxLength: 4 }),
    kmsGrants,
  };
}

const requiredKeys = ['grants'] as const;
const keyOf = (names: readonly string[]) => fc.record(policyParts(names), { requiredKeys: [...requiredKeys] });

const role = fc.constantFrom<unknown>(
  { role: { assumedBy: 'lambda.amazonaws.com' } },
  { role: { assumedBy: 'ec2.amazonaws.com', name: 'Fixed' } },
);

export const anyGrantingProject: fc.Arbitrary<ProjectFiles> = fc
  .record({
    first: fc.record({
      environment: fc.constantFrom<unknown>('eu', 'eu', ['eu', 'us'], undefined),
      api: role,
      orders: keyOf(['api', 'batch', 'auditors']),
      other: keyOf(['api', 'second.reader']),
      aliases: fc.constantFrom([], ['orders'], ['orders', 'app/orders']),
      replica: fc.option(keyOf(['api', 'batch']), { nil: undefined }),
    }),
    second: fc.record({
      environment: fc.constantFrom<unknown>('eu', 'us', 'data', 'cn', undefined),
      keys: fc.option(keyOf(['reader', 'group']), { nil: undefined }),
      shared: fc.array(grantTo(['reader', 'group']), { minLength: 1, maxLength: 2 }),
      byArn: fc.array(grantTo(['reader']), { maxLength: 2 }),
      alias: fc.constantFrom('aws/s3', 'payroll'),
    }),
    targets: fc.constantFrom(['terraform', 'pulumi'], ['terraform'], ['cfn', 'terraform', 'pulumi']),
    settings: fc.record(
      {
        defaultKeyPolicies: fc.boolean(),
        minimizePolicies: fc.boolean(),
        aliasGrants: fc.constantFrom('none', 'identity'),
      },
      { requiredKeys: [] },
    ),
    trust: fc.boolean(),
  })
  .map(({ first, second, targets, settings, trust }) => {
    // CloudFormation has no KMS grants.
    const targetsOf = (stack: unknown) =>
      JSON.stringify(stack).includes('"kmsGrants"') ? targets.filter((name) => name !== 'cfn') : targets;
    const legacy = settings.defaultKeyPolicies === false && trust ? { trustAccountIdentities: true } : {};
    const replicas =
      first.replica === undefined || first.environment !== 'eu'
        ? {}
        : { multiRegion: true, replicas: [{ environment: 'us', aliases: first.aliases, ...first.replica }] };
    const severalFirsts = Array.isArray(first.environment);
    // A stack in one environment sees the other stack's deployment in the same environment.
    const environment = severalFirsts && second.environment !== 'us' ? 'eu' : second.environment;
    const project = {
      keywright: 1,
      app: 'any',
      settings,
      environments: {
        eu: { account: own, region: 'eu-west-1' },
        us: { account: own, region: 'us-east-1' },
        data: { account: other, region: 'eu-west-1' },
        cn: { account: '555566667777', region: 'cn-north-1' },
      },
      principals: {
        admins: { anyOf: ['one', { role: `arn:aws:iam::${own}:role/team/Two`, mutable: false }] },
        one: { role: 'arn:${partition}:iam::${account}:role/One' },
        everyoneInHouse: { anyOf: ['admins', 'partner', { user: `arn:aws:iam::${own}:user/bob` }] },
        partner: { role: `arn:aws:iam::${other}:role/Reader` },
        sso: { role: `arn:aws:iam::${own}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0a1b` },
        linked: {
          role: `arn:aws:iam::${own}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
        },
      },
      standards: {
        house: { admins: ['admins'], grants: [{ to: 'one', can: 'describe' }] },
        strict: { standard: 'house', policy: [breakGlass], statements: [{ principals: 'one', actions: 'kms:Get*' }] },
      },
      stacks: {
        first: {
          ...(first.environment !== undefined && { environment: first.environment }),
          targets: targetsOf(first),
          // Deployments in one account cannot have roles with the same name.
          principals: {
            api: severalFirsts ? { role: { assumedBy: 'lambda.amazonaws.com' } } : first.api,
            batch: { user: {} },
            auditors: { group: {} },
          },
          keys: {
            orders: { ...first.orders, ...legacy, aliases: first.aliases, ...replicas },
            other: first.other,
          },
        },
        second: {
          ...(environment !== undefined && { environment }),
          targets: targetsOf(second),
          principals: { reader: { role: { assumedBy: 'lambda.amazonaws.com' } }, group: { group: {} } },
          ...(second.keys !== undefined && { keys: { own: second.keys } }),
          imports: {
            // Access does not cross partitions.
            ...(environment !== 'cn' && { shared: { key: 'first.orders', grants: second.shared } }),
            byArn: {
              arn: `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
              ...(environment !== 'cn' && { grants: second.byArn }),
            },
            byAlias: { alias: second.alias, grants: second.byArn },
          },
        },
      },
    };
    const text = JSON.stringify(project);
    const anywhere = environment === 'cn' ? text.replaceAll(/arn:aws:(?=iam|sts)/g, 'arn:${partition}:') : text;
    return { 'keywright.yaml': anywhere, 'policies/house.json': policyFile };
  });
