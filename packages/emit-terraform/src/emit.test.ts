import { parse } from '@cdktn/hcl2json';
import { literal } from '@keywright/core/ir/expression';
import type { Alias, IdentityPolicy, Key, ReplicaKey, Stack } from '@keywright/core/ir/program';
import { key, nastyTexts, provenance } from '@keywright/core/testing/target-stacks';
import { describe, expect, test } from 'vitest';
import { checkStack } from './check-stack.ts';
import { emitter } from './emit.ts';
import type { TerraformOptions } from './options.ts';
import { anywhereStack, emptyStack, securityStack, stackOf } from './stacks.test-fixture.ts';
import { target } from './target.ts';
import { terraformFmt, withoutTerraform } from './terraform.test-support.ts';
import { asTerraformHasIt } from './texts.test-support.ts';

function emit(stack: Stack, options: Partial<TerraformOptions> = {}, templates: Record<string, string> = {}) {
  const input = { generator: 'Keywright 0.1.0', options: { provider: 6 as const, ...options }, templates };
  const { files, diagnostics } = emitter.emitStack(stack, input);
  const texts = Object.fromEntries(files.map(({ path, content }) => [path, content]));
  return { files, diagnostics, file: (name: string) => texts[`terraform/${stack.name}/${name}`] ?? '' };
}

type Blocks = Record<string, Record<string, Record<string, unknown>[]>>;

async function resourcesOf(stack: Stack, options: Partial<TerraformOptions> = {}): Promise<Blocks> {
  const { resource } = await parse('main.tf', emit(stack, options).file('main.tf'));
  return resource as Blocks;
}

async function only(resource: Key, options: Partial<TerraformOptions> = {}): Promise<Record<string, unknown>> {
  const [byName] = Object.values(await resourcesOf(stackOf(resource), options));
  const [blocks] = Object.values(byName ?? {});
  return blocks?.[0] ?? {};
}

describe.each([securityStack, anywhereStack, emptyStack])('stack $name', (stack) => {
  const { files, diagnostics } = emit(stack);

  test('is written as expected', async () => {
    expect(diagnostics).toEqual([]);
    for (const { path, content } of files) {
      await expect(content).toMatchFileSnapshot(`../cases/${path.replace('terraform/', '')}`);
    }
  });

  test.skipIf(withoutTerraform)('is formatted as terraform fmt does', () => {
    for (const { content } of files) expect(content).toBe(terraformFmt(content));
  });

  test('can be parsed by another HCL parser', async () => {
    for (const { path, content } of files) expect(await parse(path, content)).toBeDefined();
  });
});

