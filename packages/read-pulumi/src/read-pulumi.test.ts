import { literal } from '@keywright/core/ir/expression';
import { programSchema } from '@keywright/core/ir/program';
import { keySpecs } from '@keywright/core/kms/key-specs';
import { describe, expect, test } from 'vitest';
import { fixture } from './fixtures.test-support.ts';
import { readPulumi } from './read-pulumi.ts';

function read(deployment: unknown, version: unknown = 3) {
  return readPulumi({ path: 'export.json', text: JSON.stringify({ version, deployment }) });
}

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const root = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }],
};

function key(name: string, place = 'eu-west-1:111122223333', outputs: object = {}) {
  const type = 'aws:kms/key:Key';
  const arn = `arn:aws:kms:${place}:key/${name}-id`;
  const policy = JSON.stringify(root);
  return { urn: urn(type, name), custom: true, type, id: `${name}-id`, outputs: { policy, arn, ...outputs } };
}

test.each([
  ['arn:aws:kms:eu-west-1:111122223333:key/a-id', ['KW8106']],
  ['a-id', []],
  ['arn:aws:kms:eu-west-1:111122223333:key/elsewhere', []],
])('a KMS grant on %s is %j, because the generated program names a key of the export by its id', (keyId, codes) => {
  const type = 'aws:kms/grant:Grant';
  const inputs = { name: 'g', keyId, granteePrincipal: 'arn:aws:iam::111122223333:role/app', operations: ['Decrypt'] };
  const outputs = { ...inputs, grantId: 'g1' };
  const grant = { urn: urn(type, 'g'), custom: true, type, id: 'a-id:g1', inputs, outputs };
  const { program, diagnostics } = read({ resources: [key('a'), grant] });
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(program.stacks[0]?.resources.some((one) => one.kind === 'kmsGrant')).toBe(true);
});

test('an output is in the stack of the key that it names, and in the first stack if no stack has that key', () => {
  const arn = (name: string, place: string) => `arn:aws:kms:${place}:key/${name}-id`;
  const [here, there] = ['eu-west-1:111122223333', 'us-east-1:111122223333'] as const;
  const [a, b, c] = [arn('a', here), arn('b', there), arn('c', 'eu-west-1:444455556666')];
  const type = 'pulumi:pulumi:Stack';
  const outputs = { a, b, c, both: `${a},${b}` };
  const { program } = read({
    resources: [{ urn: urn(type, 'shop-dev'), custom: false, type, outputs }, key('a', here), key('b', there)],
  });
  expect(program.stacks.map((stack) => stack.outputs.map(({ name }) => name))).toEqual([
    ['a', 'c', 'both'],
    ['b', 'both'],
  ]);
});

test('an output about a key that cannot be kept is reported', () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/a-id';
  const type = 'pulumi:pulumi:Stack';
  const elsewhere = 'arn:aws:kms:eu-west-1:444455556666:key/b-id';
  const outputs = { arn, elsewhere, all: [arn], text: `the key ${arn}`, bucket: 'shop-orders' };
  const { program, diagnostics } = read({
    resources: [{ urn: urn(type, 'shop-dev'), custom: false, type, outputs }, key('a')],
  });
  expect(program.stacks[0]?.outputs).toMatchObject([
    { name: 'arn' },
    { name: 'elsewhere', value: { kind: 'literal', text: elsewhere } },
    { name: 'text', value: { kind: 'concat', parts: [{ text: 'the key ' }, { resource: 'key/a', attribute: 'arn' }] } },
  ]);
  expect(diagnostics.map(({ code, message }) => `${code} ${message.split(':')[0]}`)).toEqual([
    'KW8103 the output all is left out',
  ]);
});

test('a key policy that names its key by its ARN means `*`', () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/a-id';
  const policy = JSON.stringify({ ...root, Statement: [{ ...root.Statement[0], Resource: arn }] });
  const { program, diagnostics } = read({ resources: [key('a', 'eu-west-1:111122223333', { policy })] });
  expect(program.stacks[0]?.resources).toMatchObject([{ policy: { statements: [{ resources: [{ text: '*' }] }] } }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['KW8003']);
});

