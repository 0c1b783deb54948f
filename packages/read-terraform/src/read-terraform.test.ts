import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTerraform } from './read-terraform.ts';

const read = (content: unknown) =>
  readTerraform({
    path: 'terraform.tfstate',
    text: typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
  });

const account = '111122223333';
const keyArn = (id: string, region = 'eu-west-1') => `arn:aws:kms:${region}:${account}:key/${id}`;
const root = { Effect: 'Allow', Action: 'kms:*', Principal: { AWS: `arn:aws:iam::${account}:root` }, Resource: '*' };

/** A resource of a state file, with one instance. */
function resource(type: string, name: string, attributes: object, more: object = {}) {
  return {
    mode: 'managed',
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes, sensitive_attributes: [], ...more }],
  };
}

function key(name: string, more: object = {}, statements: readonly object[] = [root]) {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return resource('aws_kms_key', name, {
    arn: keyArn(name),
    key_id: name,
    id: name,
    customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    key_usage: 'ENCRYPT_DECRYPT',
    is_enabled: true,
    policy,
    tags: {},
    tags_all: {},
    ...more,
  });
}

const state = (...resources: readonly object[]) => ({
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  lineage: 'l',
  resources,
});

/** A multi-Region key in eu-west-1, its replica in us-east-1, and another key in us-east-1. */
const replica = resource('aws_kms_replica_key', 'b', {
  arn: keyArn('mrk-a', 'us-east-1'),
  key_id: 'mrk-a',
  primary_key_arn: keyArn('mrk-a'),
  key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  enabled: true,
  policy: JSON.stringify({ Version: '2012-10-17', Statement: [root] }),
});
const primary = key('mrk-a', { multi_region: true });
const elsewhere = key('c', { arn: keyArn('c', 'us-east-1') });

test('a stack and the template of a replica in the same region have different names', () => {
  const names = (...resources: readonly object[]) => read(state(...resources)).program.stacks.map(({ name }) => name);
  expect(names(primary, elsewhere)).toEqual(['main', 'main-us-east-1']);
  expect(names(primary, replica, elsewhere)).toEqual(['main-eu-west-1', 'main-us-east-1']);
});

test('a key policy that names its key by its ARN means `*`, and a statement about no key is reported', () => {
  const own = { ...root, Resource: keyArn('a') };
  const { program, diagnostics } = read(state(key('a', {}, [own, { ...root, Resource: undefined }])));
  expect(program.stacks[0]?.resources).toMatchObject([{ policy: { statements: [{ resources: [{ text: '*' }] }] } }]);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'KW8002 a statement of the key policy of `aws_kms_key.a` has no `Resource`, and is left out',
    'KW8003 the policy of `aws_kms_key.a` has ARNs of keys as resources, which are read as `*`',
  ]);
});

/** As in the output of `terraform show -json`, which does not say which provider configuration a resource uses. */
describe('resources of several regions with one provider', () => {
  const grant = (keyId: string) =>
    resource('aws_kms_grant', 'g', {
      key_id: keyId,
      grantee_principal: `arn:aws:iam::${account}:role/app`,
      operations: ['Decrypt'],
    });
  const grants = ({ program }: ReturnType<typeof read>) =>
    program.stacks.flatMap(({ environment, resources }) =>
      resources.flatMap((one) => (one.kind === 'kmsGrant' ? [[environment.region, one.region, one.id]] : [])),
    );

  test.each([
    ['a replica by its ARN', keyArn('mrk-a', 'us-east-1'), 'eu-west-1', 'us-east-1', 'kmsGrant/mrkA/us-east-1/g'],
    ['a primary key by its ARN', keyArn('mrk-a'), 'eu-west-1', undefined, 'kmsGrant/mrkA/g'],
    ['another key by its id', 'c', 'us-east-1', undefined, 'kmsGrant/c/g'],
    ['a key elsewhere by its ARN', keyArn('d', 'us-east-1'), 'us-east-1', undefined, 'kmsGrant/imports.keyd/g'],
  ])('have a KMS grant on %s in the region of that key', (_, keyId, region, own, id) => {
    const found = read(state(primary, replica, elsewhere, grant(keyId)));
    // The generated module names a key of the source by its id.
    const isNamedByArn = keyId.includes('mrk-a');
    expect(found.diagnostics.map(({ code }) => code)).toEqual(isNamedByArn ? ['KW8083'] : []);
    expect(grants(found)).toEqual([[region, own, id]]);
  });

  test.each(['mrk-a', 'd'])('have no KMS grant on %s, which may be in any of the regions', (keyId) => {
    const found = read(state(primary, replica, elsewhere, grant(keyId)));
    expect(found.diagnostics).toMatchObject([
      { code: 'KW8058', message: expect.stringContaining('which does not show in which of several regions') },
    ]);
    expect(found.leftOut).toMatchObject([{ address: 'aws_kms_grant.g' }]);
    expect(grants(found)).toEqual([]);
  });

  test('have no separate policy for an id that may be that of a replica', () => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...root, Sid: 'Other' }] });
    const on = (keyId: string) =>
      read(state(primary, replica, resource('aws_kms_key_policy', 'p', { key_id: keyId, policy })));
    const sids = ({ program }: ReturnType<typeof read>) =>
      program.stacks.flatMap(({ resources }) =>
        resources.map((one) => ('policy' in one ? [one.kind, one.policy.statements[0]?.sid] : [])),
      );
    expect(on('mrk-a').diagnostics).toMatchObject([
      { code: 'KW8058', message: expect.stringContaining('does not show') },
      { code: 'KW8001', message: expect.stringContaining('policy of aws_kms_key.mrk-a is not known') },
    ]);
    // Neither the primary nor the replica may get the policy that the state has for it.
    expect(sids(on('mrk-a'))).toEqual([]);
    expect(sids(on(keyArn('mrk-a', 'us-east-1')))).toEqual([
      ['key', undefined],
      ['replicaKey', 'Other'],
    ]);
  });

  test('have no key with two separate policies, since either may be in force', () => {
    const policyNamed = (name: string) => resource('aws_kms_key_policy', name, { key_id: 'mrk-a', policy: '{}' });
    const { program, diagnostics } = read(state(primary, policyNamed('a'), policyNamed('b')));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'aws_kms_key_policy.b and aws_kms_key_policy.a are for the same key, aws_kms_key.mrk-a',
      'policy of aws_kms_key.mrk-a is not known: it has several policies of its own',
    ]);
    expect(program.stacks).toEqual([]);
  });
});

