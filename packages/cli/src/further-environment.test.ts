/** An additional environment changes no file of the other environments, except the list of deployments in their program. */
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import { hostOfText } from '@keywright/core/project/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { filesOf } from './testing/deploy.ts';

function compiled(project: object): Compilation {
  return compileProject(hostOfText(JSON.stringify(project)), { targets });
}

/** The files that list deployments, and so get longer with each environment. */
const lists = ['cfn/deployments.json', 'pulumi/package.json', 'pulumi/package-lock.json'];

const environments = {
  eu: { account: '111122223333', region: 'eu-west-1', purpose: 'production', values: { team: 'eu', cost: 'CC-1' } },
  us: { account: '111122223333', region: 'us-east-1', purpose: 'production', values: { team: 'eu', cost: 'CC-1' } },
  data: { account: '444455556666', region: 'eu-west-1', purpose: 'production', values: { team: 'data', cost: 'CC-1' } },
  lab: { account: '777788889999', region: 'cn-north-1', purpose: 'test', values: { team: 'eu', cost: 'lab' } },
};

/** The environments of a stack, and the one that is added. */
const growing = fc.constantFrom(
  [['eu'], 'us'],
  [['eu'], 'data'],
  [['eu', 'us'], 'data'],
  [['us', 'data'], 'eu'],
  [['data'], 'us'],
  [['eu', 'data'], 'lab'],
  [['lab'], 'eu'],
) as fc.Arbitrary<readonly [readonly string[], string]>;

/** Texts with placeholders whose value is the same in some of the environments. */
const texts = fc.constantFrom(
  'in ${region} of ${account}',
  '${environment}',
  '${purpose}',
  '${values.team}',
  '${values.cost}',
  'eu',
);

/** Properties of a key under `in`, for some environments. */
const differences = fc.dictionary(
  fc.constantFrom(...Object.keys(environments)),
  fc.record(
    {
      description: fc.constantFrom('Orders', 'Orders of ${environment}', '${values.team}'),
      pendingWindow: fc.constantFrom('7 days', '14 days'),
      tags: fc.constantFrom({ tier: 'gold' }, { tier: '${region}' }),
    },
    { requiredKeys: [] },
  ),
  { maxKeys: 3 },
);

/** Moves roles and users to each stack's own account, and removes names that are fixed, so that most environments have the same shape. */
function ofItsAccount<T>(project: T): T {
  const text = JSON.stringify(project)
    .replaceAll('"arn:aws:', '"arn:${partition}:')
    .replaceAll(/:iam::\d{12}:(role|user)\//g, ':iam::${account}:$1/')
    .replaceAll(/"name":"(?:Fixed-|other\.)\w+",?/g, '')
    .replaceAll(',}', '}');
  return JSON.parse(text) as T; // plain data
}

test('a further environment of a random project changes no file of the others', { timeout: 600_000 }, async () => {
  let compared = 0;
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(
      anyProject,
      growing,
      texts,
      texts,
      texts,
      differences,
      async (any, [few, further], one, other, third, differing) => {
        const project = ofItsAccount(any);
        const { replicas: _, ...orders }: typeof project.stacks.first.keys.orders & { readonly replicas?: unknown } =
          project.stacks.first.keys.orders; // in a single region
        const at = (names: readonly string[]) => {
          const first = {
            ...project.stacks.first,
            environment: names,
            keys: {
              ...project.stacks.first.keys,
              orders: {
                pendingWindow: '14 days',
                description: 'Orders',
                ...orders,
                tags: { tier: 'tin', ...orders.tags },
                in: differing,
                aliases: [...orders.aliases, `x/${one.replaceAll(' ', '-')}`],
              },
            },
            tags: { ...project.stacks.first.tags, one, other },
          };
          const second = { ...project.stacks.second, environment: names, tags: { third } };
          return compiled({ ...project, environments, stacks: { first, second } });
        };
        const [before, after] = [at(few), at([...few, further])];
        if (before.program === undefined || after.program === undefined) return;
        if (hasErrors(before.diagnostics) || hasErrors(after.diagnostics)) return;
        // An environment of another shape has its own program, whose name is not tested here.
        const named = [before, after].map(({ program }) =>
          stackProgramsOf(program?.stacks ?? []).map(({ name }) => name),
        );
        if (JSON.stringify(named[0]?.toSorted()) !== JSON.stringify(named[1]?.toSorted())) return;
        shared += 1;
        for (const { name } of targets) {
          const [files, more] = [await filesOf(before.program, name), await filesOf(after.program, name)];
          for (const [path, content] of files) {
            if (!lists.includes(path)) expect(more.get(path), path).toBe(content);
          }
          compared += files.size;
        }
      },
    ),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 100), seed: 20261129, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(100);
  expect(shared).toBeGreaterThan(50);
});

