/** Generates arbitrary projects about who may do what, with stacks in several places and all kinds of principals and imports. */
import { usagesOfSpec } from '@keywright/core/kms/key-specs';
import type { ProjectHost } from '@keywright/core/project/host';
import fc from 'fast-check';

/** The contents of files, by path. */
export type Files = Readonly<Record<string, unknown>>;

/** Returns a host with these files. They are written as JSON, which is also valid YAML. */
export function hostOf(files: Files): ProjectHost {
  return {
    readFile: (path) =>
      files[path] === undefined ? { kind: 'missing' } : { kind: 'text', text: JSON.stringify(files[path]) },
    glob: () => [],
  };
}

const environments = {
  eu: { account: '111122223333', region: 'eu-west-1' },
  us: { account: '111122223333', region: 'us-east-1' },
  data: { account: '444455556666', region: 'eu-west-1' },
  cn: { account: '555566667777', region: 'cn-north-1' },
};

const principals = {
  admin: { role: 'arn:aws:iam::111122223333:role/Admin' },
  analyst: { role: 'arn:aws:iam::444455556666:role/team/Analyst' },
  here: { role: 'arn:${partition}:iam::${account}:role/Here' },
  breakGlass: { role: 'arn:aws:iam::111122223333:role/BreakGlass', mutable: false },
  ci: { user: 'arn:aws:iam::111122223333:user/ci' },
  robot: { user: 'arn:aws:iam::444455556666:user/robot', mutable: false },
  own: { account: '111122223333' },
  partner: { account: '999999999999' },
  company: { organization: 'o-a1b2c3d4e5' },
  unit: { orgUnit: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111' },
  logs: { service: 'logs' },
  events: { service: 'events' },
  delivery: { service: 'delivery.logs.amazonaws.com' },
  github: { federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  saml: { federated: 'arn:aws:iam::111122223333:saml-provider/Idp' },
  everyone: { anyone: true },
  session: { arn: 'arn:aws:sts::111122223333:assumed-role/App/i-1' },
  operators: { anyOf: ['admin', 'breakGlass', { account: '888877776666' }] },
  team: { anyOf: ['operators', 'ci', 'company'] },
};

type Environment = keyof typeof environments;

/** The choices that all parts of an app depend on. */
interface Shape {
  readonly stacks: readonly StackShape[];
}

interface StackShape {
  readonly name: string;
  readonly environment: Environment | undefined;
  readonly keys: Readonly<Record<string, Kind>>;
}

interface Kind {
  readonly spec: string;
  readonly usage: string;
}

const anyEnvironment = fc.constantFrom<Environment | undefined>('eu', 'eu', 'eu', 'us', 'data', 'cn', undefined);
const symmetric: Kind = { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' };
const kinds = Object.entries(usagesOfSpec).flatMap(([spec, usages]) =>
  spec === 'SM2' ? [] : usages.map((usage): Kind => ({ spec, usage })),
);
const kind = fc.oneof({ weight: 2, arbitrary: fc.constant(symmetric) }, fc.constantFrom(...kinds));
const keys = fc.record({ orders: kind, other: kind }, { requiredKeys: [], noNullPrototype: true });

const shape: fc.Arbitrary<Shape> = fc
  .array(fc.record({ environment: anyEnvironment, keys }), { minLength: 1, maxLength: 3 })
  .map((stacks) => ({
    stacks: stacks.map(({ environment, keys }, index) => ({
      name: ['first', 'second', 'third'][index] ?? 'first',
      // Nothing is shared across partitions.
      environment: environment === 'cn' && stacks.length > 1 ? 'data' : environment,
      keys,
    })),
  }));

const described = Object.keys(principals).filter((name) => name !== 'everyone');
const roles = ['api', 'batch']; // a group cannot be a principal of a key policy

/**
 * Returns the principals that a stack can grant something without a cycle: its own, those of later stacks (which then depend on this
 * stack), and those that the project describes.
 */
function grantees({ stacks }: Shape, index: number): fc.Arbitrary<string> {
  const later = stacks.slice(index + 1).flatMap(({ name }) => [...roles, 'auditors'].map((one) => `${name}.${one}`));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...roles, 'auditors') },
    { weight: 4, arbitrary: fc.constantFrom(...described) },
    ...(later.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...later) }] : []),
  );
}

