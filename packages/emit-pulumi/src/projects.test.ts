import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import { hostOfText } from '@keywright/core/project/host';
import { describe, expect, test } from 'vitest';
import { emitter } from './emit.ts';
import { projectName } from './names.ts';
import { prettier } from './prettier.test-support.ts';
import { type ProgramRun, runProgram } from './run-program.test-support.ts';
import { target } from './target.ts';

/** Another tool, which shares values with Pulumi through SSM parameters. */
const otherTool: Target<unknown> = { ...target, name: 'other', title: 'Other' };

function compile(text: string): Compilation {
  return compileProject(hostOfText(text), { targets: [target, otherTool] });
}

/** Runs the programs of a project in the order of deployment. Each program gets the outputs of earlier programs. */
async function deploy(text: string): Promise<ReadonlyMap<string, ProgramRun>> {
  const { program, diagnostics, targetOptions } = compile(text);
  if (program === undefined || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  const options = target.options.parse(targetOptions.pulumi);
  const runs = new Map<string, ProgramRun>();
  const outputs = new Map<string, ProgramRun['outputs']>();
  for (const stack of program.stacks.filter(({ targets }) => targets.includes('pulumi'))) {
    const { files, diagnostics } = emitter.emitStack(stack, { generator: 'Keywright', options, templates: {} });
    expect(diagnostics).toEqual([]);
    for (const { path, content } of files) expect(await prettier(content, path)).toBe(content);
    const project = projectName(stack.app, stack.name);
    const run = await runProgram(files[0]?.content ?? '', { project, outputsOf: (name) => outputs.get(name) ?? {} });
    outputs.set(`acme/${project}/dev`, run.outputs);
    runs.set(stack.name, run);
  }
  return runs;
}

function made(run: ProgramRun | undefined): readonly string[] {
  return [...(run?.resources.keys() ?? [])].filter((name) => !name.startsWith('pulumi:')).sort();
}

function inputsOf(run: ProgramRun | undefined, name: string): Readonly<Record<string, unknown>> {
  return run?.resources.get(name)?.inputs ?? {};
}

function statementsOf(run: ProgramRun | undefined, name: string): unknown {
  return JSON.parse(String(inputsOf(run, name).policy)).Statement;
}

const prod = `
keywright: 1
app: payments
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
`;

describe('a key that another stack uses', () => {
  const stacks = (targets: string) => `${prod}
stacks:
  platform:
    environment: prod
    targets: ${targets}
    keys:
      orders-key: { aliases: [orders] }
  api:
    environment: prod
    targets: [pulumi]
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      orders: { key: platform.orders-key, grants: [{ to: api, can: decrypt }] }
    outputs:
      orders-key: "\${imports.orders.arn}"
`;

  test('is an output of one stack and a stack reference in the other', async () => {
    const runs = await deploy(stacks('[pulumi]'));
    const arn = '<aws:kms/key:Key::orders-key.arn>';
    expect(runs.get('platform')?.outputs).toEqual({ keysOrdersKeyArn: arn });
    const api = runs.get('api');
    expect(api?.stackReferences).toEqual(['acme/payments-platform/dev']);
    expect(statementsOf(api, 'aws:iam/rolePolicy:RolePolicy::api')).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: arn },
    ]);
    expect(api?.outputs).toEqual({ 'orders-key': arn });
  });

  test('is read from the organization and the Pulumi stack in the options', async () => {
    const options = 'targets: { pulumi: { organization: other, stackName: live } }';
    const { program, targetOptions } = compile(`${stacks('[pulumi]')}\n${options}`);
    const api = program?.stacks.find(({ name }) => name === 'api');
    if (api === undefined) throw new Error('there is no stack api');
    const input = { generator: 'Keywright', options: target.options.parse(targetOptions.pulumi), templates: {} };
    expect(emitter.emitStack(api, input).files[0]?.content).toContain(
      'new pulumi.StackReference("other/payments-platform/live");',
    );
  });

  test('is a parameter if Pulumi does not deploy the other stack', async () => {
    const api = (await deploy(stacks('[other]'))).get('api');
    expect(api?.stackReferences).toEqual([]);
    expect(api?.outputs).toEqual({
      'orders-key':
        '<aws:ssm/getParameter:getParameter /keywright/payments/platform/keys.orders-key.arn.insecureValue>',
    });
  });
});