const places = {
  eu: { account: '111122223333', region: 'eu-west-1', purpose: 'production', tags: { env: 'prod' } },
  us: { account: '111122223333', region: 'us-east-1', purpose: 'production', tags: { env: 'prod' } },
  data: { account: '444455556666', region: 'eu-west-1', purpose: 'production', tags: { env: 'data' } },
  audit: { account: '999900001111', region: 'eu-west-1' },
  milan: { account: '111122223333', region: 'eu-south-1', purpose: 'production', tags: { env: 'prod' } },
  'eu-spare': {
    account: '111122223333',
    region: 'eu-central-1',
    purpose: 'production',
    values: { team: 'eu' },
    tags: { env: 'prod' },
  },
  'data-spare': {
    account: '444455556666',
    region: 'eu-central-1',
    purpose: 'test',
    values: { team: 'data' },
    tags: { env: 'spare' },
  },
};

const accounts = {
  pay: {
    id: '222233334444',
    regions: ['eu-west-1', 'eu-central-1'],
    tags: { env: 'pay' },
    values: { team: 'pay' },
    purpose: 'test',
  },
};

const api = { api: { role: { assumedBy: 'lambda.amazonaws.com' } } };
const ofRegion = { role: 'arn:${partition}:iam::${account}:role/Reader-${region}' };

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['tags that environments set', { keys: { orders: {}, others: { tags: { env: 'own' } } }, principals: api }],
  [
    'texts of a replica in the same region of each account',
    {
      keys: {
        orders: {
          multiRegion: true,
          replicas: [
            {
              region: 'eu-central-1',
              description: 'In ${environment}, for ${purpose}',
              tags: { team: '${values.team}' },
              aliases: ['${stack}/orders'],
            },
          ],
        },
      },
    },
  ],
  [
    'a role with the region in its name, for a key and its replica',
    {
      keys: {
        orders: {
          multiRegion: true,
          grants: [
            { to: 'ofRegion', can: 'decrypt' },
            { to: ofRegion, can: 'encrypt' },
          ],
          replicas: [
            {
              region: 'eu-central-1',
              grants: [
                { to: 'ofRegion', can: 'decrypt' },
                { to: ofRegion, can: 'encrypt' },
              ],
            },
          ],
        },
      },
    },
  ],
  [
    'a service with the account of an option',
    {
      keys: {
        orders: {
          services: [{ name: 'cloudtrail', trails: ['arn:${partition}:cloudtrail:${region}:${account}:trail/a'] }],
        },
      },
    },
  ],
  [
    'principals of one environment, in that one and in others',
    {
      keys: {
        orders: {
          aliases: ['orders'],
          grants: [
            { to: { role: 'Auditor', account: 'data', mutable: false }, can: 'decrypt' },
            { to: { role: 'arn:aws:iam::${account.us}:role/Reader', mutable: false }, can: 'encrypt' },
            { to: { account: 'data', because: 'of the same company' }, can: 'encrypt' },
          ],
          services: [{ name: 'cloudtrail', trails: ['arn:${partition}:cloudtrail:eu-west-1:${account.data}:trail/a'] }],
        },
      },
    },
  ],
  [
    'a service that has another name in some regions',
    { keys: { orders: { services: ['guardduty', 'macie', 'logs'] } } },
  ],
  [
    'an imported key in a region and account of its own',
    {
      principals: api,
      imports: {
        root: {
          alias: 'arn:aws:kms:eu-west-1:${account.audit}:alias/root',
          grants: [{ to: 'api', can: 'decrypt', via: 's3' }],
        },
      },
    },
  ],
  [
    'what `in` of a key changes in an environment',
    {
      keys: {
        orders: {
          description: 'Orders',
          pendingWindow: '30 days',
          rotation: '365 days',
          tags: { tier: 'gold' },
          in: {
            data: { description: 'Orders of ${environment}', pendingWindow: '7 days', tags: { tier: 'tin' } },
            us: { rotation: '180 days' },
          },
        },
        parcels: { pendingWindow: '30 days', in: { data: { pendingWindow: '7 days' } } },
      },
    },
  ],
  [
    'what `in` of two keys changes alike in one environment and not in another',
    {
      keys: {
        orders: {
          pendingWindow: '30 days',
          in: { data: { pendingWindow: '7 days' }, us: { pendingWindow: '14 days' } },
        },
        parcels: { pendingWindow: '30 days', in: { data: { pendingWindow: '7 days' } } },
      },
    },
  ],
  [
    'what `in` of a standard changes',
    {
      keys: {
        orders: { standard: 'guarded' },
        parcels: { standard: 'guarded', pendingWindow: '10 days' },
        secrets: { standard: 'guarded', tags: { tier: 'own' }, in: { us: { tags: { tier: 'us' } } } },
      },
    },
  ],
  [
    'what `in` of a stack changes',
    {
      tags: { owner: 'platform', env: 'any' },
      keys: { orders: { pendingWindow: '30 days' }, parcels: {} },
      principals: api,
      in: {
        data: { tags: { owner: 'data' }, keys: { orders: { pendingWindow: '7 days' } } },
        us: { tags: { env: 'us' } },
      },
    },
  ],
  [
    'what `in` of a replica changes',
    {
      keys: {
        orders: {
          multiRegion: true,
          replicas: [
            {
              region: 'eu-central-1',
              pendingWindow: '30 days',
              tags: { tier: 'gold' },
              in: { 'data-spare': { pendingWindow: '7 days', tags: { tier: 'tin' } } },
            },
          ],
        },
      },
    },
  ],
  [
    'what `in` of a standard changes for a key and its replica, in environments of their own',
    {
      keys: {
        orders: {
          standard: 'guarded',
          multiRegion: true,
          rotation: true,
          replicas: [{ region: 'eu-central-1', standard: 'guarded', in: { 'data-spare': { tags: { tier: 'tin' } } } }],
        },
        parcels: {
          standard: 'guarded',
          multiRegion: true,
          rotation: true,
          tags: { tier: 'gold' },
          replicas: [{ region: 'eu-central-1', standard: 'guarded', tags: { tier: 'gold' } }],
        },
      },
    },
  ],
  [
    'what `in` of a stack changes for a key and its replica, whose environments have other tags',
    {
      tags: { owner: 'platform' },
      keys: {
        orders: {
          multiRegion: true,
          rotation: true,
          pendingWindow: '30 days',
          in: { data: { pendingWindow: '7 days' } },
          replicas: [
            { region: 'eu-central-1', pendingWindow: '30 days', in: { 'data-spare': { pendingWindow: '9 days' } } },
          ],
        },
      },
      in: { us: { tags: { owner: 'us', env: 'us' } } },
    },
  ],
  [
    'roles named after the environment of a key or its replica',
    {
      keys: {
        orders: {
          multiRegion: true,
          rotation: true,
          grants: [
            { to: { role: 'arn:${partition}:iam::${account}:role/R-${purpose}', mutable: false }, can: 'decrypt' },
          ],
          replicas: [
            {
              region: 'eu-central-1',
              grants: [
                { to: { role: 'arn:${partition}:iam::${account}:role/R-${purpose}', mutable: false }, can: 'decrypt' },
              ],
            },
          ],
        },
      },
    },
  ],
  [
    'the key store of each account',
    {
      keys: {
        orders: {
          origin: 'AWS_CLOUDHSM',
          in: {
            eu: { customKeyStore: 'cks-1234567890abcdef0' },
            us: { customKeyStore: 'cks-1234567890abcdef1' },
            data: { customKeyStore: 'cks-1234567890abcdef0' },
            milan: { customKeyStore: 'cks-1234567890abcdef0' },
            'pay-eu-west-1': { customKeyStore: 'cks-1234567890abcdef2' },
          },
        },
      },
      targets: ['terraform', 'pulumi'],
    },
  ],
])('a further environment changes no file of other environments in a stack with %s', async (_, stack) => {
  const at = (environment: readonly string[]) =>
    compiled({
      keywright: 1,
      app: 'shop',
      settings: { aliasGrants: 'identity' },
      environments: places,
      accounts,
      principals: { ofRegion },
      standards: {
        base: { tags: { tier: 'gold', part: 'a' } },
        guarded: {
          standard: 'base',
          pendingWindow: '30 days',
          in: {
            data: { pendingWindow: '7 days', tags: { part: 'b' } },
            'data-spare': { pendingWindow: '8 days', tags: { part: 'c' } },
            us: { tags: { tier: 'tin' } },
          },
        },
      },
      stacks: { core: { environment, ...stack } },
    });
  for (const [few, further] of [
    [['eu'], 'us'],
    [['eu'], 'data'],
    [['data'], 'eu'],
    [['eu', 'us'], 'data'],
    [['eu', 'us'], 'milan'],
    [['eu'], 'pay-eu-west-1'],
    [['pay-eu-west-1'], 'data'],
  ] as const) {
    const [before, after] = [at(few), at([...few, further])];
    expect([...before.diagnostics, ...after.diagnostics].filter(({ severity }) => severity === 'error')).toEqual([]);
    if (before.program === undefined || after.program === undefined) throw new Error('there is no program');
    for (const { name } of targets) {
      const [files, more] = [await filesOf(before.program, name), await filesOf(after.program, name)];
      for (const [path, content] of files) {
        if (!lists.includes(path)) expect(more.get(path), path).toBe(content);
      }
      if (name === 'cfn') {
        const stepsOf = (all: ReadonlyMap<string, string>) =>
          (JSON.parse(all.get('cfn/deployments.json') ?? '{"steps":[]}') as { readonly steps: readonly object[] })
            .steps;
        expect(stepsOf(more)).toEqual(expect.arrayContaining([...stepsOf(files)]));
      }
    }
  }
});

