/**
 * Nobody can do anything with a key that the YAML of that key does not grant.
 *
 * For keys that the project creates or imports, the test reads the expected access from the YAML without using the compiler, and the
 * evaluator decides what the policies allow. All other keys of the same accounts and regions have the default key policy, which leaves the
 * decision to IAM policies. For these other keys, an independent judge decides. It ignores every Deny, and assumes that every condition is
 * met, except conditions on aliases.
 */
import { anyProject as anyAccess } from '@keywright/analyze/testing/any-access';
import {
  type Deployed,
  type DeployedKey,
  deployPolicies,
  type JsonPolicy,
} from '@keywright/analyze/testing/deployed-policies';
import { judgeAsked } from '@keywright/analyze/testing/iam-simulate';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Resource } from '@keywright/core/ir/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyGrantingProject } from './testing/any-granting-project.ts';
import { anyProject } from './testing/any-project.ts';
import { accessInYaml } from './testing/asked-access.ts';
import { accessBeyondYaml, aliasMovers } from './testing/beyond-asked.ts';
import { compileFiles, projects } from './testing/projects.ts';
import { someDeployments } from './testing/some-deployments.ts';

const operations = ['Decrypt', 'GenerateDataKey', 'DescribeKey', 'PutKeyPolicy', 'CreateGrant', 'Sign', 'GenerateMac'];

interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

function placesOf(program: Program): readonly Place[] {
  const places = program.stacks.flatMap(({ environment, resources }) => {
    const { partition = 'aws', account = '111122223333', region = 'eu-west-1' } = environment;
    const regions = new Set([region, ...resources.flatMap((resource) => resource.region ?? [])]);
    return [...regions].map((own) => ({ partition, account, region: own }));
  });
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

function stranger({ partition, account, region }: Place, aliases: readonly string[]): DeployedKey {
  const root = { AWS: `arn:${partition}:iam::${account}:root` };
  return {
    id: 'stranger',
    arn: `arn:${partition}:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`,
    account,
    region,
    traits: { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS' },
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' }],
    },
    aliases,
    tags: {},
    grants: [],
  };
}

/** Keys that the project does not name: a key without an alias, and keys with aliases that the project uses only in other places. */
function strangersOf(program: Program, deployed: Deployed): readonly DeployedKey[] {
  const imported = [...JSON.stringify([...deployed.identityPolicies.values()]).matchAll(/"(alias\/[^"]+)"/g)];
  const all = [...new Set(['alias/stranger', ...imported.map(([, alias = '']) => alias)])];
  const namedAt = ({ account, region }: Place) =>
    deployed.keys.filter((key) => key.account === account && key.region === region).flatMap(({ aliases }) => aliases);
  const ofProject = new Set(deployed.keys.flatMap(({ aliases }) => aliases));
  return placesOf(program).flatMap((place) => {
    const here = namedAt(place);
    // Leaves out an alias that no key of the project has, because an imported key has it.
    const elsewhere = all.filter(
      (alias) => alias === 'alias/stranger' || (ofProject.has(alias) && !here.includes(alias)),
    );
    return [stranger(place, []), ...elsewhere.map((alias) => stranger(place, [alias]))];
  });
}

/** The widest form of a policy: what it allows if all conditions are met, except conditions on aliases. */
function widest(policy: JsonPolicy): JsonPolicy | undefined {
  const allowing = policy.Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Condition, ...statement }) => {
    const tests = Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>); // conditions of a policy
    const kept = tests.flatMap(([operator, keys]) =>
      'kms:ResourceAliases' in keys ? [[operator, { 'kms:ResourceAliases': keys['kms:ResourceAliases'] }]] : [],
    );
    return kept.length === 0 ? statement : { ...statement, Condition: Object.fromEntries(kept) };
  });
  return allowing.length === 0 ? undefined : { ...policy, Statement: allowing };
}

function atTheirWidest(deployed: Deployed): Deployed {
  const policies = [...deployed.identityPolicies].map(
    ([holder, documents]) => [holder, documents.flatMap((policy) => widest(policy) ?? [])] as const,
  );
  return { ...deployed, identityPolicies: new Map(policies) };
}

/** The ARN of the role or user that a policy is attached to. For a group, the ARN of a user in it, who may do the same. */
function arnOf(holder: string, partition: string): string {
  const [kind, account, name] = holder.split(' ');
  return `arn:${partition}:iam::${account}:${kind === 'group' ? 'user' : kind}/${name}`;
}