describe('keys', () => {
  test('with imported material have another resource type', async () => {
    const resources = await resourcesOf(
      stackOf(key('a', { origin: 'EXTERNAL', spec: 'RSA_2048', usage: 'SIGN_VERIFY' })),
    );
    expect(resources.aws_kms_external_key?.a?.[0]).toMatchObject({ key_spec: 'RSA_2048', key_usage: 'SIGN_VERIFY' });
  });

  test('with imported material and another spec need provider 6.11', () => {
    const stack = stackOf(key('a', { origin: 'EXTERNAL', spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }));
    expect(emit(stack).file('versions.tf')).toContain('"~> 6.11"');
    expect(checkStack(stack, { provider: 5 })).toMatchObject([{ code: 'KW4006', span: { line: 12 } }]);
    expect(checkStack(stackOf(key('a', { origin: 'EXTERNAL' })), { provider: 5 })).toEqual([]);
  });

  test.each([
    ['ML_DSA_44', '~> 6.2'],
    ['ML_DSA_65', '~> 6.2'],
    ['ML_DSA_87', '~> 6.2'],
    ['ECC_NIST_EDWARDS25519', '~> 6.21'],
  ] as const)('of the spec %s need provider %s', (spec, constraint) => {
    const stack = stackOf(key('a', { spec, usage: 'SIGN_VERIFY' }));
    expect(emit(stack).file('versions.tf')).toContain(`"${constraint}"`);
    expect(checkStack(stack, { provider: 6 })).toEqual([]);
    expect(checkStack(stack, { provider: 5 })).toMatchObject([
      { code: 'KW4006', message: expect.stringContaining(spec) },
    ]);
  });

  test('that need several versions of the provider require the latest of them', () => {
    const stack = stackOf(
      key('a', { spec: 'ECC_NIST_EDWARDS25519', usage: 'SIGN_VERIFY' }),
      key('b', { spec: 'ML_DSA_44', usage: 'SIGN_VERIFY' }),
      key('c', { origin: 'EXTERNAL', spec: 'RSA_2048', usage: 'SIGN_VERIFY' }),
    );
    expect(emit(stack).file('versions.tf')).toContain('"~> 6.21"');
  });

  test('with other specs work with the first version of the provider', () => {
    const stack = stackOf(key('a', { spec: 'HMAC_384', usage: 'GENERATE_VERIFY_MAC' }), key('b', { spec: 'SM2' }));
    expect(emit(stack).file('versions.tf')).toContain('"~> 6.0"');
    expect(checkStack(stack, { provider: 5 })).toEqual([]);
  });

  test('state whether they rotate if KMS can rotate them', async () => {
    expect(await only(key('a'))).toMatchObject({ enable_key_rotation: false });
    expect(await only(key('a', { rotation: { enabled: true, periodDays: 90 } }))).toMatchObject({
      enable_key_rotation: true,
      rotation_period_in_days: 90,
    });
    // Without the argument, the provider would keep the former period.
    expect(await only(key('a', { rotation: { enabled: true } }))).toMatchObject({ rotation_period_in_days: 365 });
    expect(await only(key('a', { rotation: { enabled: false } }))).not.toHaveProperty('rotation_period_in_days');
    expect(await only(key('a', { spec: 'RSA_2048' }))).not.toHaveProperty('enable_key_rotation');
  });

  test('state whether terraform may destroy them', async () => {
    expect(await only(key('a'))).toMatchObject({ lifecycle: [{ prevent_destroy: true }] });
    expect(await only(key('a', { removal: 'destroy' }))).toMatchObject({ lifecycle: [{ prevent_destroy: false }] });
  });

  test('may have any tag', async () => {
    const tags = nastyTexts.map((text) => ({ name: text, value: { kind: 'literal' as const, text } }));
    const found = (await only(key('a', { tags }))).tags as Record<string, string>;
    const unescaped = (text: string) => text.replaceAll('$${', '${').replaceAll('%%{', '%{');
    expect(Object.entries(found).map((pair) => pair.map(unescaped))).toEqual(
      expect.arrayContaining(nastyTexts.map((text) => [asTerraformHasIt(text), asTerraformHasIt(text)])),
    );
  });

  test('have a comment that no file name can end', () => {
    const source = { span: { ...provenance(3).span, file: 'teams/a\nresource "x" {}\u2028.yaml' } };
    expect(emit(stackOf(key('a', { source }))).file('main.tf')).toContain(
      '# stacks.one.keys.a in teams/a\\nresource "x" {}\\u2028.yaml\nresource "aws_kms_key" "a" {',
    );
  });
});

describe('an identity policy on a group', () => {
  test('becomes a group policy', async () => {
    const policy: IdentityPolicy = {
      kind: 'identityPolicy',
      id: 'identityPolicy/group/auditors',
      name: 'auditors',
      names: {},
      dependsOn: [],
      source: provenance(5),
      policyName: literal('keywright'),
      attachTo: { kind: 'group', name: { kind: 'literal', text: 'Auditors' } },
      document: { statements: [] },
    };
    const resources = await resourcesOf(stackOf(policy));
    expect(resources.aws_iam_group_policy?.auditors?.[0]).toMatchObject({ name: 'keywright', group: 'Auditors' });
  });
});

describe('references', () => {
  test('are not repeated in depends_on', async () => {
    const resources = await resourcesOf(securityStack);
    expect(resources.aws_kms_key?.orders?.[0]?.depends_on).toEqual(['${aws_iam_group.auditors}']);
    expect(resources.aws_iam_role_policy?.orders_api?.[0]?.depends_on).toEqual(['${aws_kms_alias.payments_orders}']);
  });
});