test('a further environment with a long name changes no file of other environments', async () => {
  const long = 'x'.repeat(60);
  const at = (environment: readonly string[]) =>
    compiled({
      keywright: 1,
      app: 'a'.repeat(40),
      settings: { aliasGrants: 'identity' },
      environments: { ...places, [long]: places.audit },
      principals: { reader: { role: 'arn:aws:iam::${account}:role/Reader' } },
      stacks: {
        core: {
          environment,
          principals: { ...api, human: { user: {} }, humans: { group: {} } },
          keys: { orders: { aliases: ['orders'], grants: [{ to: ['api', 'human', 'reader'], can: 'decrypt' }] } },
        },
        web: {
          environment: 'milan',
          keys: {
            parcels: {
              aliases: ['parcels'],
              grants: environment.map((name) => ({
                to: { stack: 'core', environment: name, name: 'api' },
                can: 'decrypt',
              })),
            },
          },
        },
      },
    });
  const [before, after] = [at(['eu', 'data']), at(['eu', 'data', long])];
  expect([...before.diagnostics, ...after.diagnostics].filter(({ severity }) => severity === 'error')).toEqual([]);
  if (before.program === undefined || after.program === undefined) throw new Error('there is no program');
  for (const { name } of targets) {
    const [files, more] = [await filesOf(before.program, name), await filesOf(after.program, name)];
    for (const [path, content] of files)
      if (!lists.includes(path) && !path.includes('web')) expect(more.get(path), path).toBe(content);
  }
});

