/** Generates arbitrary valid projects for property tests, with everything that the language has. */
import { capabilities } from '@keywright/core/kms/capabilities';
import { type KeySpec, usagesOfSpec } from '@keywright/core/kms/key-specs';
import fc from 'fast-check';

/** Text that means something in YAML, HCL, TypeScript or a policy, or that a reader cannot see. */
const nastyTexts = [
  '',
  ' ',
  'yes',
  'null',
  '0123',
  '1e3',
  '2026-11-24',
  'a: b',
  '- a',
  '# a',
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  '*/',
  '${a}',
  '${',
  '$${a}',
  '%{ if a }',
  '%%{',
  '!Sub a',
  '<<EOT',
  'a\nb',
  'a\r\nb\n',
  '\t',
  '\u2028',
  '\u202e',
  '\u{1f511}\ufe0f',
  '\u00e9',
  'é'.normalize('NFC'),
  '}',
  '")',
  '{{a}}',
  '__proto__',
];

/**
 * Text that a user may write. It is in normal form C and has no lone surrogates, because Terraform brings all strings to this form.
 * CloudFormation would not evaluate any part of it (KW4101).
 */
const anyText = fc
  .oneof(
    fc.constantFrom(...nastyTexts),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'a${}%"\'`\\\n:#- !*/'), maxLength: 10 }),
  )
  .map((text) => text.normalize('NFC'))
  .filter((text) => !/\p{Surrogate}/u.test(text) && !text.includes('{{resolve:') && !text.includes('\0'));

/** `anyText` as written in YAML: every `${` is doubled, because it would start a placeholder. */
const writtenText = anyText.map((text) => text.replaceAll('${', () => '$${'));

const withPlaceholder = placedIn(writtenText);

function placedIn(text: fc.Arbitrary<string>) {
  return fc.oneof(
    { weight: 3, arbitrary: text },
    { weight: 1, arbitrary: fc.constantFrom('${account}', 'in ${region}', '${partition}/${dnsSuffix}', '$${account}') },
  );
}

/** `anyText` without characters that KMS and IAM refuse in policies, or that IAM refuses in descriptions. */
const policyText = anyText.filter((text) => /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/.test(text));
const writtenPolicyText = policyText.map((text) => text.replaceAll('${', () => '$${'));

const account = fc.constantFrom('111122223333', '444455556666');
const pathName = fc.constantFrom('Admin', 'team/Reader', 'x+y=z,.@-_');

