/**
 * Tests the module that the environments of a definition share. Called by the root module of a deployment, it means the same as a root
 * module for that deployment alone.
 */
import { literal } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import {
  anyOwns,
  deploymentsFor,
  dev,
  emitPrograms,
  manyOwns,
  type Own,
  prod,
} from '@keywright/core/testing/deployments';
import { provenance } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitter } from './emit.ts';
import type { TerraformOptions } from './options.ts';
import { type ReadModule, readModule } from './read-module.test-support.ts';
import { stackOf } from './stacks.test-fixture.ts';
import { target } from './target.ts';
import { terraformFmt, withoutTerraform } from './terraform.test-support.ts';
import { anyText } from './texts.test-support.ts';

const deployment = deploymentsFor('terraform');

function emit(stacks: readonly Stack[], options: Partial<TerraformOptions> = {}) {
  return emitPrograms(emitter, stacks, { provider: 6, ...options });
}

type Files = ReturnType<typeof emit>['files'];

/** The resources of a root module and of the module that it calls. References to the place of the deployment are resolved. */
async function meaning(stack: Stack, files: Files) {
  const text = (folder: string, file: string) =>
    files.find(({ path }) => path === `terraform/${folder}/${file}`)?.content ?? '';
  const { account = '', region = '', partition = '' } = stack.environment;
  const place: Readonly<Record<string, string>> = {
    'data.aws_caller_identity.current.account_id': account,
    'data.aws_region.current.region': region,
    'data.aws_partition.current.partition': partition,
    'data.aws_partition.current.dns_suffix': dnsSuffixOf(partition),
  };
  const resolve = (reference: string) => place[reference] ?? `<${reference}>`;
  const root = await readModule(text(stack.name, 'main.tf'), resolve);
  const rootOutputs = async (resolveOutput: (reference: string) => string | number) =>
    (await readModule(text(stack.name, 'outputs.tf'), resolveOutput)).outputs;
  const [call] = root.modules;
  if (call === undefined) return pictureOf(root, await rootOutputs(resolve));
  const [name, { source, ...given }] = call;
  const folder = String(source).replace('../', '');
  const inside = (reference: string) =>
    reference.startsWith('var.') ? (given[reference.slice('var.'.length)] as string | number) : resolve(reference);
  const module = await readModule(text(folder, 'main.tf'), inside);
  const { variables } = await readModule(text(folder, 'variables.tf'));
  expect(Object.keys(given).sort()).toEqual([...variables.keys()].sort());
  const { outputs } = await readModule(text(folder, 'outputs.tf'), inside);
  const passedOn = await rootOutputs((reference) => String(outputs.get(reference.slice(`module.${name}.`.length))));
  return pictureOf({ ...module, data: root.data }, passedOn);
}

function pictureOf({ resources, data }: ReadModule, outputs: ReadModule['outputs']) {
  const states = [...data].filter(([address]) => address.startsWith('data.terraform_remote_state.'));
  return { resources: Object.fromEntries(resources), states, outputs: Object.fromEntries(outputs) };
}

test('a module that is called with the values of a deployment creates the same as a root module for that deployment alone', async () => {
  await fc.assert(
    fc.asyncProperty(anyOwns(anyText), async (all) => {
      const stacks = all.map((own) => deployment('core', own));
      const { files } = emit(stacks);
      for (const stack of stacks) {
        const { definition: _, ...alone } = stack;
        const input = { generator: 'Keywright 0.1.0', options: { provider: 6 as const }, templates: {} };
        const separate = emitter.emitStack(alone, input).files;
        expect(await meaning(stack, files)).toEqual(await meaning(alone, [...separate]));
      }
    }),
    { numRuns: 50 },
  );
}, 300_000);

function replicated(own: Own): Stack {
  const stack = deployment('core', own);
  const environment = { account: own.account, region: 'us-east-1', partition: 'aws' };
  const [orders] = stack.resources.flatMap((resource) => (resource.kind === 'key' ? [resource] : []));
  if (orders === undefined) throw new Error('there is a key');
  const { customKeyStoreId: _, xksKeyId: __, rotation: ___, multiRegion: ____, ...shared } = orders;
  const replica: Resource = {
    ...shared,
    kind: 'replicaKey',
    id: 'replicaKey/orders/us-east-1',
    region: 'us-east-1',
    environmentName: 'us',
    byRegion: true,
    primary: 'key/orders',
  };
  const resources = stack.resources.map((resource) =>
    resource === orders ? { ...orders, multiRegion: true } : resource,
  );
  return { ...stack, replicaEnvironments: [environment], resources: [...resources, replica] };
}