describe('the kind of a file', () => {
  test.each<[string, unknown, string, string]>([
    ['an empty file', ' \n', 'KW8050', 'it is empty'],
    ['a plan file', 'PK\u0003\u0004…', 'KW8050', 'it is a plan file'],
    ['the log of a plan', '{"@level":"info"}\n{"@level":"info"}', 'KW8050', 'it is the log'],
    ['a module', 'resource "aws_kms_key" "a" {}', 'KW8050', 'it is not JSON'],
    ['other JSON', { name: 'x' }, 'KW8050', 'neither'],
    ['another list', [{ a: 1 }], 'KW8050', 'a list of something other'],
    ['a file that was cut off', JSON.stringify(state(key('orders'))).slice(0, -30), 'KW8051', 'it ends in the middle'],
    ['two files in one', `${JSON.stringify(state())}${JSON.stringify(state())}`, 'KW8051', 'something follows its end'],
    ['a value that is not JSON', '{"version": 4, "resources": [{"type": \'x\'}]}', 'KW8051', ''],
    ['a state of version 3', { version: 3, serial: 1, lineage: 'l', modules: [] }, 'KW8052', 'version 3'],
    ['a state of a future version', { version: 5, lineage: 'l', resources: [] }, 'KW8052', 'version 5'],
    ['a plan of Terraform 0.12', { format_version: '0.1', planned_values: {} }, 'KW8052', 'version 0.1'],
    ['a plan of a future Terraform', { format_version: '2.0', planned_values: {} }, 'KW8052', 'version 2.0'],
    [
      'an encrypted state',
      { serial: 1, lineage: 'l', meta: {}, encrypted_data: 'x', encryption_version: 'v0' },
      'KW8053',
      '',
    ],
    ['a state without resources', state(), 'KW8055', 'nothing to read'],
    ['the output of an empty state', { format_version: '1.0' }, 'KW8055', 'nothing to read'],
  ])('is recognised, and reading is refused: %s', (_, content, code, message) => {
    const { program, diagnostics } = read(content);
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code, message: expect.stringContaining(message) }]);
  });

  test('is recognised despite deep nesting', () => {
    const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const text = JSON.stringify({ ...state(key('orders')), nested: 0 }).replace('"nested":0', `"nested":${nested}`);
    expect(read(text).program.stacks[0]?.resources).toHaveLength(1);
    const inside = JSON.stringify(state(key('orders', { extra: 0 }))).replace('"extra":0', `"extra":${nested}`);
    expect(() => read(inside)).not.toThrow();
  });
});