const inlinePrincipal = fc.oneof(
  fc.record({ role: fc.tuple(account, pathName).map(([id, name]) => `arn:aws:iam::${id}:role/${name}`) }),
  fc.record({
    role: pathName.map((name) => `arn:aws:iam::\${account}:role/${name}`),
    mutable: fc.boolean(),
  }),
  fc.record({ user: fc.tuple(account, pathName).map(([id, name]) => `arn:aws:iam::${id}:user/${name}`) }),
  fc.record({ account: fc.constantFrom('111122223333', '999999999999') }),
  fc.constant({ organization: 'o-a1b2c3d4e5' }),
  fc.constant({ orgUnit: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111' }),
  fc.record({ service: fc.constantFrom('logs', 'events', 'delivery.logs.amazonaws.com') }),
  fc.constant({ federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }),
  fc.constant({ arn: 'arn:aws:sts::111122223333:assumed-role/App/i-1' }),
);

const conditionKeys = fc.oneof(
  fc.constantFrom('kms:EncryptionContext:tenant', 'aws:SourceArn', 'aws:PrincipalTag/team'),
  policyText.filter((text) => text !== '').map((text) => `kms:EncryptionContext:${text}`),
);
const conditionValue = fc.oneof(placedIn(writtenPolicyText), fc.boolean(), fc.integer({ min: 0, max: 9 }));
const conditions = fc.dictionary(
  fc.constantFrom('StringEquals', 'StringNotLike', 'ForAnyValue:StringEquals', 'StringLike'),
  fc.dictionary(conditionKeys, fc.oneof(conditionValue, fc.array(conditionValue, { minLength: 1, maxLength: 3 })), {
    minKeys: 1,
    maxKeys: 2,
  }),
  { minKeys: 1, maxKeys: 2 },
);

/** Text that KMS and IAM accept in tags. */
const iamText = fc.string({ unit: fc.constantFrom(...'aB7é_.:/=+-@ '), maxLength: 10 });
const iamTags = fc.dictionary(
  iamText.filter((text) => text !== '' && !/^aws:/i.test(text)),
  fc.oneof(iamText, fc.constantFrom('${account}', 'in ${region}', '${partition}/${dnsSuffix}')),
  { maxKeys: 3 },
);

const actions = fc.uniqueArray(
  fc.constantFrom('kms:Decrypt', 'kms:Describe*', 'kms:CreateGrant', 'kms:GenerateDataKey*', 'kms:*'),
  { minLength: 1, maxLength: 3 },
);

const kinds = Object.entries(usagesOfSpec).flatMap(([spec, usages]) =>
  spec === 'SM2' ? [] : usages.map((usage) => ({ spec: spec as KeySpec, usage })),
); // Object.entries loses the type of the keys

function keyOf(references: fc.Arbitrary<string>) {
  const principal = fc.oneof({ weight: 2, arbitrary: references }, { weight: 3, arbitrary: inlinePrincipal });
  const grant = (usage: string) =>
    fc.record(
      {
        to: fc.oneof(principal, fc.array(principal, { minLength: 1, maxLength: 2 })),
        can: fc.oneof(
          fc.constantFrom(...capabilities.filter((word) => usageOf(word) === undefined || usageOf(word) === usage)),
          actions,
        ),
        via: fc.constantFrom('s3', ['s3', 'ec2']),
        when: conditions,
      },
      { requiredKeys: ['to', 'can'] },
    );
  const statement = (...sids: readonly string[]) =>
    fc.record(
      {
        sid: fc.constantFrom(...sids),
        effect: fc.constantFrom('Allow', 'Deny'),
        principals: fc.array(inlinePrincipal, { minLength: 1, maxLength: 3 }),
        actions,
        resources: fc.constantFrom('*', ['*', 'arn:aws:kms:${region}:${account}:key/*']),
        conditions,
      },
      { requiredKeys: ['principals', 'actions'] },
    );
  return fc.constantFrom(...kinds).chain(({ spec, usage }) => {
    const symmetric = spec === 'SYMMETRIC_DEFAULT';
    return fc.record(
      {
        spec: fc.constant(spec),
        usage: fc.constant(usage),
        description: withPlaceholder,
        ...(symmetric && { rotation: fc.constantFrom<unknown>(true, false, '180 days', 365) }),
        enabled: fc.boolean(),
        pendingWindow: fc.integer({ min: 7, max: 30 }),
        removal: fc.constantFrom('retain', 'destroy'),
        multiRegion: fc.boolean(),
        tags: iamTags,
        statements: fc.uniqueArray(statement('One', 'Two words'), { maxLength: 2, comparator: haveOneSid }),
        policy: fc.uniqueArray(statement('Three', ''), { minLength: 1, maxLength: 2, comparator: haveOneSid }),
        admins: fc.array(references, { maxLength: 2 }),
        ...(symmetric && { services: fc.subarray(['logs', 'cloudtrail']) }),
        grants: fc.array(grant(usage), { maxLength: 3 }),
      },
      { requiredKeys: ['spec', 'usage'] },
    );
  });
}

function haveOneSid(one: { readonly sid?: string }, other: { readonly sid?: string }): boolean {
  return one.sid !== undefined && one.sid === other.sid;
}

function usageOf(capability: string): string | undefined {
  if (/crypt/i.test(capability)) return 'ENCRYPT_DECRYPT';
  if (/mac/i.test(capability)) return 'GENERATE_VERIFY_MAC';
  if (/sign|verify/i.test(capability)) return 'SIGN_VERIFY';
  return capability === 'deriveSharedSecret' ? 'KEY_AGREEMENT' : undefined;
}

const created = (key: string) =>
  fc.oneof(
    fc.record({
      role: fc.record(
        {
          assumedBy: fc.constantFrom<unknown>('lambda.amazonaws.com', [
            'ec2.amazonaws.com',
            { account: '999999999999' },
          ]),
          description: placedIn(writtenPolicyText),
          name: fc.constantFrom(`Fixed-${key}`, `other.${key}`),
          when: conditions,
          tags: iamTags,
        },
        { requiredKeys: ['assumedBy'] },
      ),
    }),
    fc.record({ user: fc.record({ tags: iamTags }, { requiredKeys: [] }) }),
  );

const anyTargets = fc.option(
  fc.subarray(['cfn', 'terraform', 'pulumi'], { minLength: 1 }),
  { nil: undefined, freq: 8 }, // most stacks are for all targets
);

/** Replaces references to the first stack, because it is an error if two stacks need each other. */
function withoutFirst<T>(stack: T): T {
  return JSON.parse(JSON.stringify(stack).replaceAll('"first.api"', '"reader"')) as T; // plain data
}

/** Not always valid: two conditions may clash, or a policy may lock everybody out. Use the compiler's diagnostics as a filter. */
export const anyProject = fc
  .record({
    first: fc.record({
      environment: fc.constantFrom('eu', undefined),
      tags: iamTags,
      principals: fc.record({ api: created('api'), batch: created('batch') }),
      keys: fc.record(
        { orders: keyOf(fc.constantFrom('api', 'batch', 'admins')), other: keyOf(fc.constant('admins')) },
        {
          requiredKeys: ['orders'],
        },
      ),
      replicated: fc.boolean(),
      aliases: fc.subarray(['orders', 'app/orders']),
    }),
    second: fc.record({
      environment: fc.constantFrom('eu', 'data'),
      targets: anyTargets,
      principals: fc.record({ reader: created('reader') }),
      keys: fc.record({ own: keyOf(fc.constantFrom('reader', 'first.api', 'admins')) }, { requiredKeys: [] }),
      grant: fc.record({ to: fc.constantFrom('reader', 'admins'), can: actions }),
      importsKey: fc.boolean(),
    }),
    minimize: fc.boolean(),
    legacy: fc.boolean(),
  })
  .map(({ first, second, minimize, legacy }) => {
    const { replicated, aliases, keys, environment, ...rest } = first;
    const canReplicate = replicated && environment !== undefined && keys.orders.multiRegion === true;
    const replica = { environment: 'us', tags: rest.tags, aliases };
    const { importsKey, grant, targets, ...other } = second;
    return {
      keywright: 1,
      app: 'any',
      settings: { minimizePolicies: minimize, ...(legacy && { defaultKeyPolicies: false }) },
      environments: {
        eu: { account: '111122223333', region: 'eu-west-1' },
        us: { account: '111122223333', region: 'us-east-1' },
        data: { account: '444455556666', region: 'eu-west-1' },
      },
      principals: {
        admins: { anyOf: ['one', { role: 'arn:aws:iam::111122223333:role/Two' }] },
        one: { role: 'arn:aws:iam::${account}:role/One' },
      },
      stacks: {
        first: {
          ...rest,
          ...(environment !== undefined && { environment }),
          keys: { ...keys, orders: { ...keys.orders, aliases, ...(canReplicate && { replicas: [replica] }) } },
          outputs: { ordersArn: '${keys.orders.arn}', text: 'of ${account}: ${keys.orders.id}' },
        },
        second: {
          ...(importsKey ? withoutFirst(other) : other),
          ...(targets !== undefined && { targets }),
          imports: {
            byArn: {
              arn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
              grants: [grant],
            },
            ...(importsKey && { shared: { key: 'first.orders', grants: [grant] } }),
          },
        },
      },
    };
  });