const role = { role: { assumedBy: 'lambda.amazonaws.com' } };

test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>?]>([
  ['a key', { imports: { orders: { key: 'core.orders', grants: [{ to: 'web', can: 'decrypt' }] } } }],
  [
    'two keys, one of which is only in some environments',
    { imports: { a: { key: 'core.orders' }, b: { key: 'core.parcels' } } },
  ],
  ['a role', { principals: { web: { role: { assumedBy: 'core.api' } } } }],
  [
    'a key of another tool',
    { imports: { orders: { key: 'core.orders' } }, targets: ['terraform'] },
    { targets: ['cfn'] },
  ],
])('a further environment of a stack that uses %s changes no file of the other stack', async (_, user, used = {}) => {
  const at = (environment: readonly string[]) =>
    compiled({
      keywright: 1,
      app: 'shop',
      environments: places,
      stacks: {
        core: {
          environment: ['eu', 'us', 'data'],
          keys: { orders: { aliases: ['orders'] }, parcels: { in: { data: 'absent' } } },
          principals: { api: role },
          ...used,
        },
        user: { environment, principals: { web: role }, keys: { of: {} }, outputs: outputsOf(user), ...user },
      },
    });
  for (const [few, further] of [
    [['eu'], 'us'],
    [['us'], 'eu'],
  ] as const) {
    const [before, after] = [at(few), at([...few, further])];
    expect([...before.diagnostics, ...after.diagnostics].filter(({ severity }) => severity === 'error')).toEqual([]);
    if (before.program === undefined || after.program === undefined) throw new Error('there is no program');
    expect(before.program.stacks.some(({ imports }) => imports.length > 0)).toBe(true);
    for (const { name } of targets) {
      const [files, more] = [await filesOf(before.program, name), await filesOf(after.program, name)];
      for (const [path, content] of files) {
        if (!lists.includes(path)) expect(more.get(path), path).toBe(content);
      }
    }
  }
});

function outputsOf({ imports = {} }: { readonly imports?: object }): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(imports).map((name) => [`${name}Arn`, `\${imports.${name}.arn}`]));
}

test('a further environment changes no file of stacks in other regions of its account', async () => {
  const at = (names: readonly ('eu' | 'us' | 'milan')[]) =>
    compiled({
      keywright: 1,
      app: 'shop',
      environments: Object.fromEntries(names.map((name) => [name, places[name]])),
      stacks: {
        alone: { environment: 'eu', keys: { orders: { multiRegion: true } } },
        core: { environment: ['eu'], keys: { orders: { multiRegion: true } } },
        copied: { environment: 'eu', keys: { orders: { multiRegion: true, replicas: [{ environment: 'us' }] } } },
      },
    });
  const [before, after] = [at(['eu', 'us']), at(['eu', 'us', 'milan'])];
  if (before.program === undefined || after.program === undefined) throw new Error('there is no program');
  for (const { name } of targets)
    expect(await filesOf(after.program, name)).toEqual(await filesOf(before.program, name));
});