test('no line of an export is shown', () => {
  const { diagnostics, sources } = read({
    resources: [key('a', 'eu-west-1:111122223333', { policy: 5, token: 'hunter2' })],
  });
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(sources.size).toBe(0);
});

describe('an export with a component, a replica, a key policy and a role', () => {
  const { program, diagnostics, leftOut, origins } = readPulumi(fixture('component.json'));
  const [stack] = program.stacks;
  const resource = (id: string) => stack?.resources.find((one) => one.id === id);

  test('is read completely', () => {
    expect(diagnostics).toMatchObject([
      { code: 'KW8003' },
      {
        code: 'KW8100',
        message:
          'aws:kms/keyPolicy:KeyPolicy::orders becomes part of aws:kms/key:Key::orders key: if Pulumi deletes aws:kms/keyPolicy:KeyPolicy::orders, the key gets the default policy',
        span: { line: 173 },
      },
      { code: 'KW8101', message: expect.stringContaining('is a child of `acme:security:KeySet`'), span: { line: 124 } },
    ]);
    expect(programSchema.safeParse(program).error).toBeUndefined();
    expect(stack?.environment).toEqual({
      name: 'prod',
      account: '111122223333',
      region: 'us-east-1',
      partition: 'aws',
    });
    expect(stack?.outputs).toMatchObject([
      { name: 'ordersKeyArn', value: { kind: 'reference', resource: 'key/orders-key', attribute: 'arn' } },
    ]);
    expect(stack?.replicaEnvironments.map(({ region }) => region)).toEqual(['eu-west-1']);
    expect(stack?.resources.map(({ id }) => id)).toEqual([
      'role/api',
      'key/orders-key',
      'replicaKey/orders-key@prod-eu-west-1',
      'alias/orders-key/shop/orders',
      'alias/orders-key@prod-eu-west-1/shop/orders',
      'alias/imports.legacy/legacy',
      'identityPolicy/role/api',
      'kmsGrant/orders-key/workers-1a2b3c4',
      'sharedParameter//keywright/shop/shop/keys.orders.arn',
    ]);
  });

  test('gives the place of each resource', () => {
    expect(origins.get('shop')?.get('key/orders-key')).toEqual({
      address: 'urn:pulumi:prod::shop::acme:security:KeySet$aws:kms/key:Key::orders key',
      physicalId: 'mrk-1111aaaa22bb33cc44dd5555eeee6666',
    });
    expect(resource('key/orders-key')).toMatchObject({
      names: { pulumi: 'orders key' },
      source: { span: { file: 'component.json', line: 124 } },
    });
  });

  test('gives the key the policy that is a separate resource', () => {
    expect(resource('key/orders-key')).toMatchObject({
      removal: 'retain',
      rotation: { enabled: true, periodDays: 180 },
      tags: [{ name: 'cost' }, { name: 'team' }],
      policy: {
        id: { text: 'orders-2' },
        statements: [
          { sid: 'Root' },
          {
            sid: 'Use',
            principals: [
              { kind: 'aws', arn: { kind: 'reference', resource: 'role/api', attribute: 'arn' } },
              { kind: 'aws', arn: literal('arn:aws:iam::111122223333:role/ci/Deployer') },
            ],
            // The policy names its key by the key's ARN.
            resources: [literal('*')],
          },
        ],
      },
    });
  });

  test('lists the resources that are not read: roles that Keywright cannot express, buckets, secrets', () => {
    expect(leftOut.map(({ type }) => type)).toEqual([
      'aws:iam/role:Role',
      'aws:s3/bucketV2:BucketV2',
      'aws:ssm/parameter:Parameter',
      'aws:ssm/parameter:Parameter',
    ]);
  });
});