describe('a state', () => {
  test('has references to its resources in place of their ARNs', () => {
    const role = resource('aws_iam_role', 'app', {
      arn: `arn:aws:iam::${account}:role/app`,
      name: 'app',
      path: '/',
      assume_role_policy: JSON.stringify({
        Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      }),
    });
    const use = (Principal: object) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Principal, Resource: '*' });
    const { program, diagnostics, leftOut, origins } = read(
      state(
        role,
        key('orders', {}, [
          root,
          use({ AWS: [`arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:role/app2`] }),
        ]),
        resource('aws_kms_alias', 'orders', {
          arn: `arn:aws:kms:eu-west-1:${account}:alias/orders`,
          name: 'alias/orders',
          target_key_id: 'orders',
          target_key_arn: keyArn('orders'),
        }),
        resource('aws_s3_bucket', 'data', { bucket: 'data' }),
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(leftOut).toMatchObject([{ type: 'aws_s3_bucket', address: 'aws_s3_bucket.data' }]);
    const [stack] = program.stacks;
    expect(stack).toMatchObject({ name: 'main', environment: { account, region: 'eu-west-1', partition: 'aws' } });
    expect(stack?.resources.map(({ id }) => id)).toEqual(['role/app', 'key/orders', 'alias/orders/orders']);
    expect(stack?.resources[2]).toMatchObject({
      keyName: 'orders',
      target: { kind: 'reference', resource: 'key/orders', attribute: 'id' },
      names: { terraform: 'orders' },
    });
    const [, found] = stack?.resources ?? [];
    expect(found?.kind === 'key' && found.policy.statements).toMatchObject([
      { resources: [{ kind: 'literal', text: '*' }] },
      {
        principals: [
          { arn: { kind: 'reference', resource: 'role/app', attribute: 'arn' } },
          { arn: { kind: 'literal', text: `arn:aws:iam::${account}:role/app2` } },
        ],
      },
    ]);
    expect(origins.get('main')?.get('key/orders')).toEqual({ address: 'aws_kms_key.orders', physicalId: 'orders' });
  });

  test('has keys that refer to each other by ARN', () => {
    const on = (other: string) => ({ ...root, Resource: keyArn(other) });
    const { program } = read(
      state(key('one', {}, [on('two')]), key('two', {}, [on('one')]), key('three', {}, [on('one')])),
    );
    const resources = program.stacks[0]?.resources.map(
      (each) => each.kind === 'key' && each.policy.statements[0]?.resources,
    );
    expect(resources).toEqual([
      [{ kind: 'literal', text: keyArn('two') }],
      [{ kind: 'literal', text: keyArn('one') }],
      [{ kind: 'reference', resource: 'key/one', attribute: 'arn' }],
    ]);
  });

  test('is read without its unreadable keys and their aliases', () => {
    const { program, diagnostics, leftOut } = read(
      state(
        key('broken', { policy: '{"Statement": 1}' }),
        key('odd', { customer_master_key_spec: 'RSA_1' }),
        key('wrong', { is_enabled: 'yes' }),
        resource('aws_kms_alias', 'broken', {
          arn: `arn:aws:kms:eu-west-1:${account}:alias/broken`,
          name: 'alias/broken',
          target_key_arn: keyArn('broken'),
        }),
        key('fine', {}, [{ ...root, Resource: keyArn('broken') }]),
      ),
    );
    expect(program.stacks[0]?.resources.map(({ id }) => id)).toEqual(['key/fine']);
    expect(program.stacks[0]?.resources[0]).toMatchObject({
      policy: { statements: [{ resources: [{ kind: 'literal', text: keyArn('broken') }] }] },
    });
    expect(diagnostics).toMatchObject([
      { code: 'KW8000', message: expect.stringContaining('aws_kms_key.broken'), span: { line: 22 } },
      {
        code: 'KW8056',
        message: 'aws_kms_key.odd cannot be read: its customer_master_key_spec is unknown to Keywright',
      },
      { code: 'KW8056', message: 'aws_kms_key.wrong cannot be read: its is_enabled is neither true nor false' },
    ]);
    expect(leftOut).toMatchObject([{ address: 'aws_kms_alias.broken' }]);
  });

  test('is needed in place of a plan that deletes or replaces a key', () => {
    const change = (name: string, actions: readonly string[]) => ({
      address: `aws_kms_key.${name}`,
      mode: 'managed',
      type: 'aws_kms_key',
      name,
      change: { actions, before: {}, after: null, after_unknown: {} },
    });
    const { diagnostics } = read({
      format_version: '1.2',
      planned_values: { root_module: {} },
      resource_changes: [change('a', ['delete']), change('b', ['delete', 'create']), change('c', ['no-op'])],
    });
    expect(diagnostics).toMatchObject([
      { code: 'KW8064', message: 'this plan deletes aws_kms_key.a' },
      { code: 'KW8064', message: 'this plan replaces aws_kms_key.b' },
    ]);
  });

  test('reports a key that the plan makes Terraform forget, with or without another in its place', () => {
    const change = (name: string, actions: readonly string[]) => ({
      address: `aws_kms_key.${name}`,
      type: 'aws_kms_key',
      change: { actions },
    });
    const { diagnostics } = read({
      format_version: '1.2',
      planned_values: { root_module: {} },
      resource_changes: [change('a', ['forget']), change('b', ['create', 'forget'])],
    });
    expect(diagnostics).toMatchObject([
      {
        code: 'KW8066',
        severity: 'warning',
        message: 'this plan makes Terraform forget aws_kms_key.a, so the key is not imported',
      },
      { code: 'KW8064', message: 'this plan replaces aws_kms_key.b' },
    ]);
  });

  test.each([
    [{ complete: true, errored: false }, []],
    [{}, []],
    [{ complete: false, errored: false }, ['Terraform put off the others, as with `-target`']],
    [{ complete: false, errored: true }, ['Terraform stopped at an error']],
  ])('is not taken for a plan of all resources if it says %o', (flags, reasons) => {
    const { diagnostics } = read({ format_version: '1.2', planned_values: { root_module: {} }, ...flags });
    expect(diagnostics.filter(({ code }) => code === 'KW8065').map(({ message }) => message)).toEqual(
      reasons.map((reason) => `this plan has only some of the resources: ${reason}`),
    );
  });

  test('may have an inline policy that is not a separate resource, which is left out', () => {
    const inline = [
      { name: 'own', policy: '{}' },
      { name: 'foreign', policy: '{}' },
    ];
    const assume_role_policy = JSON.stringify({
      Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    });
    const { leftOut } = read(
      state(
        resource('aws_iam_role', 'r', {
          name: 'r',
          arn: `arn:aws:iam::${account}:role/r`,
          assume_role_policy,
          inline_policy: inline,
        }),
        resource('aws_iam_role_policy', 'own', {
          name: 'own',
          role: 'r',
          policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' } }),
        }),
      ),
    );
    expect(leftOut).toMatchObject([{ address: 'aws_iam_role.r.inline_policy["foreign"]' }]);
  });

  test('does not confuse the ARN of a key in another region with the id of its own key', () => {
    const alias = (target: object) =>
      resource('aws_kms_alias', 'a', { arn: `arn:aws:kms:us-east-1:${account}:alias/a`, name: 'alias/a', ...target });
    const id = 'mrk-1';
    const elsewhere = { target_key_arn: keyArn(id, 'us-east-1'), target_key_id: id };
    for (const target of [elsewhere, { target_key_id: id }]) {
      const { program } = read(state(key(id), alias(target)));
      expect(program.stacks.map(({ resources }) => resources)).toMatchObject([
        [{ kind: 'key' }],
        [{ kind: 'alias', keyName: 'keymrk1', target: { kind: 'literal', text: keyArn(id, 'us-east-1') } }],
      ]);
    }
  });

  test('knows whether an external key is enabled once the key has its material', () => {
    const external = (key_state: string, enabled: boolean) => {
      const attributes = key('k').instances[0]?.attributes ?? {};
      return read(state(resource('aws_kms_external_key', 'k', { ...attributes, key_state, enabled })));
    };
    const found = [external('PendingImport', false), external('Enabled', true), external('Disabled', false)];
    expect(found.map(({ program }) => program.stacks[0]?.resources[0])).toMatchObject([
      { origin: 'EXTERNAL', enabled: true },
      { enabled: true },
      { enabled: false },
    ]);
  });

  test.each([
    ['key_material_base64', 'hunter2', 'Terraform holds its key material'],
    ['valid_to', '2030-01-01T00:00:00Z', 'its key material expires'],
  ])('leaves a key with %s to Terraform', (argument, value, why) => {
    const attributes = { ...key('k').instances[0]?.attributes, key_state: 'Enabled', enabled: true };
    const sensitive_attributes = [[{ type: 'get_attr', value: 'key_material_base64' }]];
    const found = (given: object) =>
      read(state(resource('aws_kms_external_key', 'k', { ...attributes, ...given }, { sensitive_attributes })));
    expect(found({ key_material_base64: null, valid_to: '' }).diagnostics).toEqual([]);
    const { program, diagnostics } = found({ [argument]: value });
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'KW8056', message: expect.stringContaining(why) }]);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  test('may have sensitive tags, which are not copied, and no line of the state is shown', () => {
    const tags = { token: 'hunter2' };
    const marked = {
      sensitive_attributes: [
        [
          { type: 'get_attr', value: 'tags' },
          { type: 'index', value: 'token' },
        ],
      ],
    };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [root] });
    const reading = read(
      state(
        resource(
          'aws_kms_key',
          'a',
          { arn: keyArn('a'), key_id: 'a', id: 'a', is_enabled: true, policy, tags, tags_all: tags },
          marked,
        ),
      ),
    );
    expect(reading.diagnostics).toMatchObject([
      { code: 'KW8001', message: 'tags of aws_kms_key.a is not known: Terraform marks it as sensitive' },
    ]);
    expect(reading.program.stacks).toEqual([]);
    expect(reading.sources.size).toBe(0);
  });

  test('may have sensitive values, which are not shown', () => {
    const secret = 'correct horse battery staple';
    const sensitive = { sensitive_attributes: [[{ type: 'get_attr', value: 'policy' }]] };
    const { policy: _, ...others } = (key('orders').instances[0]?.attributes ?? {}) as Record<string, unknown>; // the attributes of a resource
    const reading = read(
      state(
        resource(
          'aws_kms_key',
          'orders',
          { ...others, policy: JSON.stringify({ Statement: { ...root, Sid: secret } }) },
          sensitive,
        ),
        resource('aws_ssm_parameter', 'password', { name: '/app/password', type: 'SecureString', value: secret }),
        resource('aws_ssm_parameter', 'shared', { name: '/keywright/app/stack/x', type: 'String', value: secret }),
      ),
    );
    expect(reading.program.stacks).toEqual([]);
    expect(reading.diagnostics).toMatchObject([{ code: 'KW8001' }, { code: 'KW8001' }]);
    const { sources: __, ...shown } = reading;
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  test.each<[string, readonly object[], string]>([
    [
      'a replica without its primary',
      [resource('aws_kms_replica_key', 'r', { arn: keyArn('r'), primary_key_arn: keyArn('p') })],
      'KW8057',
    ],
    ['a key policy without its key', [resource('aws_kms_key_policy', 'p', { key_id: 'k', policy: '{}' })], 'KW8058'],
    [
      'two policies for one key',
      [
        key('k'),
        resource('aws_kms_key_policy', 'a', { key_id: 'k', policy: '{}' }),
        resource('aws_kms_key_policy', 'b', { key_id: 'k', policy: '{}' }),
      ],
      'KW8058',
    ],
    ['a key at two addresses', [key('k'), { ...key('k'), name: 'other' }], 'KW8063'],
    ['a deposed object', [resource('aws_kms_key', 'k', {}, { deposed: 'abc' })], 'KW8059'],
    ['a key of another provider', [resource('awscc_kms_key', 'k', {})], 'KW8060'],
    [
      'a tainted key',
      [resource('aws_kms_key', 'k', key('k').instances[0]?.attributes ?? {}, { status: 'tainted' })],
      'KW8062',
    ],
    [
      'an instance without attributes',
      [resource('aws_kms_key', 'k', {}, { attributes: null, attributes_flat: { id: 'k' } })],
      'KW8056',
    ],
  ])('with %s is reported', (_, resources, code) => {
    const { diagnostics } = read(state(...resources));
    expect(diagnostics.map((each) => each.code)).toContain(code);
    expect(diagnostics.every(({ span }) => span !== undefined)).toBe(true);
  });

  test('gives resources valid and unique names', () => {
    const attributes = key('k').instances[0]?.attributes ?? {};
    const at = (module: string, name: string, index?: string | number) => {
      const id = `${module}${name}${index}`.replaceAll(/\W/g, '-');
      const own = { ...attributes, arn: keyArn(id), key_id: id };
      return {
        ...resource('aws_kms_key', name, own, index === undefined ? {} : { index_key: index }),
        ...(module && { module }),
      };
    };
    const { program } = read(
      state(
        at('module.kms["a"]', 'this', 0),
        at('module.kms["a"].module.inner', 'this'),
        at('', 'orders_api'),
        at('', 'orders-api'),
        at('', 'this', 'team/one "x"'),
        at('', '_1'),
        at('', 'long'.repeat(40)),
      ),
    );
    const resources = program.stacks[0]?.resources ?? [];
    expect(resources.map((each) => (each.kind === 'key' ? [each.name, each.names.terraform] : each))).toEqual([
      ['kmsA', 'module.kms["a"].aws_kms_key.this[0]'],
      ['kmsAInner', 'module.kms["a"].module.inner.aws_kms_key.this'],
      ['ordersApi', 'orders_api'],
      ['ordersApi2', 'orders-api'],
      ['thisTeamOneX', 'aws_kms_key.this["team/one \\"x\\""]'],
      ['key1', '_1'],
      ['long'.repeat(15), 'long'.repeat(40)],
    ]);
  });
});

