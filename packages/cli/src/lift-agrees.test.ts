/**
 * Lifting a program and compiling the result changes nothing: policies are the same statement by statement, and so are properties and
 * names. This comparison is independent of the lift's own comparison, which decides what to keep.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { hostOfText } from '@keywright/core/project/host';
import { liftProgram } from '@keywright/migrate/lift/lift-program';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { compileBack } from './testing/compile-back.ts';
import { differencesOf } from './testing/read-back.ts';
import { someDeployments } from './testing/some-deployments.ts';

function expectSame({ program, targetOptions }: Compilation): number {
  if (program === undefined) return 0;
  expect(differencesOf(compileBack(someDeployments(program, 2), targetOptions))).toEqual([]);
  return 1;
}

for (const folder of ['../cases', '../../../examples']) {
  const root = join(import.meta.dirname, folder);
  for (const name of readdirSync(root).sort()) {
    const compilation = compileProject(createDiskHost(join(root, name)), { targets });
    if (compilation.program === undefined || hasErrors(compilation.diagnostics)) continue;
    test(`${folder.replace(/^[./]*/, '')}/${name} means the same after a lift`, () => {
      expect(expectSame(compilation)).toBe(1);
    });
  }
}

test('a lifted random project means the same', { timeout: 300_000 }, () => {
  let compared = 0;
  const numRuns = Number(process.env.KEYWRIGHT_RUNS ?? 150);
  fc.assert(
    fc.property(anyProject, (project) => {
      // JSON is also valid YAML.
      const compilation = compileProject(hostOfText(JSON.stringify(project)), { targets });
      if (hasErrors(compilation.diagnostics)) return;
      compared += expectSame(compilation);
    }),
    { numRuns, seed: 20261127, endOnFailure: true },
  );
  console.log({ compared });
  expect(compared).toBeGreaterThan(numRuns / 2);
});

test('a project beyond the limits of a target is written nevertheless, with a warning', { timeout: 60_000 }, () => {
  const keys = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`k${index}`, {}]));
  const { program } = compileProject(
    hostOfText(JSON.stringify({ keywright: 1, app: 'many', stacks: { s: { keys } } })),
    {
      targets,
    },
  );
  const lifted = program && liftProgram(program, { targets });
  expect(lifted?.diagnostics.map(({ code }) => code)).toEqual(['KW8205']);
  expect(lifted?.program.stacks[0]?.resources.length).toBe(501);
  expect(lifted?.text).toContain('k500: {}');
});

test('the tags of a parameter become those of its stack; the parameter is left out if another resource lacks these tags', () => {
  const text = JSON.stringify({
    keywright: 1,
    app: 'shop',
    stacks: {
      core: {
        tags: { team: 'payments' },
        principals: { api: { role: { assumedBy: 'lambda.amazonaws.com', tags: { data: 'pii' } } } },
        keys: { orders: { tags: { data: 'pii' } } },
        outputs: { arn: { value: '${keys.orders.arn}', parameter: '/shop/orders' } },
      },
    },
  });
  const { program } = compileProject(hostOfText(text), { targets });
  if (program === undefined) throw new Error('the project is complete');
  const lifted = liftProgram(program, { targets });
  expect(lifted.diagnostics).toEqual([]);
  expect(lifted.text).toContain('tags: { team: payments }');
  expect(lifted.text.split('team: payments')).toHaveLength(2);
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((one) => (one.kind === 'key' ? { ...one, tags: [] } : one)),
  }));
  const { diagnostics, text: without } = liftProgram({ ...program, stacks }, { targets });
  expect(diagnostics).toMatchObject([
    { code: 'KW8201', message: expect.stringContaining('the tags of its SSM parameter differ') },
  ]);
  expect(without).not.toContain('/shop/orders');
});

test('equal stacks become one definition, unless that would change the addresses of their resources in Terraform', () => {
  const text = JSON.stringify({
    keywright: 1,
    app: 'shop',
    environments: {
      dev: { account: '111122223333', region: 'eu-west-1' },
      prod: { account: '444455556666', region: 'eu-west-1' },
    },
    stacks: Object.fromEntries(
      ['dev', 'prod'].map((environment) => [`core-${environment}`, { environment, keys: { orders: {} } }]),
    ),
  });
  const { program } = compileProject(hostOfText(text), { targets });
  if (program === undefined) throw new Error('it is valid');
  expect(liftProgram(program, { targets }).text).toContain('environment: [dev, prod]');
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((resource) => ({ ...resource, names: { terraform: 'orders' } })),
  }));
  expect(liftProgram({ ...program, stacks }, { targets }).text).toContain('environment: prod');
});

test('stacks that differ by environment become one definition', () => {
  const accounts = { shop: '111122223333', lab: '444455556666' };
  const places = Object.entries(accounts).flatMap(([account, id]) =>
    ['eu-west-1', 'us-east-1'].map((region) => ({ account, id, region, name: `${account}-${region}` })),
  );
  const text = JSON.stringify({
    keywright: 1,
    app: 'org',
    environments: Object.fromEntries(places.map(({ id, region, name }) => [name, { account: id, region }])),
    stacks: Object.fromEntries(
      places.map(({ account, region, name }) => [
        `core-${name}`,
        {
          environment: name,
          targets: ['pulumi'],
          ...(region === 'eu-west-1' && { principals: { api: { role: { assumedBy: 'lambda.amazonaws.com' } } } }),
          keys: {
            orders: {
              description: `Orders of ${account} in ${region}`,
              tags: { stage: account === 'shop' ? 'prod' : 'test', owner: `${account}-team` },
              pendingWindow: account === 'shop' ? 30 : 7,
              ...(account === 'shop' ? { rotation: '180 days' } : { removal: 'destroy' }),
              aliases: [`${account}/orders`],
              statements: [
                {
                  sid: 'Backup',
                  principals: { role: `arn:aws:iam::999988887777:role/${account}-backup` },
                  actions: 'kms:Decrypt',
                },
                ...(account === 'lab'
                  ? [{ sid: 'Debug', principals: { account: '222233334444' }, actions: 'kms:List*' }]
                  : []),
              ],
            },
            ...(region === 'eu-west-1' && { logs: { description: `Logs of ${account}`, services: ['logs'] } }),
          },
        },
      ]),
    ),
  });
  const compilation = compileProject(hostOfText(text), { targets });
  const { program } = compilation;
  if (program === undefined) throw new Error('it is valid');
  expect(expectSame(compilation)).toBe(1);
  expect(`\n${liftProgram(program, { targets }).text}`).toBe(`