test('anything unreadable is left out, with an error at its place', () => {
  const { program, diagnostics } = readPulumi(fixture('troubled.json'));
  expect(program.stacks[0]?.resources.map(({ id }) => id)).toEqual([
    'key/good',
    'alias/imports.hidden/hidden',
    'alias/good/good',
  ]);
  expect(diagnostics.map(({ code, span, message }) => `${span?.line} ${code} ${message}`)).toEqual([
    '489 KW8092 this entry of the export is not a resource: it has no URN',
    '497 KW8098 aws:kms/key:Key::halfway is in the middle of updating',
    '537 KW8098 aws:kms/key:Key::unborn is in the middle of creating',
    '268 KW8098 aws:kms/key:Key::good is replaced, and its old key aaaaaaaa-0000-4000-8000-000000000007 is still to be deleted',
    '478 KW8097 aws-extra:kms:Key::native is left out: Keywright does not read aws-extra:kms:Key',
    '405 KW8095 aws:kms/replicaKey:ReplicaKey::far is a replica of arn:aws:kms:eu-west-1:111122223333:key/mrk-2, which is not read from this export',
    '423 KW8096 aws:kms/keyPolicy:KeyPolicy::far cannot be attached to its key: its key mrk-3 is not read from this export',
    '83 KW8001 the policy of aws:kms/key:Key::hidden is not known: it is a secret',
    '126 KW8001 the policy of aws:kms/key:Key::shown is not known: it is a secret',
    '188 KW8000 the policy of aws:kms/key:Key::broken cannot be read: it is not JSON',
    '196 KW8093 `policy` of aws:kms/key:Key::bare cannot be read: it is missing',
    `248 KW8093 \`customerMasterKeySpec\` of aws:kms/key:Key::newer cannot be read: it is not one of ${keySpecs.join(', ')}`,
    '387 KW8094 aws:kms/externalKey:ExternalKey::imported has `keyMaterialBase64`, which Keywright cannot express: Pulumi holds the key material, and replaces the key if the material is no longer given',
  ]);
});

test.each([
  [{ pendingReplacement: true }, 'deleted, but not created again yet', 'finish it with `pulumi up`'],
  [
    { taint: true },
    'marked to be replaced by the next update',
    `\`pulumi state untaint '${urn('aws:kms/key:Key', 'a')}'\``,
  ],
  [{ initErrors: ['x'] }, 'only partly created', 'finish it with `pulumi up`'],
])('a key with %o is left out', (fields, state, advice) => {
  const { program, diagnostics } = read({ resources: [{ ...key('a'), ...fields }] });
  expect(program.stacks).toEqual([]);
  const help = expect.stringContaining(advice);
  expect(diagnostics).toMatchObject([{ code: 'KW8098', message: `aws:kms/key:Key::a is ${state}`, help }]);
});

test('keys in several accounts and regions become several stacks', () => {
  const resources = [key('a'), key('b', 'us-east-1:111122223333'), key('c', 'eu-west-1:444455556666'), key('d')];
  const { program, origins } = read({ resources });
  expect(program.stacks.map(({ name, environment, resources }) => [name, environment.name, resources.length])).toEqual([
    ['shop-dev-111122223333-eu-west-1', 'dev-111122223333-eu-west-1', 2],
    ['shop-dev-111122223333-us-east-1', 'dev-111122223333-us-east-1', 1],
    ['shop-dev-444455556666-eu-west-1', 'dev-444455556666-eu-west-1', 1],
  ]);
  expect([...origins.keys()]).toEqual(program.stacks.map(({ name }) => name));
});