/**
 * Reads states that Terraform and the AWS provider wrote for the module states/team; tools/conformance/write-states.ts regenerates them.
 */
describe('a state or plan of a team’s module', () => {
  const stored = (name: string) =>
    readTerraform({ path: name, text: readFileSync(join(import.meta.dirname, '../states', name), 'utf8') });
  const state = stored('team.tfstate');
  const [main, abroad] = state.program.stacks;
  const found = (id: string) => main?.resources.find((each) => each.id === id);

  test('is read, left out by its type, or stays with Terraform, resource by resource', () => {
    expect(main?.resources.map(({ id }) => id)).toEqual([
      'role/app',
      'key/imported',
      'key/logs',
      'key/shared',
      'key/signing',
      'key/kmsInvoices',
      'key/kmsOrders',
      'replicaKey/shared/us-east-1',
      'identityPolicy/role/app',
      'alias/shared/shared',
      'alias/shared/us-east-1/shared',
      'kmsGrant/kmsOrders/worker',
      'alias/kmsInvoices/invoices',
      'alias/kmsOrders/orders',
    ]);
    expect(abroad?.resources.map(({ id }) => id)).toEqual(['key/reports']);
    expect(abroad).toMatchObject({ name: 'team-us-east-1', environment: { account, region: 'us-east-1' } });
    expect(state.leftOut.map(({ address }) => address)).toEqual([
      'aws_iam_policy.managed',
      'aws_iam_role_policy_attachment.managed',
      'aws_ssm_parameter.password',
      'aws_iam_role.auditor',
      'aws_iam_role.unrelated',
    ]);
    expect(state.diagnostics).toMatchObject([{ code: 'KW8061' }, { code: 'KW8003' }]);
    expect(JSON.stringify([state.program, state.leftOut, state.diagnostics])).not.toContain('correct horse');
  });

  test('has keys as they are in AWS', () => {
    expect(found('key/kmsOrders')).toMatchObject({
      names: { terraform: 'module.kms["orders"].aws_kms_key.this[0]' },
      description: { text: 'Encrypts orders' },
      rotation: { enabled: true },
      tags: [
        { name: 'Name', value: { text: 'orders' } },
        { name: 'Team', value: { text: 'payments' } }, // of default_tags
      ],
      policy: {
        statements: [
          { sid: 'Root' },
          {
            sid: 'Use',
            principals: [
              { arn: { kind: 'reference', resource: 'role/app', attribute: 'arn' } },
              { arn: { kind: 'literal', text: `arn:aws:iam::${account}:role/security/auditor` } },
            ],
          },
        ],
      },
    });
    expect(found('key/kmsInvoices')).toMatchObject({ rotation: { enabled: false } });
    expect(found('key/signing')).toMatchObject({ spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', enabled: false });
    expect(found('key/shared')).toMatchObject({ multiRegion: true, pendingWindowDays: 7 });
    const imported = found('key/imported');
    expect(imported).toMatchObject({ origin: 'EXTERNAL', enabled: true });
    expect(imported).not.toHaveProperty('pendingWindowDays');
    expect(found('replicaKey/shared/us-east-1')).toMatchObject({
      region: 'us-east-1',
      primary: 'key/shared',
      tags: [],
    });
  });

  test('has a separate key policy, which names its key by its ARN instead of `*`', () => {
    const key = found('key/logs');
    expect(state.origins.get('team-eu-west-1')?.get('key/logs')).toMatchObject({ parts: ['aws_kms_key_policy.logs'] });
    expect(key).toMatchObject({ policy: { id: { text: 'logs' }, statements: [{ sid: 'Root' }, { sid: 'Logs' }] } });
    expect(key?.kind === 'key' && key.policy.statements[1]?.resources).toMatchObject([{ kind: 'literal', text: '*' }]);
  });

  test('has references to keys', () => {
    const key = { kind: 'reference', resource: 'key/kmsOrders', attribute: 'id' };
    expect(found('alias/kmsOrders/orders')).toMatchObject({ target: key });
    expect(found('kmsGrant/kmsOrders/worker')).toMatchObject({
      key,
      grantee: { kind: 'reference', resource: 'role/app' },
      encryptionContext: { match: 'equals', pairs: [{ name: 'Department', value: 'Finance' }] },
    });
    expect(found('alias/shared/us-east-1/shared')).toMatchObject({
      region: 'us-east-1',
      target: { resource: 'replicaKey/shared/us-east-1' },
    });
    expect(found('identityPolicy/role/app')).toMatchObject({
      policyName: { text: 'use-keys' },
      attachTo: { kind: 'role', name: { kind: 'reference', resource: 'role/app', attribute: 'name' } },
      document: {
        statements: [
          {
            resources: [
              { kind: 'reference', resource: 'key/kmsOrders', attribute: 'arn' },
              { kind: 'reference', resource: 'replicaKey/shared/us-east-1', attribute: 'arn' },
            ],
          },
          { actions: ['s3:GetObject'] },
        ],
      },
    });
  });

  test('means the same in the output of `terraform show -json`', () => {
    const shown = stored('team.show.json');
    const withoutSpans = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (key, inner) => (key === 'span' || key === 'source' ? undefined : inner)));
    expect(withoutSpans(shown.program)).toEqual(withoutSpans(state.program));
    expect(withoutSpans(shown.leftOut)).toEqual(withoutSpans(state.leftOut));
    expect(shown.diagnostics.map(({ code }) => code)).toEqual(['KW8061', 'KW8003']);
  });

  test('is partly unknown in a plan, if it refers to something still to be created', () => {
    const plan = stored('team.plan.json');
    const resources = plan.program.stacks.flatMap((stack) => stack.resources);
    // Only the inline policy is missing.
    expect(resources.map(({ id }) => id).sort()).toEqual(
      state.program.stacks
        .flatMap((stack) => stack.resources.map(({ id }) => id))
        .filter((id) => id !== 'identityPolicy/role/app')
        .sort(),
    );
    const sidsOf = (id: string) =>
      resources.flatMap((one) =>
        one.id === id && one.kind === 'key' ? one.policy.statements.map(({ sid }) => sid) : [],
      );
    for (const [id, address] of [
      ['key/logs', 'aws_kms_key_policy.logs'],
      ['key/kmsOrders', 'module.kms["orders"].aws_kms_key.this[0]'],
    ] as const)
      expect(sidsOf(id)).toEqual([`Stands in for the policy of ${address}`]);
    // The configuration gives this key no policy, so KMS gives it the default policy.
    expect(resources.find(({ id }) => id === 'key/shared')).toMatchObject({
      policy: { id: { text: 'key-default-1' } },
      multiRegion: true,
    });
    const known = plan.diagnostics.map(({ code, message }) => `${code} ${message}`);
    const why = 'is not known: the plan does not have the value, only what its expression refers to,';
    const roles = 'local.root and aws_iam_role.app.arn and aws_iam_role.auditor.arn';
    expect(known).toEqual([
      'KW8082 aws_iam_role_policy.app may allow or deny the use of KMS and stays with Terraform: it is known only after apply',
      `KW8075 the policy of aws_kms_key_policy.logs ${why} local.root and aws_kms_key.logs.arn`,
      `KW8075 the policy of module.kms["invoices"].aws_kms_key.this[0] ${why} ${roles}`,
      `KW8075 the policy of module.kms["orders"].aws_kms_key.this[0] ${why} ${roles}`,
      'KW8081 the plan creates module.kms["invoices"].aws_kms_key.this[0] and another key in modules or with indexes, but in the generated module they have other addresses',
    ]);
  });
});

