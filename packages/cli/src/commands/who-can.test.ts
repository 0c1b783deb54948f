import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';
import { runIn } from '../testing/run-in.ts';

const project = `keywright: 1
app: payments
environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
principals:
  admin: { role: "arn:aws:iam::\${account}:role/Admin" }
  breakGlass: { role: "arn:aws:iam::111122223333:role/BreakGlass", mutable: false }
  partner: { account: "999999999999" }
  operators: { anyOf: [admin, breakGlass] }
stacks:
  security:
    environment: prod-eu
    targets: [cfn, terraform]
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
      batch: { user: {} }
    keys:
      orders:
        aliases: [orders]
        multiRegion: true
        replicas: [{ environment: prod-us, grants: [{ to: breakGlass, can: decrypt }] }]
        admins: [admin]
        grants:
          - { to: ordersApi, can: encryptDecrypt }
          - { to: batch, can: decrypt, via: s3, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }
          - { to: partner, can: decrypt }
          - { to: { service: events }, can: describe }
      receipts: { spec: ECC_NIST_P256, usage: SIGN_VERIFY, grants: [{ to: ordersApi, can: sign }] }
  team:
    environment: [prod-eu, prod-us]
    keys: { orders: {}, team: {} }
`;

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-who-can-'));
  writeFileSync(join(cwd, 'keywright.yaml'), project);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

async function outputOf(...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await keywright(...argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

const lastLine =
  'Not considered: service control policies, permissions boundaries, session policies. They can only reduce access (https://keywright.github.io/keywright/analysis.html).';

describe('who-can', () => {
  it('lists principals with statements, conditions and lines', async () => {
    expect(await outputOf('who-can', 'decrypt', 'security.orders')).toBe(
      `security.orders  arn:aws:kms:eu-west-1:111122223333:key/<id of security/key/orders>
kms:Decrypt

  can
    security.ordersApi                     key policy       keywright.yaml:19 (the default key policy)
                                           identity policy  keywright.yaml:25
    the root user of account 111122223333  key policy       keywright.yaml:19 (the default key policy)
    the root user of account 999999999999  key policy       keywright.yaml:27

  depends on the request or the deployment
    security.batch  key policy       keywright.yaml:19 (the default key policy)
                    identity policy  keywright.yaml:26
                    depends on kms:EncryptionContext:tenant, kms:ViaService: if kms:EncryptionContext:tenant StringEquals a and kms:ViaService StringEquals s3.eu-west-1.amazonaws.com

  only if a policy outside this project allows it
    admin                            key policy  keywright.yaml:19 (the default key policy)
    someone in account 111122223333  key policy  keywright.yaml:19 (the default key policy)
    someone in account 999999999999  key policy  keywright.yaml:27

  a replica has a policy of its own: orders@prod-us

${lastLine}
`,
    );
  });

  it('answers for every key with the name', async () => {
    const out = await outputOf('who-can', 'decrypt', 'orders');
    expect(out.match(/^\S+ {2}arn:/gm)).toEqual(['security.orders  arn:']);
    expect(out).toContain('\nteam.orders  in prod-eu, prod-us  arn:');
    expect((await outputOf('who-can', 'decrypt', 'orders', '--stack', 'team')).match(/ {2}arn:/g)).toHaveLength(1);
    expect(await outputOf('who-can', 'decrypt', 'orders@prod-us')).toContain('role/BreakGlass');
  });

  it('gives definite answers if the options describe the request', async () => {
    const circumstances = ['--via', 's3', '--context', 'kms:EncryptionContext:tenant=a'];
    expect(await outputOf('who-can', 'decrypt', 'security.orders', ...circumstances)).not.toContain(
      'depends on kms:ViaService',
    );
    expect(await outputOf('who-can', 'decrypt', 'security.orders', '--without', 'kms:ViaService')).not.toContain(
      'security.batch',
    );
  });

  it('reports that KMS refuses actions that a key does not support', async () => {
    expect(await outputOf('who-can', 'decrypt', 'receipts')).toContain(
      'nobody, because KMS refuses it for a key with usage SIGN_VERIFY',
    );
  });

  it('prints JSON for programs', async () => {
    const { version, keys, notKnown } = JSON.parse(
      await outputOf('who-can', 'decrypt', 'security.orders', '--format', 'json'),
    );
    expect(version).toBe(1);
    expect(notKnown).toHaveLength(3);
    expect(keys).toHaveLength(1);
    const { key, actions, replicas, principals } = keys[0];
    expect({ key, actions, replicas }).toEqual({
      key: 'security.orders',
      actions: ['kms:Decrypt'],
      replicas: ['orders@prod-us'],
    });
    const batch = principals.find(({ principal }: { principal: string }) => principal === 'security.batch');
    expect(batch).toMatchObject({
      kind: 'user',
      answers: [
        {
          actions: ['kms:Decrypt'],
          certainty: 'depends',
          decision: 'dependsOn',
          possible: ['allow', 'implicitDeny'],
          dependsOn: [{ needs: ['kms:EncryptionContext:tenant'] }, { needs: ['kms:ViaService'] }],
          by: [{ policy: 'keyPolicy' }, { policy: 'identityPolicy', source: { file: 'keywright.yaml', line: 26 } }],
        },
      ],
    });
  });

  it('shows paths relative to the working directory', async () => {
    const io = fakeIo({ cwd: join(cwd, '..') });
    const folder = cwd.split('/').at(-1) ?? '';
    expect(await run(['who-can', 'sign', 'receipts', folder], io)).toBe(0);
    expect(io.out()).toContain(`${folder}/keywright.yaml:29`);
  });

  it('exits with 1 and prints the errors of a project', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'keywright-who-can-'));
    writeFileSync(join(broken, 'keywright.yaml'), 'keywright: 1\n');
    const { code, out, err } = await keywright('who-can', 'decrypt', 'orders', broken);
    rmSync(broken, { recursive: true });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('error[KW');
  });
});