describe('a stack in several places', () => {
  const place = (account: string, region: string) => `${region}:${account}`;
  const provider = (name: string, inputs: object = {}) => {
    const type = 'pulumi:providers:aws';
    return { urn: urn(type, name), custom: true, type, id: 'p', inputs, outputs: inputs };
  };
  const by = (name: string, one: object) => ({ ...one, provider: `${urn('pulumi:providers:aws', name)}::p` });
  const namesIn = (resources: readonly unknown[]) => {
    const { program, diagnostics } = read({ resources });
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW8104']);
    return program.stacks.map((stack) => [
      stack.environment.name,
      ...stack.resources.map(({ id, names }) => [id, ...Object.values(names)].join(' ')),
    ]);
  };

  test('gives keys the same name if their names differ only in words for the place, and pins no name in Pulumi', () => {
    const keys = ['shop', 'lab'].flatMap((owner, index) => {
      const [name, where] = [`${owner}-use1`, place(`11112222333${index}`, 'us-east-1')];
      return [
        provider(name),
        by(name, key(`orders-${owner}-us-east-1`, where)),
        by(name, key(`${owner}_audit.logs-use1`, where)),
        by(name, key(`${owner}-only-${index === 0 ? 'here' : 'there'}`, where)),
      ];
    });
    expect(namesIn(keys)).toEqual([
      ['shop-use1', 'key/orders', 'key/audit-logs', 'key/shop-only-here'],
      ['lab-use1', 'key/orders', 'key/audit-logs', 'key/lab-only-there'],
    ]);
  });

  test('is named after its providers, without words that any provider could have', () => {
    const keys = ['dev', 'live'].flatMap((stage, index) => [
      provider(`aws-${stage}`),
      by(`aws-${stage}`, key(`orders-${stage}`, place(`11112222333${index}`, 'us-east-1'))),
    ]);
    expect(namesIn(keys)).toEqual([
      ['dev', 'key/orders'],
      ['live', 'key/orders'],
    ]);
  });

  test('gives keys with numbered names the same names in each place, by position', () => {
    const keys = [0, 1, 2, 3].map((index) =>
      key(`key-${index}`, place('111122223333', index < 2 ? 'us-east-1' : 'eu-west-1')),
    );
    expect(namesIn(keys)).toEqual([
      ['dev-us-east-1', 'key/key-1', 'key/key-2'],
      ['dev-eu-west-1', 'key/key-1', 'key/key-2'],
    ]);
  });

  test('keeps names that follow no common pattern', () => {
    const [here, there] = [place('111122223333', 'us-east-1'), place('444455556666', 'us-east-1')];
    expect(
      namesIn([
        key('orders-key', here),
        key('invoices-key', there),
        key('key-1', here),
        key('key-2', here),
        key('key-3', there),
      ]),
    ).toEqual([
      ['dev-111122223333-us-east-1', 'key/orders-key', 'key/key-1', 'key/key-2'],
      ['dev-444455556666-us-east-1', 'key/invoices-key', 'key/key-3'],
    ]);
  });

  test('names the region of its replicas, not an environment, if the region is the same in all accounts', () => {
    const accounts = ['111122223333', '444455556666'];
    const resources = accounts.flatMap((account) => {
      const primary = key(`${account}-orders`, place(account, 'us-east-1'), { multiRegion: true });
      const type = 'aws:kms/replicaKey:ReplicaKey';
      const { arn } = primary.outputs as { readonly arn?: string };
      const outputs = { ...primary.outputs, arn: arn?.replace('us-east-1', 'eu-west-1'), primaryKeyArn: arn };
      return [primary, { ...primary, urn: urn(type, `${account}-copy`), type, outputs }];
    });
    expect(namesIn(resources)).toEqual(
      accounts.map((account) => [
        `dev-${account}-us-east-1`,
        'key/orders',
        `replicaKey/orders@dev-${account}-eu-west-1`,
      ]),
    );
    const { program } = read({ resources });
    expect(program.stacks.map((stack) => stack.resources[1])).toMatchObject(accounts.map(() => ({ byRegion: true })));
  });
});

test('keys of the provider aws-native are read', () => {
  const provider = {
    urn: urn('pulumi:providers:aws-native', 'n'),
    custom: true,
    type: 'pulumi:providers:aws-native',
    inputs: { region: 'eu-west-1' },
  };
  const keyPolicy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }],
  };
  const native = (type: string, name: string, id: string, outputs: object) => ({
    urn: urn(`aws-native:kms:${type}`, name),
    custom: true,
    type: `aws-native:kms:${type}`,
    id,
    provider: `${provider.urn}::1`,
    outputs,
  });
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const outputs = {
    keyPolicy,
    arn,
    keyId: '1',
    enabled: false,
    keySpec: 'RSA_2048',
    keyUsage: 'SIGN_VERIFY',
    origin: 'EXTERNAL',
    pendingWindowInDays: 9,
    tags: [{ key: 'team', value: 'shop' }],
  };
  const resources = [
    provider,
    native('Key', 'orders', '1', outputs),
    native('Alias', 'orders', 'alias/orders', { aliasName: 'alias/orders', targetKeyId: '1' }),
  ];
  const { program, diagnostics } = read({ resources });
  // With its type in the generated program, Pulumi would create another key.
  expect(diagnostics.map(({ code, message }) => `${code} ${message.split(',')[0]}`)).toEqual([
    'KW8105 aws-native:kms:Key::orders has a type from `@pulumi/aws-native`',
    'KW8105 aws-native:kms:Alias::orders has a type from `@pulumi/aws-native`',
  ]);
  expect(program.stacks).toMatchObject([
    {
      environment: { account: '111122223333', region: 'eu-west-1' },
      resources: [
        {
          kind: 'key',
          enabled: false,
          spec: 'RSA_2048',
          usage: 'SIGN_VERIFY',
          origin: 'EXTERNAL',
          pendingWindowDays: 9,
          tags: [{ name: 'team', value: literal('shop') }],
          policy: { statements: [{ principals: [{ kind: 'anyone' }] }] },
        },
        { kind: 'alias', aliasName: 'alias/orders', target: { resource: 'key/orders', attribute: 'id' } },
      ],
    },
  ]);
});