describe('keys in a module', () => {
  const inModule = (module: string, name: string) => ({ ...key(name), module });
  const names = (...keys: readonly object[]) => {
    const { program } = readTerraform({ path: 'prod.tfstate', text: JSON.stringify(state(...keys)) });
    return program.stacks.map(({ name, resources }) => [name, ...resources.map(({ id }) => id)]);
  };

  test('are named without the module that contains all keys, which names the stack', () => {
    const [one, other] = [inModule('module.app.module.store', 'objects'), inModule('module.app.module.store', 'logs')];
    expect(names(one)).toEqual([['store', 'key/objects']]);
    expect(names(one, other)).toEqual([['store', 'key/objects', 'key/logs']]);
    expect(names(one, inModule('module.app', 'logs'))).toEqual([['app', 'key/storeObjects', 'key/logs']]);
    expect(names(one, inModule('module.app.module.mail', 'this'))).toEqual([['app', 'key/storeObjects', 'key/mail']]);
    expect(names(inModule('module.store["eu"]', 'objects'))).toEqual([['store-eu', 'key/objects']]);
    expect(names(inModule('module.store.module.kms', 'objects'))).toEqual([['store', 'key/objects']]);
  });

  test('are named after the module if their names say nothing, and without the module if its name says nothing', () => {
    expect(names(inModule('module.store', 'this'))).toEqual([['prod', 'key/store']]);
    expect(names(inModule('module.kms', 'orders'))).toEqual([['prod', 'key/orders']]);
    expect(names(inModule('module.store', 'objects'), key('logs'))).toEqual([['prod', 'key/storeObjects', 'key/logs']]);
  });

  test('are named without words that all their addresses start with', () => {
    const each = (name: string, ...indexes: readonly (string | number)[]) => {
      const [one] = key(name).instances;
      return {
        ...key(name),
        instances: indexes.map((index) => ({
          ...one,
          index_key: index,
          attributes: { ...one?.attributes, arn: keyArn(`${name}${index}`) },
        })),
      };
    };
    const [orders, logs] = ['orders', 'logs'].map((name) => ({
      ...key('this', { arn: keyArn(name) }),
      module: `module.keys["${name}"]`,
    }));
    expect(names(orders ?? {}, logs ?? {})).toEqual([['prod', 'key/orders', 'key/logs']]);
    expect(names(orders ?? {})).toEqual([['prod', 'key/keysOrders']]);
    expect(names(each('service', 'sqs', 's3'))).toEqual([['prod', 'key/sqs', 'key/s3']]);
    expect(names(each('copy', 0, 1))).toEqual([['prod', 'key/copy', 'key/copy1']]);
    expect(names(each('year', '2024', '2025'))).toEqual([['prod', 'key/year2024', 'key/year2025']]);
  });

  test('have no name in Terraform if a plan has yet to create them', () => {
    const planned = (name: string, index?: number, actions = ['create']) => {
      const { instances } = key(name);
      const address = `aws_kms_key.${name}${index === undefined ? '' : `[${index}]`}`;
      const own = {
        address,
        mode: 'managed',
        type: 'aws_kms_key',
        name,
        provider_name: 'aws',
        values: instances[0]?.attributes,
      };
      return { resource: own, change: { ...own, change: { actions, after_unknown: {}, after_sensitive: {} } } };
    };
    const all = [
      planned('a'),
      planned('b', 0),
      planned('c', 1),
      planned('d', 0, ['update']),
      planned('e', 0, ['delete', 'create']),
    ];
    const text = JSON.stringify({
      format_version: '1.2',
      planned_values: { root_module: { resources: all.map((one) => one.resource) } },
      resource_changes: all.map(({ change }) => change),
    });
    const { program, diagnostics } = readTerraform({ path: 'plan.json', text });
    expect(program.stacks.flatMap(({ resources }) => resources.map(({ id, names }) => [id, names.terraform]))).toEqual([
      ['key/a', 'a'],
      ['key/b', undefined],
      ['key/c1', undefined],
      ['key/d', 'aws_kms_key.d[0]'],
      ['key/e', 'aws_kms_key.e[0]'],
    ]);
    expect(diagnostics.flatMap(({ code, message }) => (code === 'KW8081' ? [message] : []))).toEqual([
      'the plan creates aws_kms_key.b[0] and another key in modules or with indexes, but in the generated module they have other addresses',
    ]);
  });
});

