import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

const names = Array.from({ length: 36 }, (_, index) => `env-${String(index + 1).padStart(2, '0')}`);

/** 36 environments with an account each, half of them in a second region; and a stack with these keys in all environments. */
function fleet(keys: string, more = ''): string {
  return `keywright: 1
app: fleet
environments:
${names.map((name, index) => `  ${name}: { account: "${100_000_000_001 + index}", region: ${index % 2 === 0 ? 'eu-west-1' : 'us-east-1'} }`).join('\n')}
stacks:
  data:
    environment: [${names.join(', ')}]
    keys:
      ${keys}
${more}`;
}

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-fold-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function keywright(project: string, ...argv: readonly string[]): Promise<string> {
  writeFileSync(join(cwd, 'keywright.yaml'), project);
  const io = fakeIo({ cwd });
  await run(argv, io);
  expect(io.err()).toBe('');
  return io.out();
}

async function headings(project: string, ...argv: readonly string[]): Promise<readonly string[]> {
  return (
    (await keywright(project, ...(argv.length === 0 ? ['check'] : argv))).match(/^(?:error|warning|note)\[.*$/gm) ?? []
  );
}

describe('a diagnostic that applies in several environments', () => {
  it('is printed once, with the number of environments', async () => {
    const inNine = '{ rotation: true, in: { env-0*: { rotation: false } } }';
    expect(await headings(fleet(`orders: ${inNine}`))).toEqual([
      'warning[KW7018]: in 9 of 36 environments: `orders` is not rotated',
    ]);
  });

  it('keeps the values that all environments share, such as the account', async () => {
    const project = `keywright: 1
app: fleet
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
stacks:
  data:
    environment: [eu, us]
    keys:
      orders: { rotation: true, grants: [{ to: { account: "444455556666" }, can: decrypt }] }`;
    const text = await keywright(project, 'check');
    expect(text.match(/note\[KW3034\]/g)).toHaveLength(1);
    expect(text).toContain('"Resource":"arn:aws:kms:${region}:111122223333:key/<key id>"');
  });

  it('lists a few environments by name', async () => {
    const inTwo = '{ rotation: true, in: { env-07: { rotation: false }, env-20: { rotation: false } } }';
    expect(await headings(fleet(`orders: ${inTwo}`))).toEqual([
      'warning[KW7018]: in env-07, env-20: `orders` is not rotated',
    ]);
  });

  it('does not count a name that matches no environment', async () => {
    const project = fleet('orders: { spec: RSA_2048 }').replace(
      '    environment: [',
      '    environment: ["zz*", nope, ',
    );
    expect(await headings(project)).toEqual([
      'error[KW2100]: no environment matches `zz*`',
      'error[KW2003]: there is no environment `nope`',
      'error[KW3002]: in all 36 environments: a key of spec RSA_2048 can have more than one usage, and none is given',
    ]);
  });

  it('says if it applies in all environments, but not for a stack in one environment', async () => {
    const other = '  other: { environment: env-01, keys: { own: {} } }\n';
    expect(await headings(fleet('orders: {}', other))).toEqual([
      'warning[KW7018]: in all 36 environments: `orders` is not rotated',
      'warning[KW7018]: `own` is not rotated',
    ]);
  });

  it('has placeholders for the account and region in its text', async () => {
    const keys = '{ rotation: true, aliases: [data] }';
    expect(await headings(fleet(`orders: ${keys}\n      more: ${keys}`))).toEqual([
      'error[KW3009]: in all 36 environments: `alias/data` is claimed twice in account ${account}, ${region}',
    ]);
  });

  it('has the name of the stack as written, also in a build', async () => {
    await keywright(
      fleet('orders: { rotation: true }\n      more: { rotation: true }'),
      'build',
      '--target',
      'terraform',
    );
    const gone =
      /^error\[KW\d+\]: in all 36 environments: the key `more` of stack `data-\$\{environment\}` has disappeared/;
    const found = await headings(fleet('orders: { rotation: true }'), 'build', '--target', 'terraform');
    expect(found).toEqual([expect.stringMatching(gone)]);
  });

  it('has placeholders in its advice too, and a wildcard for the regions of a key with replicas', async () => {
    const partner = 'grants: [{ to: { role: "arn:aws:iam::999999999999:role/Reader" }, can: decrypt }]';
    const found = await keywright(fleet(`orders: { rotation: true, ${partner} }`), 'check');
    expect(found.match(/^note.*$/gm)).toEqual([expect.stringContaining('note[KW3034]: in all 36 environments: ')]);
    expect(found.match(/"Resource":"[^"]*"/g)).toEqual(['"Resource":"arn:aws:kms:${region}:${account}:key/<key id>"']);
    const replicated = fleet(
      `orders: { rotation: true, multiRegion: true, ${partner}, replicas: [{ environment: eu-2 }] }`,
    )
      .replace('stacks:', '  eu-2: { account: "100000000002", region: eu-west-1 }\nstacks:')
      .replace(/environment: \[.*\]/, 'environment: env-02');
    expect((await keywright(replicated, 'check')).match(/"Resource":"[^"]*"/g)).toEqual([
      '"Resource":"arn:aws:kms:*:100000000002:key/<key id>"',
    ]);
  });

  it.each([
    [
      'stacks that need each other',
      `
    imports: { own: { key: apps.own, grants: [{ to: api, can: decrypt }] } }
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
  apps:
    environment: env-*
    imports: { orders: { key: data.orders, grants: [{ to: worker, can: decrypt }] } }
    principals: { worker: { role: { assumedBy: lambda.amazonaws.com } } }
    keys: { own: { rotation: true } }
`,
      [
        'error[KW2009]: in all 36 environments: these stacks need each other, so none can be deployed first: apps-${environment} → data-${environment} → apps-${environment}',
      ],
    ],
    [
      'a value that cannot reach the other stack',
      `  hub: { environment: env-01, targets: [cfn], keys: { root: { rotation: true } } }
  apps:
    environment: env-0*
    targets: [cfn]
    imports: { root: { key: hub.root } }
    outputs: { root: "\${imports.root.arn}" }
`,
      [
        'error[KW4003]: in 8 of 9 environments: CloudFormation cannot pass `keys.root.arn` of stack `hub` across accounts',
      ],
    ],
    [
      'a reference that fits several stacks',
      `  hub: { environment: [env-01, env-02], keys: { root: { rotation: true } } }
  apps: { environment: env-1*, imports: { root: { key: hub.root } } }
`,
      [
        'error[KW2005]: in all 10 environments: `hub.root` fits 2 stacks (hub-env-01, hub-env-02), none of them in `${environment}`',
      ],
    ],
    [
      'a role that a stranger can assume',
      '    principals: { door: { role: { assumedBy: { account: "999999999999" } } } }\n',
      [
        'warning[KW7029]: in all 36 environments: account 999999999999 can assume the role `data-${environment}.door`, and no reason is given',
      ],
    ],
    [
      'two policies of one name',
      `    principals: { api: { role: { assumedBy: lambda.amazonaws.com, name: Api } } }
    identityPolicies:
      one: { attachTo: api, policyName: Access, statements: [{ actions: kms:ListKeys, resources: "*" }] }
      two: { attachTo: api, policyName: Access, statements: [{ actions: kms:ListAliases, resources: "*" }] }
`,
      [
        'error[KW3071]: in all 36 environments: `two` under `identityPolicies` and `one` give the role `api` two inline policies called `Access`',
      ],
    ],
  ])('is printed once for %s in several environments', async (_, more, expected) => {
    expect(await headings(fleet('orders: { rotation: true }', more))).toEqual(expected);
  });

  it('is printed once for a region in which each account has several environments', async () => {
    const accounts = ['a', 'b', 'c'].map(
      (name, index) => `  ${name}: { account: "11112222333${index}", region: eu-west-1 }
  ${name}-one: { account: "11112222333${index}", region: us-east-1 }
  ${name}-two: { account: "11112222333${index}", region: us-east-1 }
`,
    );
    const project = `keywright: 1
app: shop
environments:
${accounts.join('')}stacks:
  core:
    environment: [a, b, c]
    keys: { orders: { rotation: true, multiRegion: true, replicas: [{ region: us-east-1 }] } }
`;
    expect(await headings(project)).toEqual([
      'error[KW2146]: in a, b, c: the account of the key has several environments in us-east-1, so it is unclear which of them this replica is in',
    ]);
  });

  it('is printed separately for an environment in which the message differs', async () => {
    const keys = '{ rotation: true, aliases: [data/100000000007] }';
    expect(await headings(fleet(`orders: ${keys}\n      more: ${keys}`))).toEqual([
      'error[KW3009]: in 35 of 36 environments: `alias/data/100000000007` is claimed twice in account ${account}, ${region}',
      'error[KW3009]: in env-07: `alias/data/100000000007` is claimed twice in account 100000000007, eu-west-1',
    ]);
  });

  it('counts once for --max-warnings', async () => {
    const project = fleet('orders: {}');
    expect(await headings(project, 'check', '--max-warnings', '0')).toEqual([
      'error[KW5124]: there is 1 warning, and --max-warnings allows 0',
      expect.stringContaining('warning[KW7018]'),
    ]);
  });

  it('is one result in machine formats, with the environments beside it', async () => {
    const project = fleet('orders: { rotation: true, in: { env-0*: { rotation: false } } }');
    const nine = names.slice(0, 9);
    const { diagnostics, summary } = JSON.parse(await keywright(project, 'check', '--format', 'json'));
    expect(diagnostics).toMatchObject([{ message: '`orders` is not rotated', environments: nine }]);
    expect(summary).toEqual({ errors: 0, warnings: 1, notes: 0 });
    const { runs } = JSON.parse(await keywright(project, 'check', '--format', 'sarif'));
    expect(runs[0].results).toMatchObject([
      {
        message: { text: expect.stringMatching(/^in 9 of 36 environments: `orders` is not rotated\n/) },
        properties: { environments: nine },
      },
    ]);
    expect((await keywright(project, 'check', '--format', 'github')).match(/^::warning .*$/gm)).toEqual([
      expect.stringContaining('title=KW7018::in 9 of 36 environments: `orders` is not rotated'),
    ]);
    const junit = await keywright(project, 'check', '--format', 'junit');
    expect(junit.match(/<testcase /g)).toHaveLength(1);
    expect(junit).toContain('name="KW7018: `orders` is not rotated"');
    expect(junit).toContain(`environments: ${nine.join(', ')}\n`);
  });
});