describe('replicas', () => {
  test('and their aliases use the provider of their region', async () => {
    const resources = await resourcesOf(securityStack);
    expect(resources.aws_kms_replica_key?.orders_prod_us?.[0]).toMatchObject({
      provider: '${aws.us_east_1}',
      primary_key_arn: '${aws_kms_key.orders.arn}',
    });
    expect(resources.aws_kms_alias?.payments_orders_prod_us?.[0]).toMatchObject({
      provider: '${aws.us_east_1}',
      target_key_id: '${aws_kms_replica_key.orders_prod_us.key_id}',
    });
  });

  test('with imported material have another resource type, and use their own id', async () => {
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
      target: { kind: 'reference', resource: replica.id, attribute: 'id' },
    };
    const replicaEnvironments = [{ name: 'us', region, partition: 'aws' }];
    const resources = await resourcesOf({ ...stackOf(primary, replica, alias), replicaEnvironments });
    expect(resources.aws_kms_replica_external_key?.a_us?.[0]).toMatchObject({
      provider: '${aws.us_east_1}',
      primary_key_arn: '${aws_kms_external_key.a.arn}',
    });
    expect(resources.aws_kms_alias?.a_us?.[0]?.target_key_id).toBe('${aws_kms_replica_external_key.a_us.key_id}');
  });

  test('share a provider if environments differ only in name', async () => {
    const [first] = securityStack.replicaEnvironments;
    const replicaEnvironments = [first, { ...first, name: 'again' }].filter((one) => one !== undefined);
    const { provider } = await parse(
      'providers.tf',
      emit({ ...securityStack, replicaEnvironments }).file('providers.tf'),
    );
    expect(provider).toEqual({
      aws: [
        { region: 'eu-west-1', allowed_account_ids: ['111122223333'] },
        { alias: 'us_east_1', region: 'us-east-1', allowed_account_ids: ['111122223333'] },
      ],
    });
  });
});