test('a key with a replica, grants and KMS grants is written as expected', async () => {
  const runs = await deploy(`${prod}
principals:
  keyAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }
standards:
  pii: { rotation: 180 days, admins: [keyAdmins], tags: { "data:class": "\${account}" } }
stacks:
  security:
    environment: prod
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
      batch: { user: {} }
      auditors: { group: {} }
    keys:
      orders:
        standard: pii
        description: "it's \\"pii\\" in \`$\${region}\`"
        aliases: [payments/orders]
        multiRegion: true
        pendingWindow: 10 days
        removal: destroy
        replicas: [{ environment: prod-us, aliases: [orders] }]
        grants:
          - { to: [ordersApi, batch, auditors], can: encryptDecrypt, via: s3 }
        kmsGrants:
          workers: { grantee: ordersApi, operations: [Decrypt], encryptionContext: { tenant: a } }
    outputs:
      alias: "\${keys.orders.aliasName}"
      id: "\${keys.orders.id}"
`);
  const security = runs.get('security');
  expect(made(security)).toEqual([
    'aws:iam/group:Group::auditors',
    'aws:iam/groupPolicy:GroupPolicy::auditors',
    'aws:iam/role:Role::ordersApi',
    'aws:iam/rolePolicy:RolePolicy::keyAdmins',
    'aws:iam/rolePolicy:RolePolicy::ordersApi',
    'aws:iam/user:User::batch',
    'aws:iam/userPolicy:UserPolicy::batch',
    'aws:kms/alias:Alias::orders-prod-us',
    'aws:kms/alias:Alias::payments/orders',
    'aws:kms/grant:Grant::orders-workers',
    'aws:kms/key:Key::orders',
    'aws:kms/replicaKey:ReplicaKey::orders-prod-us',
  ]);
  expect(inputsOf(security, 'aws:kms/key:Key::orders')).toMatchObject({
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    deletionWindowInDays: 10,
    multiRegion: true,
    description: 'it\'s "pii" in `${region}`',
    tags: { 'data:class': '111122223333' },
  });
  expect(security?.outputs).toEqual({ alias: 'alias/payments/orders', id: '<aws:kms/key:Key::orders.keyId>' });
});

test('a stack without an environment looks up its account and region', async () => {
  const runs = await deploy(`
keywright: 1
app: payments
principals:
  logs: { service: logs }
stacks:
  anywhere:
    keys:
      audit: { grants: [{ to: logs, can: encryptDecrypt }] }
`);
  const anywhere = runs.get('anywhere');
  expect(statementsOf(anywhere, 'aws:kms/key:Key::audit')).toMatchObject([
    {
      Principal: {
        AWS: 'arn:<aws:index/getPartition:getPartition.partition>:iam::<aws:index/getCallerIdentity:getCallerIdentity.accountId>:root',
      },
    },
    { Principal: { Service: expect.stringContaining('<aws:index/getRegion:getRegion.region>') } },
  ]);
});

test('two names in Pulumi that would give the same constant do not clash', async () => {
  const runs = await deploy(`${prod}
stacks:
  security: { environment: prod, targets: [pulumi], keys: { ordersApi: { aliases: [a] }, orders-api: { aliases: [b] } } }
`);
  const security = runs.get('security');
  expect(inputsOf(security, 'aws:kms/alias:Alias::a').targetKeyId).toBe('<aws:kms/key:Key::ordersApi.keyId>');
  expect(inputsOf(security, 'aws:kms/alias:Alias::b').targetKeyId).toBe('<aws:kms/key:Key::orders-api.keyId>');
});

test('two equal names in Pulumi clash', () => {
  const { diagnostics } = compile(`${prod}
stacks:
  security:
    environment: prod
    targets: [pulumi]
    keys:
      orders: { multiRegion: true, aliases: [orders-prod-us], replicas: [{ environment: prod-us, aliases: [orders] }] }
`);
  expect(diagnostics).toMatchObject([{ code: 'KW4004', message: expect.stringContaining('orders-prod-us') }]);
});