/** Returns who can do what with keys that the project does not name, and the number of questions asked. */
async function reachOf(program: Program): Promise<{ readonly asked: number; readonly reached: readonly string[] }> {
  const deployed = atTheirWidest(deployPolicies(program));
  const strangers = strangersOf(program, deployed);
  const reached: string[] = [];
  let asked = 0;
  for (const [holder, policies] of deployed.identityPolicies) {
    for (const key of strangers) {
      const requester = arnOf(holder, key.arn.split(':')[1] ?? '');
      const own = requester.replace(':user/', `:${holder.split(' ')[0]}/`);
      const identityPolicies = new Map([[holder.replace(/^group /, 'user '), policies]]);
      for (const operation of operations) {
        asked += 1;
        const question = { deployed: { ...deployed, identityPolicies }, key, requester, operation };
        if ((await judgeAsked({ ...question, via: null, encryptionContext: {} }, {})) !== 'allow') continue;
        reached.push(`${own}: ${operation} with ${key.arn} ${key.aliases.join()}`);
      }
    }
  }
  return { asked, reached };
}

const distinguishedActions = [
  ...[
    'Decrypt',
    'GenerateDataKey',
    'ReEncryptFrom',
    'Encrypt',
    'DescribeKey',
    'GetKeyPolicy',
    'CreateGrant',
    'RetireGrant',
  ],
  ...['PutKeyPolicy', 'CreateAlias', 'UpdateAlias', 'ScheduleKeyDeletion', 'ReplicateKey'],
].map((operation) => `kms:${operation}`);

const valid = [...projects].flatMap(([name, files]) => {
  const { program, diagnostics } = compileFiles(files);
  return program === undefined || hasErrors(diagnostics) ? [] : [{ name, files, program }];
});

/**
 * Returns a program without the policies under `identityPolicies`, because their authors decide which keys these policies reach. The id of
 * such a policy contains only a name; the id of a policy made by grants contains a kind as well.
 */
function withoutWrittenPolicies(program: Program): Program {
  const isWritten = ({ kind, id }: Resource) => kind === 'identityPolicy' && /^identityPolicy\/[^/]+$/.test(id);
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.filter((resource) => !isWritten(resource)),
  }));
  return { ...program, stacks };
}

test.each(valid)('$name: access stays within the YAML', { timeout: 60_000 }, async ({ files, program: whole }) => {
  const program = withoutWrittenPolicies(someDeployments(whole, 1));
  expect((await reachOf(program)).reached).toEqual([]);
  expect(accessBeyondYaml(program, accessInYaml(files), distinguishedActions).beyond).toEqual([]);
  expect(aliasMovers(program)).toEqual([]);
});

/** Generates the same projects with and without aliases, and with the second stack in various places. */
const anyAccessAnywhere = fc
  .record({
    project: anyAccess,
    aliases: fc.boolean(),
    place: fc.constantFrom('us', 'data', 'eu'),
    targets: fc.constantFrom(['cfn', 'terraform', 'pulumi'], ['terraform'], ['pulumi', 'terraform']),
  })
  .map(({ project, aliases, place, targets }) => {
    const { first, second } = project.stacks;
    const withoutGrants = (key: object) => JSON.parse(JSON.stringify({ ...key, kmsGrants: undefined })) as object; // plain data
    const stacks = {
      first: {
        ...first,
        targets,
        keys: Object.fromEntries(Object.entries(first.keys).map(([name, key]) => [name, withoutGrants(key)])),
      },
      second: {
        ...second,
        environment: place,
        targets,
        ...(second.keys !== undefined && { keys: { own: withoutGrants(second.keys.own) } }),
      },
    };
    const whole = { ...project, stacks };
    return JSON.stringify(whole, (name, value: unknown) => (name === 'aliases' && !aliases ? [] : value));
  });

test('no policy of a random project reaches a key that the project does not name', { timeout: 180_000 }, async () => {
  const total = { projects: 0, asked: 0, elsewhere: 0 };
  const texts = fc.oneof(
    anyAccessAnywhere,
    anyProject.map((project) => JSON.stringify(project)),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const { program, diagnostics } = compileFiles({ 'keywright.yaml': text });
      if (program === undefined || hasErrors(diagnostics)) return;
      const { asked, reached } = await reachOf(program);
      expect(reached).toEqual([]);
      total.projects += 1;
      total.asked += asked;
      if (text.includes('"shared"')) total.elsewhere += 1;
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 60), seed: 20261126, endOnFailure: true },
  );
  console.log(total);
  expect(total.elsewhere).toBeGreaterThan(10);
});