keywright: 1
app: org
accounts:
  lab: { id: "444455556666", regions: [eu-west-1, us-east-1], values: { name: lab, stage: test } }
  shop: { id: "111122223333", regions: [eu-west-1, us-east-1], values: { name: shop, stage: prod } }
principals:
  labBackup: { role: "arn:aws:iam::999988887777:role/lab-backup" }
  shopBackup: { role: "arn:aws:iam::999988887777:role/shop-backup" }
stacks:
  core:
    environment: [lab, shop]
    targets: [pulumi]
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
    keys:
      logs: { description: "Logs of \${values.name}", services: [logs], in: { "*-us-east-1": absent } }
      orders:
        description: "Orders of \${values.name} in \${region}"
        pendingWindow: 7
        removal: destroy
        tags: { owner: "\${values.name}-team", stage: "\${values.stage}" }
        in:
          lab:
            aliases: [lab/orders]
            statements:
              - { sid: Backup, principals: labBackup, actions: kms:Decrypt }
              - { sid: Debug, principals: { account: "222233334444" }, actions: "kms:List*" }
          shop:
            rotation: 180 days
            pendingWindow: 30
            removal: retain
            aliases: [shop/orders]
            grants: [{ to: shopBackup, can: decrypt, sid: Backup }]
    in: { "*-us-east-1": { principals: { api: absent } } }
`);
});