test('an integer that Pulumi marks as such is a number', () => {
  const marked = { '4dabf18193072939515e22adb298388d': '7eb310220ed6211bd6f147f2a75bfbb6', value: '7' };
  const { program } = read({ resources: [key('a', undefined, { deletionWindowInDays: marked })] });
  expect(program.stacks[0]?.resources).toMatchObject([{ pendingWindowDays: 7 }]);
});

test('names are unique and valid, whatever they are in Pulumi', () => {
  const parent = 'acme:index:Set$aws:kms/key:Key';
  const resources = [key('a b'), key('a-b'), { ...key('a b'), urn: urn(parent, 'a b') }, key('1'), key('ключ')];
  const { program } = read({ resources });
  expect(program.stacks[0]?.resources.map(({ id, names }) => [id, names.pulumi])).toEqual([
    ['key/a-b', 'a b'],
    ['key/a-b-2', 'a-b'],
    ['key/a-b-3', 'a b'],
    ['key/key-1', '1'],
    ['key/key', 'ключ'],
  ]);
});

describe('a file', () => {
  const other = { urn: urn('a:b:C', 'd'), type: 'a:b:C', custom: true };
  const deployed = (...resources: readonly unknown[]) => JSON.stringify({ version: 3, deployment: { resources } });
  test.each([
    ['empty', '', 'KW8090 this is not an export of a Pulumi stack: the file is empty'],
    [
      'a part of an export',
      '{"version":3,"deployment":{',
      'KW8090 this is not an export of a Pulumi stack: it ends in the middle',
    ],
    ['a list', '[]', 'KW8090 this is not an export of a Pulumi stack: it has no `version`'],
    ['a template', '{"Resources":{}}', 'KW8090 this is not an export of a Pulumi stack: it has no `version`'],
    [
      'a Terraform state',
      '{"version":4,"terraform_version":"1.11.4","resources":[]}',
      'KW8090 this is not an export of a Pulumi stack: it has no `deployment`',
    ],
    [
      'an export without a deployment',
      '{"version":3,"deployment":null}',
      'KW8090 this is not an export of a Pulumi stack: it has no `deployment`',
    ],
    [
      'an export of version 2',
      '{"version":2,"deployment":{"resources":[]}}',
      'KW8091 this export has version 2; Keywright reads versions 3 and 4',
    ],
    [
      'an export whose resources are not a list',
      '{"version":3,"deployment":{"resources":{}}}',
      'KW8090 this is not an export of a Pulumi stack: `resources` and `pending_operations` have to be lists',
    ],
    [
      'an export without resources',
      '{"version":3,"deployment":{"manifest":{}}}',
      'KW8099 this export has no resources',
    ],
    [
      'an export without keys',
      deployed(other),
      'KW8099 this export has 1 resource, but no key, alias, KMS grant or IAM principal that Keywright reads',
    ],
    [
      'an export with the same URN twice',
      deployed(key('a'), key('a')),
      'KW8092 this entry of the export is not a resource: there are two resources with the URN urn:pulumi:dev::shop::aws:kms/key:Key::a',
    ],
  ])('is refused if it is %s', (_, text, expected) => {
    const { diagnostics } = readPulumi({ path: 'export.json', text });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([expected]);
  });

  test.each(['index.ts', 'app/main.go', '__main__.py', 'Pulumi.yaml'])('called %s is refused as a program', (path) => {
    expect(readPulumi({ path, text: 'const places = ["us-east-1"];' }).diagnostics).toMatchObject([
      { code: 'KW8090', message: expect.stringContaining('it is a program'), help: expect.stringContaining('export') },
    ]);
  });

  test('is read as an export if it is a checkpoint of a file backend, or has version 4', () => {
    const latest = { resources: [key('a')] };
    const text = JSON.stringify({ version: 3, checkpoint: { stack: 'organization/shop/dev', latest } });
    expect(readPulumi({ path: 'dev.json', text }).program.stacks).toHaveLength(1);
    expect(read({ resources: [key('a')] }, 4).program.stacks).toHaveLength(1);
  });
});