test('a policy that reaches every key in a region is found', async () => {
  const text = `
keywright: 1
app: shop
environments: { prod: { account: "111122223333", region: eu-west-1 } }
stacks:
  main:
    environment: prod
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys: { orders: { grants: [{ to: api, can: decrypt }] } }
`;
  const { program } = compileFiles({ 'keywright.yaml': text });
  if (program === undefined) throw new Error('it is valid');
  const wider = JSON.parse(
    JSON.stringify(program).replace(
      '"resources":[{"kind":"reference","resource":"key/orders","attribute":"arn"}]',
      '"resources":[{"kind":"literal","text":"arn:aws:kms:eu-west-1:111122223333:key/*"}]',
    ),
  ) as Program; // the structure stays the same
  const { reached } = await reachOf(wider);
  expect(reached).toContain(
    'arn:aws:iam::111122223333:role/name-of-main-api: Decrypt with arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000 ',
  );
});

test('no policy of a random project with many grants allows more than the YAML says', { timeout: 300_000 }, () => {
  const total = { projects: 0, asked: 0 };
  fc.assert(
    fc.property(anyGrantingProject, (files) => {
      const { program, diagnostics } = compileFiles(files);
      if (program === undefined || hasErrors(diagnostics)) return;
      const { asked, beyond } = accessBeyondYaml(program, accessInYaml(files), distinguishedActions);
      expect(beyond).toEqual([]);
      expect(aliasMovers(program)).toEqual([]);
      total.projects += 1;
      total.asked += asked;
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 60), seed: 20261127, endOnFailure: true },
  );
  console.log(total);
  expect(total.projects).toBeGreaterThan(30);
});