describe('why', () => {
  it('explains the decision step by step', async () => {
    expect(
      await outputOf('why', 'ordersApi', 'decrypt', 'security.orders'),
    ).toBe(`ordersApi → security.orders: kms:Decrypt

1. arn:aws:iam::111122223333:role/<name of security/role/ordersApi> requests kms:Decrypt on security.orders, arn:aws:kms:eu-west-1:111122223333:key/<id of security/key/orders>.
2. The key policy leaves it to the policies of the principal’s account.
   ✓ The Allow of the key policy at keywright.yaml:19 (the default key policy): kms:* for account 111122223333 on *.
   ✗ The Allow of the key policy at keywright.yaml:27: kms:Decrypt for account 999999999999 on *.
       ✗ it is not for account 999999999999
   ✗ The Allow of the key policy at keywright.yaml:28: kms:DescribeKey for events.amazonaws.com on *.
       ✗ it is not for events.amazonaws.com
3. A policy attached to the principal allows it, and the key policy gives that policy effect.
   ✓ The Allow of an identity policy at keywright.yaml:25: kms:Decrypt, kms:Encrypt, kms:ReEncrypt*, kms:GenerateDataKey* on arn:aws:kms:eu-west-1:111122223333:key/<id of security/key/orders>.

Allowed by the Allow of the key policy at keywright.yaml:19 (the default key policy) and the Allow of an identity policy at keywright.yaml:25.

${lastLine}
`);
  });

  it('names the condition keys that an answer depends on, and gives a definite answer if their values are known', async () => {
    expect(await outputOf('why', 'batch', 'decrypt', 'security.orders')).toMatch(
      /^Allowed if kms:EncryptionContext:tenant .* and kms:ViaService .*\.$/m,
    );
    const context = [
      '--context',
      'kms:ViaService=s3.eu-west-1.amazonaws.com',
      '--context',
      'KMS:EncryptionContext:tenant=a',
    ];
    expect(await outputOf('why', 'batch', 'decrypt', 'security.orders', ...context)).toMatch(/^Allowed by /m);
    expect(await outputOf('why', 'batch', 'decrypt', 'security.orders', '--via', 'none')).toMatch(
      /^Denied: nothing allows it/m,
    );
  });

  it('knows the encryption context once all of it is given', async () => {
    const answerFor = async (pairs: string) =>
      (
        await outputOf('why', 'batch', 'decrypt', 'security.orders', '--via', 's3', '--encryption-context', pairs)
      ).match(/^(Allowed|Denied)/m)?.[0];
    expect(await answerFor('tenant=a,env=b')).toBe('Allowed');
    expect(await answerFor('tenant=b')).toBe('Denied');
    expect(await answerFor('none')).toBe('Denied');
  });

  it.each([
    ['security.ordersApi', 'role/<name of security/role/ordersApi> requests'],
    ['breakGlass', 'role/BreakGlass requests'],
    ['operators', 'role/Admin requests'],
    ['999999999999', 'someone in account 999999999999 requests'],
    ['logs.eu-west-1.amazonaws.com', 'logs.eu-west-1.amazonaws.com requests'],
    ['events.amazonaws.com', 'events.amazonaws.com requests'],
    ['arn:aws:iam::111122223333:user/somebody', 'user/somebody requests'],
  ])('knows who %s is', async (name, text) => {
    expect(await outputOf('why', name, 'kms:DescribeKey', 'security.orders')).toContain(text);
  });

  it.each([
    ['loader', ['app-us']],
    ['everyLoader', ['app-us', 'app-eu']],
    ['app-us.auto', ['app-us']],
  ])('finds the principals that %s stands for in each environment', async (name, stacks) => {
    const folder = join(import.meta.dirname, '../../cases/principals-of-one-environment');
    const asking = (await outputOf('why', name, 'decrypt', 'lake', folder)).match(/role\/demo-app-\w+-auto requests/g);
    expect(asking).toEqual(stacks.map((stack) => `role/demo-${stack}-auto requests`));
  });

  it('distinguishes actions with different answers', async () => {
    const headings = (await outputOf('why', 'ordersApi', 'administer', 'security.orders')).match(/^ordersApi → .*$/gm);
    expect(headings).toHaveLength(1);
    const both = (await outputOf('why', 'ordersApi', 'kms:*', 'security.orders')).match(/^ordersApi → .*$/gm);
    expect(both?.length).toBeGreaterThan(1);
  });

  it('prints JSON for programs', async () => {
    const { version, answers } = JSON.parse(
      await outputOf('why', 'ordersApi', 'decrypt', 'security.orders', '--format', 'json'),
    );
    expect(version).toBe(1);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({
      principal: 'ordersApi',
      kind: 'role',
      key: 'security.orders',
      certainty: 'allowed',
      decision: 'allow',
    });
    expect(answers[0].steps[2]).toMatchObject({
      kind: 'statement',
      applies: true,
      statement: { policy: 'keyPolicy', source: { line: 19 } },
    });
  });
});