describe('outputs of the root module', () => {
  const key = { arn: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555', description: 'k' };
  const id = '11111111-2222-3333-4444-555555555555';
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  const resource = { module: '', mode: 'managed', type: 'aws_kms_key', name: 'k', provider: 'aws' };
  const stateWith = (outputs: object) =>
    readTerraform({
      path: 'terraform.tfstate',
      text: JSON.stringify({
        version: 4,
        outputs,
        resources: [{ ...resource, instances: [{ attributes: { ...key, key_id: id, id, policy } }] }],
      }),
    });

  test('become outputs if they name a key', () => {
    const elsewhere = key.arn.replace('1111-2222', '9999-2222');
    const { program, diagnostics } = stateWith({
      arn: { value: key.arn, type: 'string' },
      text: { value: `the key ${id}`, type: 'string' },
      other: { value: elsewhere, type: 'string' },
    });
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.outputs).toMatchObject([
      { name: 'arn', value: { kind: 'reference', resource: 'key/k', attribute: 'arn' } },
      {
        name: 'text',
        value: { kind: 'concat', parts: [{ text: 'the key ' }, { resource: 'key/k', attribute: 'id' }] },
      },
      { name: 'other', value: { kind: 'literal', text: elsewhere } },
    ]);
  });

  test('that are sensitive lose that mark, and are left out if they contain other text', () => {
    const { program, diagnostics } = stateWith({
      arn: { value: key.arn, type: 'string', sensitive: true },
      text: { value: `secret ${key.arn}`, type: 'string', sensitive: true },
    });
    expect(program.stacks[0]?.outputs).toMatchObject([{ name: 'arn' }]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
      'KW8078 `sensitive` of output.arn is not imported: the generated code does not have it',
      'KW8080 the output text is left out: it is sensitive, and contains more than one ARN or id',
    ]);
  });

  test('are reported if they are about keys but are not text, and listed if they are about something else', () => {
    const { program, diagnostics, leftOut } = stateWith({
      arns: { value: [key.arn], type: ['list', 'string'] },
      bucket: { value: 'shop-orders', type: 'string' },
    });
    expect(program.stacks[0]?.outputs).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: 'KW8080',
        message: 'the output arns is left out: its value is not text',
        span: { file: 'terraform.tfstate' },
      },
    ]);
    expect(leftOut).toMatchObject([{ type: 'output', address: 'output.bucket' }]);
  });

  test('of a plan are reported if they are known after apply', () => {
    const address = 'aws_kms_key.k';
    const text = JSON.stringify({
      format_version: '1.2',
      planned_values: {
        outputs: { arn: { sensitive: false }, bucket: { sensitive: false } },
        root_module: { resources: [{ address, mode: 'managed', type: 'aws_kms_key', name: 'k', values: { policy } }] },
      },
      configuration: {
        root_module: {
          outputs: {
            arn: { expression: { references: [`${address}.arn`, address] } },
            bucket: { expression: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] } },
          },
          resources: [{ address, type: 'aws_kms_key', name: 'k' }],
        },
      },
    });
    const { diagnostics, leftOut } = readTerraform({ path: 'plan.json', text });
    expect(diagnostics).toMatchObject([
      { code: 'KW8080', message: 'the output arn is left out: its value is not known' },
    ]);
    expect(leftOut).toMatchObject([{ address: 'output.bucket' }]);
  });
});