describe('access beyond the YAML is found', () => {
  const files = {
    'keywright.yaml': `
keywright: 1
app: shop
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  data: { account: "444455556666", region: eu-west-1 }
principals:
  ops: { role: "arn:aws:iam::111122223333:role/Ops", mutable: false }
  partner: { role: "arn:aws:iam::999999999999:role/Partner" }
  company: { organization: o-a1b2c3d4e5 }
stacks:
  main:
    environment: prod
    targets: [terraform, pulumi]
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
      batch: { role: { assumedBy: lambda.amazonaws.com } }
    keys:
      orders:
        aliases: [orders]
        multiRegion: true
        statements:
          - { effect: Deny, principals: company, actions: "kms:PutKeyPolicy" }
        services: [logs]
        grants:
          - { to: api, can: encryptDecrypt, via: s3 }
          - { to: ops, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }
          - { to: partner, can: describe }
          - { to: company, can: encrypt }
          - { to: everyoneInAccount, can: decrypt, via: rds }
        kmsGrants:
          work: { grantee: ops, operations: [Encrypt], encryptionContext: { tenant: a } }
        replicas:
          - environment: prod-us
            aliases: [orders]
            policy: [{ principals: ops, actions: "kms:*" }]
            grants: [{ to: batch, can: decrypt, via: dynamodb }]
      other: { grants: [{ to: batch, can: decrypt }] }
      spare: { aliases: [spare] }
  data:
    environment: data
    targets: [terraform, pulumi]
    principals: { loader: { role: { assumedBy: glue.amazonaws.com } } }
    imports: { orders: { key: main.orders, grants: [{ to: loader, can: decrypt }] } }
  reports:
    environment: prod-us
    targets: [cfn]
    principals: { reader: { role: { assumedBy: glue.amazonaws.com } } }
    imports: { orders: { key: main.orders, grants: [{ to: reader, can: decrypt }] } }
`,
  };
  const { program, diagnostics } = compileFiles(files);
  if (program === undefined || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics));
  const asked = accessInYaml(files);

  test('but not in the unchanged program', () => {
    expect(accessBeyondYaml(program, asked, distinguishedActions).beyond).toEqual([]);
    expect(aliasMovers(program)).toEqual([]);
  });

  const literal = (text: string) => JSON.stringify({ kind: 'literal', text });
  const key = (name: string) => JSON.stringify({ kind: 'reference', resource: `key/${name}`, attribute: 'arn' });
  /** A name, the start of the ids of the resources to change, a text in these resources, and the text that replaces it. */
  const faults: readonly (readonly [string, string, string | RegExp, string])[] = [
    ['a role becomes another', 'key/orders', 'role/Ops', 'role/Oops'],
    ['a role is in another account', 'key/orders', '111122223333:role/Ops', '999999999999:role/Ops'],
    ['a partner is in the account of the key', 'key/orders', '999999999999:role', '111122223333:role'],
    ['a role becomes anyone', 'key/orders', /{"kind":"aws","arn":{[^{}]*role\/Ops"}}/, '{"kind":"anyone"}'],
    ['the default policy trusts another account', 'key/orders', '111122223333:root', '444455556666:root'],
    ['one action becomes all actions', 'key/orders', /"kms:Decrypt"(?=][^\]]*][^\]]*tenant)/, '"kms:*"'],
    [
      'a condition is lost in a key policy',
      'key/orders',
      /{"operator":"StringEquals","key":"kms:Enc[^{]*{[^{}]*}]}/,
      '',
    ],
    [
      'the condition on the organization is lost',
      'key/orders',
      /("kms:GenerateDataKey\*"\],"resources":\[[^\]]*\],"conditions":\[){"operator":"StringEquals","key":"aws:PrincipalOrgID".*?}\]}/,
      '$1',
    ],
    ['the account of callers is replaced', 'key/orders', /(CallerAccount".*?)111122223333/, '$1999999999999'],
    ['a service becomes another', 'key/orders', 'logs.eu-west-1.amazonaws.com', 'stranger.amazonaws.com'],
    ['a Deny becomes an Allow', 'key/orders', '"effect":"Deny"', '"effect":"Allow"'],
    [
      'a condition is lost on the grantee',
      'identityPolicy/role/api',
      /{"operator":"StringEquals","key":"kms:Via.*?}]}/,
      '',
    ],
    ['a policy is about every key', 'identityPolicy/role/batch', key('other'), literal('*')],
    [
      'a policy is about the keys of a region',
      'identityPolicy/role/batch',
      key('other'),
      literal('arn:aws:kms:eu-west-1:111122223333:key/*'),
    ],
    ['a policy is about another key', 'identityPolicy/role/batch', key('other'), key('orders')],
    ['a policy is attached to another role', 'identityPolicy/role/batch', /role\/batch(?=","attribute)/, 'role/api'],
    [
      'a policy has an additional action',
      'identityPolicy/role/batch',
      `"kms:Decrypt"],"resources":[${key('other')}`,
      `"kms:CreateGrant"],"resources":[${key('other')}`,
    ],
    ['a condition names another alias', 'identityPolicy/role/reader', 'alias/orders', 'alias/spare'],
    ['the condition on an alias is lost', 'identityPolicy/role/reader', /{"operator":"ForAnyValue.*?}]}/, ''],
    ['a replica admits a service in the wrong region', 'replicaKey', 'dynamodb.us-east-1', 's3.ap-south-1'],
    ['a replica has another administrator', 'replicaKey', 'role/Ops', 'root'],
    ['a KMS grant is for another role', 'kmsGrant', 'role/Ops', 'role/Oops'],
    ['a KMS grant has an additional operation', 'kmsGrant', '"Encrypt"', '"Encrypt","GenerateDataKey"'],
    ['a KMS grant is on another key', 'kmsGrant', 'key/orders', 'key/spare'],
    ['a KMS grant has lost its encryption context', 'kmsGrant', /,"encryptionContext":{.*?}]}/, ''],
  ];

  test.each(faults)('if %s', (_, of, from, to) => {
    let planted = 0;
    const stacks = program.stacks.map((stack) => ({
      ...stack,
      resources: stack.resources.map((resource) => {
        if (!resource.id.startsWith(of)) return resource;
        const text = JSON.stringify(resource);
        // Removing an element of a list leaves a comma behind.
        const other = text.replace(from, to).replace(/,(?=])|(?<=\[),/, '');
        if (other !== text) planted += 1;
        return JSON.parse(other) as typeof resource; // the structure stays the same
      }),
    }));
    expect(planted).toBe(1);
    expect(accessBeyondYaml({ ...program, stacks }, asked, distinguishedActions).beyond.length).toBeGreaterThan(0);
  });

  test('if a principal can move an alias', () => {
    const { program: named } = compileFiles({
      'keywright.yaml': `
keywright: 1
app: shop
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  main:
    environment: prod
    targets: [cfn]
    keys:
      orders: { aliases: [orders] }
      other: { grants: [{ to: { role: "arn:aws:iam::111122223333:role/Reader", mutable: false }, can: describe }] }
  reports:
    environment: prod-us
    targets: [cfn]
    principals: { reader: { role: { assumedBy: glue.amazonaws.com, name: Reader } } }
    imports: { orders: { key: main.orders, grants: [{ to: reader, can: decrypt }] } }
`,
    });
    if (named === undefined) throw new Error('it is valid');
    expect(aliasMovers(named)).toEqual([]);
    const moving = JSON.parse(JSON.stringify(named).replace('kms:DescribeKey', 'kms:UpdateAlias')) as Program; // the structure stays the same
    expect(aliasMovers(moving)).toEqual(['role 111122223333 Reader gives an alias to main/key/other']);
  });
});