describe('policy', () => {
  it('prints the policy with the line of each statement', async () => {
    const out = await outputOf('policy', 'receipts');
    expect(out).toBe(`// security.receipts
{
  "Version": "2012-10-17",
  "Statement": [
    // keywright.yaml:29 (the default key policy)
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::111122223333:root"
      },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
`);
    expect(JSON.parse(out.replaceAll(/^ *\/\/.*$/gm, ''))).toHaveProperty('Version', '2012-10-17');
  });

  it('prints JSON that contains the document as it is', async () => {
    const { keys } = JSON.parse(await outputOf('policy', 'orders@prod-us', '--format', 'json', '--stack', 'security'));
    expect(keys).toHaveLength(1);
    expect(keys[0].key).toBe('security.orders@prod-us');
    expect(keys[0].policy.Statement).toHaveLength(keys[0].statements.length);
    expect(keys[0].statements.map(({ source }: { source: { line: number } }) => source.line)).toEqual([22, 22]);
  });

  it.each([
    ['cfn', '# security.orders', /^Version: '2012-10-17'$/m],
    ['terraform', '# security.orders', /^jsonencode\(\{$/m],
  ])('prints the policy as %s writes it', async (target, comment, document) => {
    const out = await outputOf('policy', 'security.orders', '--target', target);
    expect(out).toContain(`${comment}\n# statement 1: keywright.yaml:19 (the default key policy)\n`);
    expect(out).toMatch(document);
  });

  it('prints the policy as Pulumi writes it', async () => {
    expect(await outputOf('policy', 'team.team', '--stack', 'team-prod-us', '--target', 'pulumi')).toMatch(
      /^\/\/ team-prod-us.team\n\/\/ statement 1.*\nJSON.stringify\(\{$/m,
    );
  });
});

describe('graph', () => {
  it('prints Mermaid by default', async () => {
    const out = await outputOf('graph', '--stack', 'security', '--key', 'orders');
    expect(out).toContain('flowchart LR\n');
    expect(out).toContain('(["orders"])');
    expect(out).toMatch(/^ {2}p\d+ -->\|"decrypt, encrypt"\| k0$/m);
    expect(out).toMatch(/^ {2}p\d+ -\.->\|"decrypt"\| k0$/m);
    expect(out).not.toContain('team');
  });

  it('chooses the format by the extension of the file', async () => {
    expect(await outputOf('graph', '--out', 'keys.svg')).toBe('wrote keys.svg\n');
    expect(readFileSync(join(cwd, 'keys.svg'), 'utf8')).toMatch(/^<svg [\s\S]*>ordersApi<[\s\S]*<\/svg>\n$/);
    expect(await outputOf('graph', '--out', 'keys.html')).toBe('wrote keys.html\n');
    expect(readFileSync(join(cwd, 'keys.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(await outputOf('graph', '--format', 'svg')).toMatch(/^<svg /);
  });

  it('replaces earlier drawings and empty files', async () => {
    for (const name of ['mine.svg', 'mine.HTML', 'mine.mmd']) {
      writeFileSync(join(cwd, name), '');
      expect(await outputOf('graph', '--out', name)).toBe(`wrote ${name}\n`);
      expect(await outputOf('graph', '--stack', 'security', '--out', name)).toBe(`wrote ${name}\n`);
    }
  });

  it.each(['keys.png', 'keys', 'README.md', 'keywright.yaml'])('does not guess a format for %s', async (name) => {
    const { code, err } = await keywright('graph', '--out', name);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: cannot tell from the name .*: \.html draws a page, \.svg an SVG, \.mmd/);
  });

  it('does not overwrite a drawing in another format', async () => {
    const { code, err } = await keywright('graph', '--format', 'svg', '--out', 'keys.html');
    expect(code).toBe(2);
    expect(err).toContain('--format svg does not match the name "keys.html"');
  });

  it('overwrites neither a source of the project under any name nor anybody else’s file', async () => {
    const source = readFileSync(join(cwd, 'keywright.yaml'), 'utf8');
    symlinkSync('keywright.yaml', join(cwd, 'link.svg'));
    writeFileSync(join(cwd, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    for (const [file, why] of [
      ['keywright.yaml', 'the project reads it'],
      ['link.svg', 'the project reads it'],
      ['keywright.context.json', 'the project reads it'],
      ['logo.svg', 'it is not a drawing of keywright graph'],
    ] as const) {
      const { code, err } = await keywright('graph', '--format', 'svg', '--out', file);
      expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    }
    expect(readFileSync(join(cwd, 'keywright.yaml'), 'utf8')).toBe(source);
    expect(readFileSync(join(cwd, 'logo.svg'), 'utf8')).toBe('<svg xmlns="http://www.w3.org/2000/svg"/>');
  });

  it('reports a path that it cannot write to', async () => {
    const { code, err } = await keywright('graph', '--out', 'nowhere/keys.svg');
    expect(code).toBe(2);
    expect(err).toMatch(/^error: cannot write nowhere\/keys.svg: /);
    expect(existsSync(join(cwd, 'nowhere'))).toBe(false);
  });
});

describe('a mistake in a question', () => {
  it.each([
    [['who-can', 'orders', 'decrypt'], 'there is no action "orders"; it comes before the key: `decrypt orders`'],
    [
      ['who-can', 'own', 'orders'],
      'there is no action "own"; give a capability such as decrypt or administer, or an action such as kms:Decrypt',
    ],
    [['who-can', 'decript', 'orders'], 'there is no action "decript"; did you mean `decrypt`?'],
    [['why', 'ordersApi', 'kms:Decript', 'orders'], 'there is no action "kms:Decript"; did you mean `kms:Decrypt`?'],
    [
      ['why', 'ordersApi', 'kms:ReEncrypt', 'orders'],
      '"kms:ReEncrypt" is not an action; ask about `kms:ReEncryptFrom` on one key and `kms:ReEncryptTo` on the other',
    ],
    [['who-can', 'reencrypt', 'orders'], '"reencrypt" is not an action; ask about `kms:ReEncryptFrom`'],
    [['who-can', 'decrypt', 'oders'], 'there is no key "oders"; did you mean `orders`?'],
    [['policy', 'security.ordrs'], 'there is no key "security.ordrs"; did you mean `security.orders`?'],
    [['graph', '--key', 'oders'], 'there is no key "oders"; did you mean `orders`?'],
    [
      ['who-can', 'decrypt', 'receipts', '--stack', 'team'],
      'there is no key "receipts" in team; the only one is `security.receipts`',
    ],
    [['policy', 'orders', '--stack', 'securty'], 'there is no stack "securty"; did you mean `security`?'],
    [['graph', '--stack', 'securty'], 'there is no stack "securty"; did you mean `security`?'],
    [['why', 'orderApi', 'decrypt', 'security.orders'], 'there is no principal "orderApi"; did you mean `ordersApi`?'],
    [
      ['why', 'brakGlass', 'decrypt', 'security.orders'],
      'there is no principal "brakGlass"; did you mean `breakGlass`?',
    ],
    [['why', 'batch', 'decrypt', 'security.orders', '--context', 'tenant'], '--context takes key=value, not "tenant"'],
    [['who-can', 'decrypt', 'orders', '--encryption-context', 'a'], '--encryption-context takes name=value, not "a"'],
    [
      ['why', 'batch', 'decrypt', 'security.orders', '--via', 'S3'],
      '--via takes a service as kms:ViaService names it, not "S3"; did you mean `s3`?',
    ],
    [
      ['who-can', 'decrypt', 'orders', '--via', 'ec2.amazonaws.com'],
      '--via takes a service as kms:ViaService names it, not "ec2.amazonaws.com"; did you mean `ec2`?',
    ],
    [
      ['who-can', 'decrypt', 'orders', '--context', 'kms:ViaServise=x'],
      '--context: there is no condition key "kms:ViaServise"; did you mean `kms:ViaService`?',
    ],
    [
      ['who-can', 'decrypt', 'orders', '--without', 'aws:PrincipalOrgId,aws:SourceVpcc'],
      '--without: there is no condition key "aws:SourceVpcc"; did you mean `aws:SourceVpc`?',
    ],
    [
      ['who-can', 'decrypt', 'orders', '--context', 'kms:ViaService=s3'],
      '--context: kms:ViaService is a host such as s3.eu-west-1.amazonaws.com; --via s3 fills in the region of the key',
    ],
    [['graph', '--out', 'nowhere/keys.svg'], 'cannot write nowhere/keys.svg: its folder does not exist'],
    [['policy', 'orders', '--target', 'tf'], 'there is no target "tf"; write `terraform`'],
    [['policy', 'orders', '--target', 'cdk'], 'there is no target "cdk"; choose one of `cfn`, `pulumi`, `terraform`'],
    [['policy', 'security.orders', '--target', 'pulumi'], 'the stack security is not generated for pulumi'],
    [['policy', 'orders', '--target', 'cfn', '--format', 'json'], '--target does not print JSON'],
  ])('%j is wrong usage', async (argv, message) => {
    const { code, out, err } = await keywright(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`error: ${message}`);
  });
});

describe('completion', () => {
  const offered = async (...words: readonly string[]) =>
    (await outputOf('complete', '--', ...words)).split('\n').flatMap((line) => line.split('\t')[0] || []);

  it.each([
    [
      ['who-can', 'enc'],
      ['encrypt', 'encryptDecrypt'],
    ],
    [['who-can', 'kms:Sc'], ['kms:ScheduleKeyDeletion']],
    [
      ['who-can', 'decrypt', ''],
      ['orders', 'security.orders', 'team.orders', 'receipts', 'team', 'orders@prod-us'],
    ],
    [['policy', 'r'], ['receipts']],
    [
      ['why', 'b'],
      ['breakGlass', 'batch'],
    ],
    [['why', 'batch', 'dec'], ['decrypt']],
    [['graph', '--stack', 'team-prod-eu,t'], ['team-prod-eu,team-prod-us']],
    [['graph', '--key', 'rec'], ['receipts']],
    [
      ['graph', '--format', ''],
      ['html', 'svg', 'mermaid'],
    ],
    [['policy', 'orders', '--target', 't'], ['terraform']],
  ])('offers the expected words for %j', async (words, values) => {
    expect(await offered(...words)).toEqual(values);
  });

  it('offers nothing outside a project', async () => {
    const io = fakeIo({ cwd: join(cwd, 'nowhere') });
    expect(await run(['complete', '--', 'policy', ''], io)).toBe(0);
    expect(io.out()).toBe('');
  });
});

describe('a principal of a stack with several environments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-why-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const api = 'principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }';
  writeFileSync(
    join(folder, 'keywright.yaml'),
    `keywright: 1
app: shop
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
  test: { account: "444455556666", region: eu-west-1 }
stacks:
  core: { environment: [eu, us], ${api}, keys: { orders: { rotation: true, grants: [{ to: api, can: decrypt }] } } }
  spare: { environment: test, keys: { spare: { rotation: true } } }
`,
  );

  it('is the principal in the environment of the key', async () => {
    const { out } = await runIn(folder, ['why', 'core.api', 'decrypt', 'core.orders']);
    expect(out.match(/^\S+ → [^:]+/gm)).toEqual(['core-eu.api → core-eu.orders', 'core-us.api → core-us.orders']);
  });

  it('is the principal in each environment of its stack if the key is in another environment', async () => {
    const { out } = await runIn(folder, ['why', 'core.api', 'decrypt', 'spare']);
    expect(out.match(/^\S+ → [^:]+/gm)).toEqual(['core-eu.api → spare.spare', 'core-us.api → spare.spare']);
  });
});