/**
 * Returns the principals that a statement can name: those of its own stack, those that the project describes, and those of earlier stacks
 * in the same place (which its stack then depends on).
 */
function named({ stacks }: Shape, index: number): fc.Arbitrary<string> {
  const here = stacks[index]?.environment;
  const earlier = stacks
    .slice(0, index)
    .flatMap(({ name, environment }) => (environment === here ? roles.map((one) => `${name}.${one}`) : []));
  return fc.constantFrom(...roles, ...described, ...earlier);
}

const actions = fc.uniqueArray(
  fc.constantFrom('kms:Decrypt', 'kms:Describe*', 'kms:CreateGrant', 'kms:GenerateDataKey*', 'kms:*', 'kms:Get*'),
  { minLength: 1, maxLength: 2 },
);

const plainConditions: readonly unknown[] = [
  { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  { NumericLessThan: { 'kms:RetiringPrincipal': [1, 2] } },
];
const conditions = fc.constantFrom<unknown>(
  ...plainConditions,
  {
    StringEquals: { 'kms:CallerAccount': ['${account}', '999999999999'] },
    Bool: { 'kms:GrantIsForAWSResource': true },
  },
  { ArnLike: { 'aws:SourceArn': 'arn:${partition}:s3:::$${bucket}-${region}' } },
);

const wordsOf: Readonly<Record<string, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['encrypt', 'decrypt', 'encryptDecrypt'],
  SIGN_VERIFY: ['sign', 'verify', 'signVerify'],
  GENERATE_VERIFY_MAC: ['generateMac', 'verifyMac'],
  KEY_AGREEMENT: ['deriveSharedSecret'],
};

function grantOn(usage: string, to: fc.Arbitrary<string>, when = conditions) {
  const words = fc.constantFrom(...(wordsOf[usage] ?? []), 'administer', 'describe');
  const grant = fc.record(
    {
      to: fc.oneof(to, fc.array(to, { minLength: 1, maxLength: 3 })),
      can: fc.oneof({ weight: 3, arbitrary: words }, actions, fc.tuple(words, words, fc.constant('kms:ListGrants'))),
      via: fc.constantFrom<unknown>('s3', ['s3', 'dynamodb'], 'lambda.eu-west-1.amazonaws.com'),
      when,
    },
    { requiredKeys: ['to', 'can'], noNullPrototype: true },
  );
  const toEveryone = fc.record({ to: fc.constant('everyone'), can: words, when }, { noNullPrototype: true });
  return fc.oneof({ weight: 9, arbitrary: grant }, { weight: 1, arbitrary: toEveryone });
}

function statementNaming(who: fc.Arbitrary<string>) {
  return fc
    .record(
      {
        sid: fc.constantFrom('One', 'Two words', ''),
        effect: fc.constantFrom('Allow', 'Deny'),
        who: fc.array(who, { minLength: 1, maxLength: 3 }),
        not: fc.boolean(),
        actions,
        notActions: fc.boolean(),
        resources: fc.constantFrom<unknown>('*', ['*', 'arn:${partition}:kms:${region}:${account}:key/*']),
        conditions,
      },
      { requiredKeys: ['who', 'actions'], noNullPrototype: true },
    )
    .map(({ who, not, actions, notActions, ...rest }) => {
      const isExclusion = not === true && rest.effect === 'Deny' && !who.some((name) => /company|unit|team/.test(name));
      return {
        ...rest,
        ...(isExclusion ? { notPrincipals: who } : { principals: who }),
        ...(notActions === true && rest.effect === 'Deny' ? { notActions: actions } : { actions }),
      };
    });
}

