import { concat, type Expression, literal } from '@keywright/core/ir/expression';
import { policiesOf } from '@keywright/core/ir/policies-of';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Alias, IdentityPolicy, Key, ReplicaKey, Resource, Stack } from '@keywright/core/ir/program';
import { policyJson } from '@keywright/core/testing/policy-json';
import { key, nastyTexts, provenance, reference, statement } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitter } from './emit.ts';
import { namesOf } from './names.ts';
import type { PulumiOptions } from './options.ts';
import { type AskedResource, type ProgramRun, runProgram } from './run-program.test-support.ts';
import { anywhereStack, emptyStack, securityStack, stackOf } from './stacks.test-fixture.ts';
import { anyKey, anyText } from './texts.test-support.ts';

function run(stack: Stack, options: PulumiOptions = {}): Promise<ProgramRun> {
  const { files } = emitter.emitStack(stack, { generator: 'Keywright', options, templates: {} });
  return runProgram(files[0]?.content ?? '', { outputsOf: () => ({ keysRootArn: '<platform.keysRootArn>' }) });
}

async function only(resource: Resource): Promise<AskedResource> {
  const [asked] = (await run(stackOf(resource))).resources.values();
  if (asked === undefined) throw new Error(`there is no ${resource.id}`);
  return asked;
}

function urn(resource: Resource, stack: Stack): string {
  const { type, name } = namesOf(stack).of(resource);
  return `${type}::${name}`;
}

const pseudos = {
  account: '<aws:index/getCallerIdentity:getCallerIdentity.accountId>',
  region: '<aws:index/getRegion:getRegion.region>',
  partition: '<aws:index/getPartition:getPartition.partition>',
  dnsSuffix: '<aws:index/getPartition:getPartition.dnsSuffix>',
};

/** Returns the text of an expression in the fake cloud of the runner. */
function textOf(expression: Expression, stack: Stack): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat':
      return expression.parts.map((part) => textOf(part, stack)).join('');
    case 'pseudo':
      return pseudos[expression.name];
    case 'reference': {
      const resource = stack.resources.find(({ id }) => id === expression.resource);
      return `<${resource && urn(resource, stack)}.${expression.attribute}>`;
    }
    case 'crossStack':
      return expression.stack === 'platform'
        ? '<platform.keysRootArn>'
        : '<aws:ssm/getParameter:getParameter /keywright/payments/data-lake/keys.lake.arn.insecureValue>';
  }
}

function json(document: PolicyDocument, stack: Stack): unknown {
  return policyJson(document, (expression) => textOf(expression, stack));
}

describe.each([securityStack, anywhereStack, emptyStack])('the program of stack $name', (stack) => {
  test('creates each resource under its name, and no other resource', async () => {
    const { resources } = await run(stack);
    const made = [...resources.keys()].filter((name) => !name.startsWith('pulumi:providers:'));
    expect(made.sort()).toEqual(stack.resources.map((resource) => urn(resource, stack)).sort());
  });

  test('gives each resource the policy that was decided', async () => {
    const { resources } = await run(stack);
    for (const resource of stack.resources) {
      const [document] = policiesOf(resource);
      const { policy, assumeRolePolicy } = resources.get(urn(resource, stack))?.inputs ?? {};
      const written = policy ?? assumeRolePolicy;
      expect(written && JSON.parse(String(written))).toEqual(document && json(document, stack));
    }
  });

  test('creates each resource after everything it refers to and depends on', async () => {
    const { resources } = await run(stack);
    for (const resource of stack.resources) {
      const dependsOn = resource.dependsOn.map((id) => {
        const { type, name } = namesOf(stack).byId(id);
        return `${type}::${name}`;
      });
      expect(resources.get(urn(resource, stack))?.options.dependencies).toEqual(expect.arrayContaining(dependsOn));
    }
  });
});