test('a module keeps the provider of a region in which the last build had replicas, and says why', async () => {
  const text = emit({ ...securityStack, formerRegions: ['eu-central-1'] }).file('providers.tf');
  const { provider } = await parse('p.tf', text);
  const aliases = (provider as { readonly aws: readonly { readonly alias?: string }[] }).aws.map(({ alias }) => alias);
  expect(aliases).toEqual([undefined, 'eu_central_1', 'us_east_1']);
  // The stack still has replicas in us-east-1, so only the other region is marked.
  expect(
    [...text.matchAll(/^# The last build had replicas here.*\n.*\n {2}alias\s+= "(\w+)"/gm)].map(([, alias]) => alias),
  ).toEqual(['eu_central_1']);
});

test('an existing role keeps its path, and its name unless the YAML sets one', async () => {
  const resources = await resourcesOf(securityStack);
  const roles = Object.values(resources.aws_iam_role ?? {}).map(([role]) => role);
  expect(roles.length).toBeGreaterThan(0);
  for (const role of roles) {
    const ignored = 'name' in (role ?? {}) ? ['${path}'] : ['${name_prefix}', '${path}'];
    expect(role).toMatchObject({ lifecycle: [{ ignore_changes: ignored }] });
  }
});

describe('provider 5', () => {
  test('is 5.49 or later if a key rotates', () => {
    const version = (rotation: Key['rotation']) =>
      emit(stackOf(key('a', { rotation })), { provider: 5 }).file('versions.tf');
    expect(version({ enabled: true })).toContain('"~> 5.49"');
    expect(version({ enabled: true, periodDays: 90 })).toContain('"~> 5.49"');
    expect(version({ enabled: false })).toContain('"~> 5.0"');
  });

  test('reads the region from the attribute `name`', () => {
    const { file } = emit(anywhereStack, { provider: 5 });
    expect(file('main.tf')).toContain('data.aws_region.current.name');
    expect(file('versions.tf')).toContain('"~> 5.0"');
  });
});

describe('state', () => {
  const place = async (options: Partial<TerraformOptions>) => {
    const { file } = emit(securityStack, options);
    const { terraform } = await parse('versions.tf', file('versions.tf'));
    const { data } = await parse('main.tf', file('main.tf'));
    return {
      own: (terraform as { backend?: unknown }[])[0]?.backend,
      other: (data as Blocks).terraform_remote_state?.platform?.[0],
    };
  };

  test('of another stack is read from the folder of that stack by default', async () => {
    const other = { backend: 'local', config: { path: '../platform/terraform.tfstate' } };
    expect(await place({})).toEqual({ own: undefined, other });
    expect(await place({ backend: { local: {} } })).toEqual({ own: { local: [{ path: 'terraform.tfstate' }] }, other });
  });

  test('can be in one folder for all stacks', async () => {
    expect(await place({ backend: { local: { path: '../state/' } } })).toEqual({
      own: { local: [{ path: '../state/security.tfstate' }] },
      other: { backend: 'local', config: { path: '../state/platform.tfstate' } },
    });
  });

  test('can be in one bucket for all stacks', async () => {
    const s3 = { bucket: 'states', region: 'eu-west-1' };
    expect(await place({ backend: { s3: { ...s3, prefix: 'keys' } } })).toEqual({
      own: { s3: [{ ...s3, key: 'keys/security/terraform.tfstate' }] },
      other: { backend: 's3', config: { ...s3, key: 'keys/platform/terraform.tfstate' } },
    });
  });
});

describe('state in any backend', () => {
  const state = async (backend: unknown) => {
    const options = target.options.parse({ backend });
    const { file } = emit(securityStack, options);
    const { terraform } = await parse('versions.tf', file('versions.tf'));
    const { data } = await parse('main.tf', file('main.tf'));
    return { terraform, other: (data as Blocks).terraform_remote_state?.platform?.[0], text: file('versions.tf') };
  };

  test('may have every setting of the S3 backend, and a bucket in each account', async () => {
    const { terraform, other } = await state({
      s3: {
        bucket: 'state-${account}',
        key: 'kms/${stack}/${environment}.tfstate',
        region: '${region}',
        use_lockfile: true,
        assume_role: { role_arn: 'arn:aws:iam::${account}:role/State' },
      },
    });
    const { account, region, name } = securityStack.environment;
    expect((terraform as { backend?: unknown }[])[0]?.backend).toEqual({
      s3: [
        {
          bucket: `state-${account}`,
          key: `kms/security/${name}.tfstate`,
          region,
          use_lockfile: true,
          assume_role: { role_arn: `arn:aws:iam::${account}:role/State` },
        },
      ],
    });
    // The state of another stack is where that stack's environment says.
    const producer = securityStack.imports.find(({ stack }) => stack === 'platform')?.environment;
    expect(other).toMatchObject({
      backend: 's3',
      config: { bucket: `state-${producer?.account}`, key: `kms/platform/${producer?.name}.tfstate` },
    });
  });

  test('may be in HCP Terraform, which has its own block, and is read through the backend `remote`', async () => {
    const { text, other } = await state({ cloud: { organization: 'example', workspace: 'kms-${stack}' } });
    expect(text).toContain(`
  cloud {
    organization = "example"

    workspaces {
      name = "kms-security"
    }
  }
`);
    expect(other).toEqual({
      backend: 'remote',
      config: { organization: 'example', workspaces: { name: 'kms-platform' } },
    });
  });

  test('may be in any other backend, which is passed on', async () => {
    const { terraform, other } = await state({ gcs: { bucket: 'states', prefix: 'kms/${stack}' } });
    expect((terraform as { backend?: unknown }[])[0]?.backend).toEqual({
      gcs: [{ bucket: 'states', prefix: 'kms/security' }],
    });
    expect(other).toEqual({ backend: 'gcs', config: { bucket: 'states', prefix: 'kms/platform' } });
  });

  test('is reported if a placeholder in its settings or in `assumeRole` has no value for the stack', () => {
    const options = target.options.parse({
      backend: { s3: { bucket: 'b-${account}', region: 'eu-west-1' } },
      assumeRole: 'arn:${partition}:iam::${account}:role/Deploy',
    });
    expect(target.problemsOf?.(anywhereStack, options).map(({ code, message }) => [code, message])).toEqual([
      ['KW4008', '`${account}` in `targets.terraform.backend` has no value for `anywhere`'],
      ['KW4008', '`${partition}` in `targets.terraform.assumeRole` has no value for `anywhere`'],
      ['KW4008', '`${account}` in `targets.terraform.assumeRole` has no value for `anywhere`'],
    ]);
    expect(target.problemsOf?.(securityStack, options)).toEqual([]);
  });
});

test('every provider assumes the role of its environment, unless the options name another role', () => {
  const deployRole = 'arn:aws:iam::111122223333:role/Keywright';
  const stack = { ...securityStack, environment: { ...securityStack.environment, deployRole } };
  const rolesOf = (options: object) =>
    [
      ...emit(stack, target.options.parse(options))
        .file('providers.tf')
        .matchAll(/role_arn = "(.*)"/g),
    ].map(([, role]) => role);
  expect(new Set(rolesOf({}))).toEqual(new Set([deployRole]));
  expect(new Set(rolesOf({ assumeRole: 'arn:aws:iam::${account}:role/Other' }))).toEqual(
    new Set([`arn:aws:iam::${securityStack.environment.account}:role/Other`]),
  );
});

test('every provider assumes the role that the options name, and adds the tags that they list', () => {
  const options = target.options.parse({
    assumeRole: 'arn:aws:iam::${account}:role/Deploy',
    defaultTags: { 'managed-by': 'keywright', stack: '${app}/${stack}' },
  });
  const { file } = emit(securityStack, options);
  const providers = file('providers.tf').split('provider "aws"').slice(1);
  expect(providers.length).toBeGreaterThan(1);
  for (const provider of providers) {
    expect(provider).toContain(`
  assume_role {
    role_arn = "arn:aws:iam::${securityStack.environment.account}:role/Deploy"
  }

  default_tags {
    tags = {
      managed-by = "keywright"
      stack      = "${securityStack.app}/security"
    }
  }
}
`);
  }
});

test('every provider has the arguments in the options, and their nested blocks after Keywright’s own', () => {
  const options = target.options.parse({
    assumeRole: 'arn:aws:iam::${account}:role/Deploy',
    providerSettings: {
      ignore_tags: { key_prefixes: ['team:'] },
      profile: '${environment}',
      max_retries: 10,
      shared_config_files: ['$${HOME}/config', '${app}'],
      assume_role: { session_name: '${stack}', tags: { app: '${app}', team: 'x' } },
      endpoints: [{ kms: 'https://kms.${region}.example.com' }, { iam: 'https://iam.example.com' }],
    },
  });
  const [, ...providers] = emit(securityStack, options).file('providers.tf').split('\nprovider ');
  expect(providers.length).toBeGreaterThan(1);
  const { app, environment } = securityStack;
  for (const [index, provider] of providers.entries()) {
    const region = index === 0 ? environment.region : securityStack.replicaEnvironments[0]?.region;
    expect(provider.replace(/^ {2}alias .*\n/m, '').trimEnd()).toBe(`"aws" {
  region              = "${region}"
  allowed_account_ids = ["${environment.account}"]
  profile             = "${environment.name}"
  max_retries         = 10
  shared_config_files = ["$\${HOME}/config", "${app}"]

  assume_role {
    role_arn     = "arn:aws:iam::${environment.account}:role/Deploy"
    session_name = "security"
    tags = {
      app  = "${app}"
      team = "x"
    }
  }

  ignore_tags {
    key_prefixes = ["team:"]
  }

  endpoints {
    kms = "https://kms.${region}.example.com"
  }

  endpoints {
    iam = "https://iam.example.com"
  }
}`);
  }
});

test('settings for assuming a role are left out if no role is assumed', () => {
  const options = target.options.parse({ providerSettings: { assume_role: { session_name: 'keywright' } } });
  expect(emit(securityStack, options).file('providers.tf')).not.toContain('assume_role');
});

test('settings of providers are reported if a placeholder has no value', () => {
  const options = target.options.parse({ providerSettings: { endpoints: [{ kms: 'https://${values.host}' }] } });
  expect(target.problemsOf?.(securityStack, options).map(({ code, message }) => [code, message])).toEqual([
    ['KW4008', '`${values.host}` in `targets.terraform.providerSettings` has no value for `security`'],
  ]);
});

describe("a team's own templates", () => {
  test('replace the built-in ones, and the result is formatted as terraform fmt does', () => {
    const own = '# {{header}}\nmodule "k" {\nsource = "./k"\nname = {{resources.[0].name}}\n}\n';
    const { file, diagnostics } = emit(anywhereStack, {}, { 'main.tf.hbs': own });
    expect(diagnostics).toEqual([]);
    expect(file('main.tf')).toContain('module "k" {\n  source = "./k"\n  name   = "root"\n');
  });

  test('are reported if they fail', () => {
    expect(emit(anywhereStack, {}, { '_resource.hbs': '{{nothing}}' }).diagnostics).toMatchObject([{ code: 'KW4001' }]);
  });
});

describe('options', () => {
  test.each([
    {},
    { provider: 5 },
    { backend: { local: {} } },
    { backend: { s3: { bucket: 'b', region: 'eu-west-1' } }, templates: './templates' },
    { providerSettings: { profile: 'kms', skip_region_validation: true, ignore_tags: { keys: [] } } },
  ])('%j are valid', (written) => {
    expect(target.options.safeParse(written).success).toBe(true);
  });

  test.each([
    { provider: 4 },
    { backend: {} },
    { backend: { s3: { bucket: 'b' } } },
    { backend: { local: {}, gcs: { prefix: '${stack}' } } },
    { backend: { gcs: { prefix: 'the same for all' } } },
    { backend: { s3: { bucket: 'b', region: 'r', key: 'the same for all' } } },
    { providerSettings: { region: 'eu-west-1' } },
    { providerSettings: { default_tags: { tags: { a: 'b' } } } },
    { providerSettings: { secret_key: 'x' } },
    { providerSettings: { 'max retries': 1 } },
    { providerSettings: { assume_role: { role_arn: 'arn:aws:iam::111122223333:role/Deploy' } } },
    { providerSettings: { assume_role: [{ session_name: 'x' }] } },
    { providerSettings: { endpoints: ['x', { kms: 'y' }] } },
    { workspace: 'x' },
  ])('%j are not valid', (written) => {
    expect(target.options.safeParse(written).success).toBe(false);
  });
});