/** Statements that give the account access to its own key, sometimes only in part. */
const rootStatement = fc.constantFrom<unknown>(
  { principals: { arn: 'arn:${partition}:iam::${account}:root' }, actions: 'kms:*' },
  { principals: { arn: 'arn:${partition}:iam::${account}:root' }, actions: ['kms:Decrypt', 'kms:Get*'] },
  {
    principals: { arn: 'arn:${partition}:iam::${account}:root' },
    actions: 'kms:*',
    conditions: { Bool: { 'aws:MultiFactorAuthPresent': true } },
  },
);

const policyFile = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Root',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::${account}:root' },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Effect: 'Deny',
      Principal: '*',
      NotAction: ['kms:Describe*', 'kms:List*'],
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:PrincipalTag/team': '${aws:username}', 'aws:PrincipalAccount': ['${account}'] },
      },
    },
    {
      Effect: 'Allow',
      Principal: { AWS: ['999999999999', 'arn:aws:iam::111122223333:role/Reader'], Service: 'sns.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      NotResource: 'arn:aws:kms:*:999999999999:key/*',
    },
  ],
};

const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 2) => fc.array(arbitrary, { maxLength });

/** Sids must be unique in a policy. */
function withOwnSids(statements: readonly { readonly sid?: string }[], prefix: string) {
  return statements.map((statement, index) =>
    statement.sid ? { ...statement, sid: `${prefix} ${statement.sid} ${index}x` } : statement,
  );
}

function keyOf(app: Shape, index: number, name: string, { spec, usage }: Kind) {
  const { environment } = app.stacks[index] ?? {};
  const to = grantees(app, index);
  const statement = statementNaming(named(app, index));
  const isSymmetric = spec === 'SYMMETRIC_DEFAULT';
  const replica = fc.record(
    {
      environment: fc.constant('us'),
      aliases: fc.constant([`copy-of-${name}-${index}`]),
      grants: list(grantOn(usage, to)),
      admins: list(to),
    },
    { requiredKeys: ['environment'], noNullPrototype: true },
  );
  return fc
    .record(
      {
        spec: fc.constant(spec),
        usage: fc.constant(usage),
        standard: fc.constantFrom('base', 'strict'),
        description: fc.constantFrom('in ${region}', '$${account} ${account}', ''),
        aliases: fc.subarray([`${name}-${index}`, `app/${name}-${index}`]),
        removal: fc.constantFrom('retain', 'destroy'),
        enabled: fc.boolean(),
        pendingWindow: fc.constantFrom<unknown>(7, '10 days', '30d'),
        multiRegion: fc.boolean(),
        replicas: fc.tuple(replica),
        ...(isSymmetric && {
          rotation: fc.constantFrom<unknown>(
            true,
            false,
            '180 days',
            { enabled: true, period: 90 },
            { enabled: false },
          ),
          services: fc.subarray(['logs', 'cloudtrail', 'sns', 'events']),
        }),
        origin: fc.constant('EXTERNAL'),
        tags: fc.constantFrom<unknown>({ team: 'a' }, { owner: '${account}', '${b}': 'c' }),
        admins: list(to),
        policy: fc.oneof(
          fc.tuple(rootStatement, list(statement)).map(([root, more]): unknown => [root, ...more]),
          fc.array(statement, { minLength: 1, maxLength: 2 }),
          fc.constant({ file: 'policies/key.json' }),
        ),
        trustAccountIdentities: fc.constant(true),
        statements: list(statement),
        grants: list(grantOn(usage, to), 4),
      },
      { requiredKeys: ['spec', 'usage'], noNullPrototype: true },
    )
    .map(({ replicas, origin, rotation, policy, statements, ...rest }) => ({
      ...rest,
      ...(policy !== undefined && { policy: Array.isArray(policy) ? withOwnSids(policy, 'Policy') : policy }),
      ...(statements !== undefined && { statements: withOwnSids(statements, 'Statement') }),
      ...(rest.multiRegion === true && environment === 'eu' && replicas !== undefined && { replicas }),
      ...(origin !== undefined && isSymmetric ? { origin } : rotation !== undefined && { rotation }),
    }));
}

function createdPrincipals(app: Shape, index: number) {
  return fc.record(
    {
      api: fc.record({
        role: fc.record(
          {
            assumedBy: fc.oneof(
              fc.constantFrom<unknown>(
                'lambda.amazonaws.com',
                ['ec2.amazonaws.com', 'partner'],
                ['github'],
                ['saml', 'admin'],
              ),
              fc.array(
                named(app, index).filter((name) => name !== 'api'),
                { minLength: 1, maxLength: 2 },
              ),
            ),
            when: conditions,
            description: fc.constantFrom('of ${account}', ''),
            name: fc.constantFrom(`Fixed-${index}`, `other.name-${index}`),
            tags: fc.constant({ role: '${region}' }),
          },
          { requiredKeys: ['assumedBy'], noNullPrototype: true },
        ),
      }),
      batch: fc.constantFrom<unknown>({ user: {} }, { user: { name: `batch${index}`, tags: { a: 'b' } } }),
      auditors: fc.constantFrom<unknown>({ group: {} }, { group: { name: `auditors${index}` } }),
    },
    { noNullPrototype: true },
  );
}

const arns = [
  'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  'arn:aws:kms:us-east-1:999999999999:key/mrk-1234abcd12ab34cd56ef1234567890ab',
  'arn:${partition}:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab',
];

function importsOf(app: Shape, index: number) {
  const { environment } = app.stacks[index] ?? {};
  const to = grantees(app, index);
  // In the template of another stack, the account of a stack without an environment means nothing.
  const when = environment === undefined ? fc.constantFrom(...plainConditions) : conditions;
  const grants = list(grantOn('ENCRYPT_DECRYPT', to, when), 3);
  const earlier = app.stacks.slice(0, index).flatMap((stack) =>
    Object.entries(stack.keys).map(([name, { usage }]) => ({
      key: `${stack.name}.${name}`,
      usage,
      isNear: stack.environment === environment,
    })),
  );
  const shared = earlier.map(({ key, usage, isNear }) =>
    fc.record(
      {
        key: fc.constant(key),
        grants: list(grantOn(usage, to, when), 3),
        ...(isNear && { aliases: fc.constant([`again-${index}`]) }),
      },
      { requiredKeys: ['key'], noNullPrototype: true },
    ),
  );
  const aliases = fc.constant([`imported-${index}`]);
  return fc.record(
    {
      byArn: fc.oneof(
        fc.record({ arn: fc.constantFrom(...arns), grants }, { noNullPrototype: true }),
        fc.record({ arn: fc.constant(arns[2]), grants, aliases }, { noNullPrototype: true }),
      ),
      managed: fc.record({ alias: fc.constantFrom('aws/s3', 'alias/app/x'), grants }, { noNullPrototype: true }),
      ...(environment !== undefined && {
        found: fc.oneof(
          fc.record({ lookup: fc.constant({ alias: 'shared' }), grants }, { noNullPrototype: true }),
          fc.record(
            { lookup: fc.constant({ alias: 'alias/shared', environment: 'eu' }), grants },
            { noNullPrototype: true },
          ),
        ),
      }),
      ...(shared.length > 0 && { shared: fc.oneof(...shared) }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
}

function stackOf(app: Shape, index: number) {
  const { environment, keys } = app.stacks[index] ?? { environment: undefined, keys: {} };
  const names = Object.keys(keys);
  const attributes = [...names.map((name) => `keys.${name}`), 'imports.byArn', 'imports.shared'];
  const outputs = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.tuple(fc.constantFrom(...attributes), fc.constantFrom('arn', 'id', 'aliasName', 'aliasArn')),
    { maxKeys: 2, noNullPrototype: true },
  );
  return fc
    .record(
      {
        ...(environment !== undefined && { environment: fc.constant(environment) }),
        targets: fc.constantFrom(['cfn'], ['cfn', 'pulumi'], ...(index === 0 ? [] : [['terraform']])),
        tags: fc.constantFrom<unknown>({ stack: 'tag' }, { team: 'of ${account}' }),
        principals: createdPrincipals(app, index),
        keys: fc.record(
          Object.fromEntries(Object.entries(keys).map(([name, kind]) => [name, keyOf(app, index, name, kind)])),
          { noNullPrototype: true },
        ),
        imports: importsOf(app, index),
        outputs,
      },
      {
        requiredKeys: ['principals', 'keys', ...(environment !== undefined ? ['environment' as const] : [])],
        noNullPrototype: true,
      },
    )
    .map(({ outputs = {}, ...rest }) => ({
      ...rest,
      // Removes outputs of keys and aliases that do not exist.
      outputs: Object.fromEntries(
        Object.entries(outputs).flatMap(([name, [from, attribute]]) => {
          const [section, member = ''] = from.split('.');
          const section_ = section === 'keys' ? rest.keys : rest.imports;
          const found = (section_ as Readonly<Record<string, { readonly aliases?: readonly string[] }>> | undefined)?.[
            member
          ];
          const hasIt = found !== undefined && (!attribute.startsWith('alias') || (found.aliases ?? []).length > 0);
          return hasIt ? [[name, `in \${region}: \${${from}.${attribute}}`]] : [];
        }),
      ),
    }));
}

/** The context file, where every place has the alias `shared`. */
const context = {
  version: 1,
  aliases: Object.values(environments).map(({ account, region }) => ({
    account,
    region,
    alias: 'alias/shared',
    keyId: '0a1b2c3d-1111-2222-3333-444455556666',
    arn: `arn:${region.startsWith('cn-') ? 'aws-cn' : 'aws'}:kms:${region}:${account}:key/0a1b2c3d-1111-2222-3333-444455556666`,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
  })),
};

const settings = fc.record(
  {
    minimizePolicies: fc.boolean(),
    defaultKeyPolicies: fc.boolean(),
    aliasGrants: fc.constantFrom('none', 'identity'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Returns a project in which every principal is in the partition of its stack, since no policy gives access to another partition. */
function inOwnPartition<T>(whole: T): T {
  return JSON.parse(JSON.stringify(whole).replaceAll(/arn:aws:(?=iam|sts)/g, 'arn:$${partition}:')) as T; // plain data
}

/**
 * Generates projects. Not always valid: stacks may need each other, or share values that cannot be shared. Use the projects that compile.
 */
export const anyApp: fc.Arbitrary<Files> = fc
  .tuple(shape, settings)
  .chain(([app, settings]) =>
    fc.tuple(
      fc.constant(settings),
      ...app.stacks.map((stack, index) => fc.tuple(fc.constant(stack.name), stackOf(app, index))),
    ),
  )
  .map(([settings, ...stacks]) => {
    const isChina = stacks.some(([, stack]) => 'environment' in stack && stack.environment === 'cn');
    return isChina ? inOwnPartition(appOf(settings, stacks)) : appOf(settings, stacks);
  });

function appOf(settings: unknown, stacks: readonly (readonly [string, unknown])[]): Files {
  return {
    'keywright.yaml': {
      keywright: 1,
      app: 'any',
      settings,
      environments,
      principals,
      standards: {
        base: { admins: ['admin'], tags: { standard: 'base' }, grants: [{ to: 'analyst', can: 'describe' }] },
        strict: {
          standard: 'base',
          removal: 'destroy',
          statements: [{ effect: 'Deny', principals: 'everyone', actions: 'kms:Delete*' }],
        },
      },
      stacks: Object.fromEntries(stacks),
    },
    'keywright.context.json': context,
    'policies/key.json': policyFile,
  };
}