test('any text in a policy, a description and a tag is kept beside references', async () => {
  const account: Expression = { kind: 'pseudo', name: 'account' };
  const expression = fc
    .array(fc.option(anyText), { minLength: 1, maxLength: 5 })
    .map((parts) => concat(...parts.map((part) => (part === null ? account : literal(part)))));
  const name = anyKey.filter((text) => text !== '__proto__' && text !== 'toString');
  await fc.assert(
    fc.asyncProperty(
      expression,
      name,
      fc.array(expression, { minLength: 1, maxLength: 3 }),
      async (description, name, values) => {
        const policy = { statements: [statement({ conditions: [{ operator: 'StringEquals', key: name, values }] })] };
        const tags = values.map((value, index) => ({ name: index === 0 ? name : `${name} ${index}`, value }));
        const stack = stackOf(key('orders', { description, policy, tags }));
        const { inputs } = await only(stack.resources[0] as Key); // this stack starts with a key
        expect(inputs.description).toBe(textOf(description, stack));
        expect(JSON.parse(String(inputs.policy))).toEqual(json(policy, stack));
        expect(inputs.tags).toEqual(Object.fromEntries(tags.map((tag) => [tag.name, textOf(tag.value, stack)])));
      },
    ),
    { numRuns: 100 },
  );
});

test('a condition called __proto__ is kept in a policy without outputs', async () => {
  const conditions = [{ operator: 'StringEquals', key: '__proto__', values: [literal('x')] }];
  const { inputs } = await only(key('a', { policy: { statements: [statement({ conditions })] } }));
  expect(inputs.policy).toContain('"Condition":{"StringEquals":{"__proto__":"x"}}');
});