describe('the files of a definition', () => {
  const { files } = emit([dev, prod].map(replicated), {
    backend: { s3: { bucket: 'state-${account}', region: 'eu-west-1' } },
    assumeRole: 'arn:aws:iam::${account}:role/Deploy',
    defaultTags: { env: '${environment}' },
  });

  test('are a module, and a root module for each environment', async () => {
    expect(files.map(({ path }) => path)).toEqual([
      'terraform/modules/core/main.tf',
      'terraform/modules/core/variables.tf',
      'terraform/modules/core/versions.tf',
      'terraform/modules/core/outputs.tf',
      ...['dev', 'prod'].flatMap((environment) =>
        ['main', 'providers', 'versions', 'outputs'].map((file) => `terraform/core-${environment}/${file}.tf`),
      ),
    ]);
    for (const { path, content } of files)
      await expect(content).toMatchFileSnapshot(`../cases/definition/${path.replace('terraform/', '')}`);
  });

  test.skipIf(withoutTerraform)('are formatted as terraform fmt does', () => {
    for (const { content } of files) expect(content).toBe(terraformFmt(content));
  });

  test('have providers only in root modules', () => {
    for (const { path, content } of files)
      expect(/^provider /m.test(content)).toBe(path.endsWith('/providers.tf') && !path.includes('/modules/'));
  });
});

test('no variable has the name of an argument of a module block, or of another variable', async () => {
  const stacks = ['dev', 'prod'].map((environment): Stack => {
    const stack = deployment('core', { ...dev, environment });
    const [{ value: _, ...output } = stack.outputs[0] ?? { name: '', value: literal(''), source: provenance(1) }] = [];
    const outputs = ['version', 'ordersAPI', 'ordersApi', 'platformKeysRootArn'].map((name) => ({
      ...output,
      name,
      value: literal(`${name} at ${environment.length}`),
    }));
    return { ...stack, outputs };
  });
  const { files } = emit(stacks);
  const { variables } = await readModule(files.find(({ path }) => path.endsWith('/variables.tf'))?.content ?? '');
  expect([...variables.keys()]).toEqual([
    'environment',
    'orders_api',
    'orders_api_2',
    'platform_keys_root_arn',
    'platform_keys_root_arn_2',
    'version_2',
  ]);
});

test('variables for periods of KMS are validated', () => {
  const { common } = emit([dev, prod].map((one) => deployment('core', one)));
  const text = common.find(({ path }) => path.endsWith('/variables.tf'))?.content ?? '';
  expect(text).toContain('var.orders_deletion_window_in_days >= 7 && var.orders_deletion_window_in_days <= 30');
  expect(text).toContain('var.orders_rotation_period_in_days >= 90 && var.orders_rotation_period_in_days <= 2560');
});

test('the role of an environment is in its root module', () => {
  const stack = deployment('core', dev);
  const deployRole = 'arn:aws:iam::111122223333:role/KeywrightDeploy';
  const { own } = emit([{ ...stack, environment: { ...stack.environment, deployRole } }]);
  const providers = own.get('core-dev')?.find(({ path }) => path.endsWith('/providers.tf'));
  expect(providers?.content).toContain(`role_arn = "${deployRole}"`);
});

test('the root module of an environment without an account and region has no provider', () => {
  const stack = deployment('core', dev);
  const { own } = emit([{ ...stack, environment: { name: 'dev' } }]);
  expect(own.get('core-dev')?.map(({ path }) => path)).toEqual(
    ['main', 'versions', 'outputs'].map((file) => `terraform/core-dev/${file}.tf`),
  );
});

const stage = { environment: 'stage', account: '777788889999', region: 'us-east-1', text: 'three', days: 10 };

test('a further environment changes no other file, not even the module', () => {
  const [before, after] = [
    [dev, prod],
    [stage, dev, prod],
  ].map((all) => emit(all.map((one) => deployment('core', one))));
  for (const name of ['core-dev', 'core-prod']) expect(after?.own.get(name)).toEqual(before?.own.get(name));
  expect(after?.common).toEqual(before?.common);
});

test('addresses depend only on the definition', () => {
  const addresses = (stack: Stack) => stack.resources.map((resource) => target.nameOf(resource, stack));
  const [first] = [dev].map((one) => deployment('core', one));
  const retained = { ...deployment('core', prod) };
  const resources = retained.resources.map(
    (one): Resource => (one.kind === 'key' ? { ...one, removal: 'destroy' } : one),
  );
  const others = [deployment('core', dev), deployment('core', stage), { ...retained, resources }];
  const { programs } = emit(others);
  // The module differs because the shape differs. In the root module, its name stays the same.
  expect(programs.map(({ program }) => program.name)).toEqual(['core', 'core-prod']);
  for (const stack of others) expect(addresses(stack)).toEqual(first === undefined ? [] : addresses(first));
  expect(addresses(others[0] ?? stackOf())).toEqual([
    'module.core.aws_iam_role.api',
    'module.core.aws_kms_key.orders',
    'module.core.aws_kms_alias.orders',
    'module.core.aws_kms_grant.orders_loader',
  ]);
});

test('600 deployments take less than a kilobyte each', () => {
  const { programs, own } = emit(
    manyOwns.map((one) => ({ ...deployment('core', one), imports: [], outputs: [] })).map(withoutGrant),
  );
  expect(programs).toHaveLength(1);
  for (const files of own.values())
    expect(files.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThan(1024);
});

function withoutGrant(stack: Stack): Stack {
  return { ...stack, resources: stack.resources.filter(({ kind }) => kind !== 'kmsGrant') };
}