describe('the report of options and inputs that are not imported', () => {
  const codesOf = (resource: object) => {
    const { program, diagnostics } = read({ resources: [resource] });
    const ids = program.stacks.flatMap(({ resources }) => resources.map(({ id }) => id));
    return { ids, messages: diagnostics.map(({ code, message }) => `${code} ${message}`) };
  };

  test.each<[string, unknown]>([
    ['customTimeouts', { create: 300, update: 0, delete: 0 }],
    ['deletedWith', urn('aws:s3/bucketV2:BucketV2', 'b')],
    ['ignoreChanges', ['tags']],
    ['replaceOnChanges', ['*']],
    ['resourceHooks', { beforeCreate: ['hook'] }],
  ])('includes the option %s', (option, value) => {
    expect(codesOf({ ...key('a'), [option]: value })).toEqual({
      ids: ['key/a'],
      messages: [`KW8102 the option \`${option}\` of aws:kms/key:Key::a is not imported`],
    });
  });

  test('does not include an empty option', () => {
    const options = {
      customTimeouts: { create: 0, update: 0, delete: 0 },
      ignoreChanges: [],
      aliases: [urn('old', 'a')],
    };
    expect(codesOf({ ...key('a'), ...options })).toEqual({ ids: ['key/a'], messages: [] });
  });

  test('includes an input that is not read', () => {
    expect(codesOf({ ...key('a'), inputs: { __defaults: [], isEnabled: true, other: 1 } })).toEqual({
      ids: [],
      messages: [
        'KW8094 aws:kms/key:Key::a has `other`, which Keywright cannot express: its language has no word for this',
      ],
    });
  });

  test('does not include an empty input', () => {
    expect(codesOf({ ...key('a'), inputs: { other: '', more: [], less: false } })).toEqual({
      ids: ['key/a'],
      messages: [],
    });
  });

  test('includes a principal or parameter with an unknown input, which stays with Pulumi', () => {
    const trust = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    const role = { urn: urn('aws:iam/role:Role', 'r'), custom: true, type: 'aws:iam/role:Role', id: 'r' };
    const parameter = {
      urn: urn('aws:ssm/parameter:Parameter', 'p'),
      custom: true,
      type: 'aws:ssm/parameter:Parameter',
      id: '/keywright/a/b/c',
    };
    const ofParameter = { name: '/keywright/a/b/c', type: 'String', value: 'alias/a' };
    const typesOf = (more: object) => {
      const resources = [
        {
          ...role,
          inputs: { assumeRolePolicy: trust, ...more },
          outputs: { name: 'r', assumeRolePolicy: trust, arn: 'arn:aws:iam::111122223333:role/r' },
        },
        { ...parameter, inputs: { ...ofParameter, ...more }, outputs: ofParameter },
        key('a'),
      ];
      const { program, leftOut } = read({ resources });
      return {
        left: leftOut.map(({ type }) => type),
        kinds: program.stacks.flatMap((stack) => stack.resources.map(({ kind }) => kind)),
      };
    };
    expect(typesOf({})).toEqual({ left: [], kinds: ['role', 'key', 'sharedParameter'] });
    expect(typesOf({ other: 1 })).toEqual({
      left: ['aws:iam/role:Role', 'aws:ssm/parameter:Parameter'],
      kinds: ['key'],
    });
  });
});