describe('a key', () => {
  test('has the properties that differ from the defaults', async () => {
    expect((await only(key('a'))).inputs).toEqual({ enableKeyRotation: false, policy: expect.any(String) });
    const everything = key('a', {
      description: literal('Signs'),
      spec: 'RSA_4096',
      usage: 'SIGN_VERIFY',
      enabled: false,
      pendingWindowDays: 7,
      multiRegion: true,
    });
    expect((await only(everything)).inputs).toEqual({
      description: 'Signs',
      customerMasterKeySpec: 'RSA_4096',
      keyUsage: 'SIGN_VERIFY',
      isEnabled: false,
      deletionWindowInDays: 7,
      multiRegion: true,
      policy: expect.any(String),
    });
  });

  test('has its rotation period', async () => {
    expect((await only(key('a', { rotation: { enabled: true, periodDays: 90 } }))).inputs).toMatchObject({
      enableKeyRotation: true,
      rotationPeriodInDays: 90,
    });
  });

  test('can be in a custom key store', async () => {
    const { inputs } = await only(key('a', { origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-1', xksKeyId: 'x' }));
    expect(inputs).toMatchObject({ customKeyStoreId: 'cks-1', xksKeyId: 'x' });
    expect(inputs).not.toHaveProperty('enableKeyRotation');
  });

  test('is protected and retained on deletion if it has to be retained', async () => {
    expect((await only(key('a'))).options).toMatchObject({ protect: true, retainOnDelete: true });
    expect((await only(key('a', { removal: 'destroy' }))).options).toMatchObject({
      protect: false,
      retainOnDelete: false,
    });
  });

  test('with imported material has another type', async () => {
    const { type, inputs } = await only(
      key('a', { origin: 'EXTERNAL', spec: 'RSA_2048', usage: 'SIGN_VERIFY', enabled: false, multiRegion: true }),
    );
    expect(type).toBe('aws:kms/externalKey:ExternalKey');
    expect(inputs).toEqual({
      keySpec: 'RSA_2048',
      keyUsage: 'SIGN_VERIFY',
      enabled: false,
      multiRegion: true,
      policy: expect.any(String),
    });
  });

  test('may have any tag', async () => {
    const tags = nastyTexts.map((text) => ({ name: text, value: literal(text) }));
    expect((await only(key('a', { tags }))).inputs.tags).toEqual(
      Object.fromEntries(nastyTexts.map((text) => [text, text])),
    );
  });
});

describe('a KMS grant', () => {
  test('has its constraints', async () => {
    const { resources } = await run(securityStack);
    expect(resources.get('aws:kms/grant:Grant::orders-workers')?.inputs).toEqual({
      name: 'workers',
      keyId: '<aws:kms/key:Key::orders.keyId>',
      granteePrincipal: '<aws:iam/role:Role::ordersApi.arn>',
      retiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
      operations: ['Decrypt', 'GenerateDataKey'],
      constraints: [{ encryptionContextSubset: { 'tenant id': nastyTexts[0] } }],
    });
  });
});

describe('a principal', () => {
  const role = securityStack.resources.find((resource) => resource.kind === 'role');
  if (role === undefined) throw new Error('the fixture has no role');

  test('gets its name from Pulumi, unless it has one', async () => {
    expect((await only(role)).inputs).not.toHaveProperty('name');
    expect((await only({ ...role, physicalName: 'OrdersApi' })).inputs.name).toBe('OrdersApi');
  });

  test('has the name that other policies use if Pulumi cannot generate a name', async () => {
    const long = { ...role, name: 'r'.repeat(60) };
    expect((await only(long)).inputs.name).toMatch(/^payments-one-r{42}-[0-9a-f]{8}$/);
    expect((await only({ ...role, names: { pulumi: 'orders api' } })).inputs.name).toBe('payments-one-ordersApi');
  });

  test('can be an existing group', async () => {
    const policy: IdentityPolicy = {
      kind: 'identityPolicy',
      id: 'identityPolicy/group/auditors',
      name: 'auditors',
      names: {},
      dependsOn: [],
      source: provenance(5),
      policyName: literal('keywright'),
      attachTo: { kind: 'group', name: literal('Auditors') },
      document: { statements: [] },
    };
    const { type, inputs } = await only(policy);
    expect(type).toBe('aws:iam/groupPolicy:GroupPolicy');
    expect(inputs).toEqual({ name: 'keywright', group: 'Auditors', policy: '{"Version":"2012-10-17","Statement":[]}' });
  });
});

describe('a provider', () => {
  test('exists for each region, and is used by the resources in the region', async () => {
    const { resources } = await run(securityStack);
    expect(resources.get('pulumi:providers:aws::eu-west-1')?.inputs).toMatchObject({
      region: 'eu-west-1',
      allowedAccountIds: '["111122223333"]',
    });
    for (const resource of securityStack.resources) {
      expect(resources.get(urn(resource, securityStack))?.options.provider).toBe(resource.region ?? 'eu-west-1');
    }
  });

  test('is Pulumi’s default provider in a stack that can be deployed anywhere', async () => {
    const { resources, calls } = await run(anywhereStack);
    expect(resources.get('aws:kms/key:Key::root')?.options.provider).toBeUndefined();
    expect(calls.map(({ provider }) => provider)).toEqual([undefined, undefined, undefined]);
  });

  test('is used to look up the unknown parts of a partly known place', async () => {
    const { calls, resources } = await run({ ...anywhereStack, environment: { account: '111122223333' } });
    expect(resources.get('pulumi:providers:aws::main')?.inputs).not.toHaveProperty('region');
    expect(calls.map(({ provider }) => provider)).toEqual(['main', 'main', 'main']);
  });

  test('is shared by environments that differ only in name', async () => {
    const [first] = securityStack.replicaEnvironments;
    const replicaEnvironments = [first, { ...first, name: 'again' }].filter((one) => one !== undefined);
    const { resources } = await run({ ...securityStack, replicaEnvironments });
    expect([...resources.keys()].filter((name) => name.startsWith('pulumi:'))).toHaveLength(2);
  });
});

describe('a replica', () => {
  const region = 'us-east-1';
  const primary = key('a', { origin: 'EXTERNAL', multiRegion: true });
  const { kind: _, rotation: __, multiRegion: ___, ...shared } = primary;
  const replica: ReplicaKey = {
    ...shared,
    kind: 'replicaKey',
    id: 'replicaKey/a/us',
    region,
    environmentName: 'us',
    primary: primary.id,
    pendingWindowDays: 7,
  };
  const alias: Alias = {
    kind: 'alias',
    id: 'alias/a/us/a',
    names: {},
    dependsOn: [],
    source: provenance(4),
    region,
    aliasName: 'alias/a',
    keyName: 'a',
    target: reference(replica.id, 'id'),
  };
  const stack = {
    ...stackOf(primary, replica, alias),
    replicaEnvironments: [{ name: 'us', region, partition: 'aws' }],
  };

  test('with imported material has another type', async () => {
    const { resources } = await run(stack);
    expect(resources.get('aws:kms/replicaExternalKey:ReplicaExternalKey::a-us')).toMatchObject({
      inputs: { primaryKeyArn: '<aws:kms/externalKey:ExternalKey::a.arn>', deletionWindowInDays: 7 },
      options: { provider: region, protect: true, retainOnDelete: true },
    });
  });

  test('has its own aliases', async () => {
    const { resources } = await run(stack);
    expect(resources.get('aws:kms/alias:Alias::a-us')).toMatchObject({
      inputs: { name: 'alias/a', targetKeyId: '<aws:kms/replicaExternalKey:ReplicaExternalKey::a-us.keyId>' },
      options: { provider: region },
    });
  });
});

describe('an alias', () => {
  const alias = (fields: Partial<Alias>): Alias => ({
    kind: 'alias',
    id: 'alias/a/a',
    names: {},
    dependsOn: [],
    source: provenance(4),
    aliasName: 'alias/a',
    keyName: 'a',
    target: reference('key/a', 'id'),
    ...fields,
  });

  test('comes right after its key in the program', () => {
    const { files } = emitter.emitStack(stackOf(key('a'), key('b'), alias({})), {
      generator: 'Keywright',
      options: {},
      templates: {},
    });
    expect(files[0]?.content.match(/aws\.kms\.\w+/g)).toEqual(['aws.kms.Key', 'aws.kms.Alias', 'aws.kms.Key']);
  });

  test('is created after everything that it depends on', async () => {
    const { resources } = await run(stackOf(key('a'), key('b'), alias({ dependsOn: ['key/b'] })));
    expect(resources.get('aws:kms/alias:Alias::a')?.options.dependencies).toEqual([
      'aws:kms/key:Key::a',
      'aws:kms/key:Key::b',
    ]);
  });

  test('of a key with imported material uses the key’s id', async () => {
    const { resources } = await run(stackOf(key('a', { origin: 'EXTERNAL' }), alias({})));
    expect(resources.get('aws:kms/alias:Alias::a')?.inputs.targetKeyId).toBe('<aws:kms/externalKey:ExternalKey::a.id>');
  });
});

describe('another stack', () => {
  test('is referenced by the organization and the stack name of the running program', async () => {
    expect((await run(securityStack)).stackReferences).toEqual(['acme/payments-platform/dev']);
  });

  test('is referenced by the organization and the stack name in the options', async () => {
    const { stackReferences } = await run(securityStack, { organization: 'other', stackName: '`${prod}`' });
    expect(stackReferences).toEqual(['other/payments-platform/`${prod}`']);
  });

  test('of another tool is read from an SSM parameter', async () => {
    const { calls } = await run(securityStack);
    expect(calls).toEqual([
      {
        token: 'aws:ssm/getParameter:getParameter',
        inputs: { name: '/keywright/payments/data-lake/keys.lake.arn' },
        provider: 'eu-west-1',
      },
    ]);
  });

  test('without a required output stops the program', async () => {
    const { files } = emitter.emitStack(securityStack, { generator: 'Keywright', options: {}, templates: {} });
    await expect(runProgram(files[0]?.content ?? '')).rejects.toThrow('keysRootArn');
  });
});

describe('an output', () => {
  const names = [
    ...[
      'ordersKey',
      'orders-key',
      'orders_key',
      'class',
      'default',
      'then',
      'await',
      'let',
      'id',
      'urn',
      'name',
      'type',
    ],
    ...['pulumi', 'aws', 'exports', 'require', 'module', 'Object', 'JSON', 'Promise', 'undefined', 'arguments', 'eval'],
    ...[
      'constructor',
      'hasOwnProperty',
      'toString',
      'prototype',
      'length',
      'caller',
      'callerIdentity',
      'ordersKeyOutput',
    ],
  ];

  test.each(names)('can be called %s', async (name) => {
    const orders = key('orders', { description: { kind: 'pseudo', name: 'account' } });
    const outputs = [
      { name, value: reference('key/orders', 'arn'), source: provenance(1) },
      { name: 'other', value: literal('x'), source: provenance(2) },
    ];
    const { outputs: found } = await run({ ...stackOf(orders), outputs });
    expect(found).toEqual({ [name]: '<aws:kms/key:Key::orders.arn>', other: 'x' });
  });

  test('is distinct, whatever other outputs are called', async () => {
    const outputs = names.map((name) => ({ name, value: literal(`value of ${name}`), source: provenance(1) }));
    const { outputs: found } = await run({ ...securityStack, outputs, exports: [] });
    expect(found).toEqual(Object.fromEntries(names.map((name) => [name, `value of ${name}`])));
  });
});

describe('a resource with former names', () => {
  test('has each of them as an alias, and no alias without them', async () => {
    const former = { pulumi: ['aws:kms/key:Key::sales', 'aws:kms/key:Key::orders2'] };
    expect((await only({ ...key('orders'), formerNames: former })).options.aliases).toEqual(['sales', 'orders2']);
    expect((await only(key('orders'))).options.aliases).toBeUndefined();
  });
});
