/**
 * Nobody can do anything with a key that the YAML of that key does not give: neither with a key of the project nor with
 * any other key of the same accounts and regions, which has the default key policy, so that IAM policies decide about it.
 * A judge that is not ours decides, with every condition met but those on aliases, and with no Deny.
 */
import { anyProject as anyAccess } from '@keywright/analyze/testing/any-access';
import {
  type Deployed,
  type DeployedKey,
  deployPolicies,
  type JsonPolicy,
  meaningOf,
} from '@keywright/analyze/testing/deployed-policies';
import { judgeAsked } from '@keywright/analyze/testing/iam-simulate';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessGivenBy, type Given } from './testing/access-given.ts';
import { anyProject } from './testing/any-project.ts';
import { compileFiles, projects } from './testing/projects.ts';

const operations = ['Decrypt', 'GenerateDataKey', 'DescribeKey', 'PutKeyPolicy', 'CreateGrant', 'Sign', 'GenerateMac'];

interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** Where the project's stacks and replicas are. */
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

/** The keys that nobody named: without an alias, and with the aliases that the project names in other places only. */
function strangersOf(program: Program, deployed: Deployed): readonly DeployedKey[] {
  const imported = [...JSON.stringify([...deployed.identityPolicies.values()]).matchAll(/"(alias\/[^"]+)"/g)];
  const all = [...new Set(['alias/stranger', ...imported.map(([, alias = '']) => alias)])];
  const namedAt = ({ account, region }: Place) =>
    deployed.keys.filter((key) => key.account === account && key.region === region).flatMap(({ aliases }) => aliases);
  const ofProject = new Set(deployed.keys.flatMap(({ aliases }) => aliases));
  return placesOf(program).flatMap((place) => {
    const here = namedAt(place);
    // An alias of no key of the project is that of an import by alias.
    const elsewhere = all.filter(
      (alias) => alias === 'alias/stranger' || (ofProject.has(alias) && !here.includes(alias)),
    );
    return [stranger(place, []), ...elsewhere.map((alias) => stranger(place, [alias]))];
  });
}

/** The policies at their widest: what they allow under any condition but one on aliases. */
function widest(policy: JsonPolicy): JsonPolicy | undefined {
  const allowing = policy.Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Condition, ...statement }) => {
    const tests = Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>); // it is a policy's
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

/** The ARN of the role, user or group that a policy is attached to; what a group may do, a user in it may. */
function arnOf(holder: string, partition: string): string {
  const [kind, account, name] = holder.split(' ');
  return `arn:${partition}:iam::${account}:${kind === 'group' ? 'user' : kind}/${name}`;
}

/** The key at its widest. */
function widestKey(key: DeployedKey): DeployedKey {
  const nobody = { Effect: 'Allow', Principal: { Service: 'nobody.amazonaws.com' }, Action: 'kms:*', Resource: '*' };
  return { ...key, policy: widest(key.policy) ?? { ...key.policy, Statement: [nobody] } };
}

/** Everyone that a policy or the project names, by ARN, as `role 111122223333 Admin`. */
function holdersIn(deployed: Deployed): ReadonlyMap<string, string> {
  const named = JSON.stringify(deployed.keys.map(({ policy }) => policy)).matchAll(
    /"arn:[^:"]+:iam::\d{12}:(?:role|user)\/[^"]+"/g,
  );
  const arns = [
    ...[...named].map(([text]) => JSON.parse(text) as string),
    ...[...deployed.created.values()].map(({ arn }) => arn),
  ];
  const byArn = arns.flatMap((arn) => {
    const holder = holderOf(arn);
    return holder === undefined ? [] : [[holder, arn] as const];
  });
  const attached = [...deployed.identityPolicies.keys()].map((holder) => [holder, arnOf(holder, 'aws')] as const);
  return new Map([...attached, ...byArn]);
}

/** Who can do what with the keys of the project, though the YAML of the key does not give it. */
async function excessOf(
  program: Program,
  given: ReadonlyMap<string, readonly Given[]>,
): Promise<{ readonly asked: number; readonly allowed: number; readonly excess: readonly string[] }> {
  const real = deployPolicies(program);
  const deployed = atTheirWidest(real);
  const resources = new Map([...real.created].map(([id, { arn }]) => [arn, `created ${id}`]));
  const groups = new Map(
    program.stacks.flatMap((stack) =>
      stack.resources.flatMap((resource) =>
        resource.kind === 'group'
          ? [
              [
                resource.physicalName ?? `name-of-${stack.name}-${resource.name}`,
                `created ${stack.name}/${resource.id}`,
              ],
            ]
          : [],
      ),
    ),
  );
  const excess: string[] = [];
  let asked = 0;
  let allowed = 0;
  for (const [holder, requester] of holdersIn(deployed)) {
    const [kind, , name = ''] = holder.split(' ');
    const ofGroup = kind === 'group' ? groups.get(name) : undefined;
    const names = new Set(['everyone', holder, resources.get(requester), ofGroup]);
    if (requester.includes('/aws-service-role/')) names.add('aws-service-role');
    const policies = deployed.identityPolicies.get(holder) ?? [];
    const identityPolicies = new Map([[holder.replace(/^group /, 'user '), policies]]);
    for (const key of deployed.keys.map(widestKey)) {
      const its = (given.get(key.id) ?? []).filter(({ by, to }) => by === 'policy' && names.has(to));
      for (const operation of operations) {
        asked += 1;
        const question = { deployed: { ...deployed, identityPolicies }, key, requester, operation };
        if ((await judgeAsked({ ...question, via: null, encryptionContext: {} }, {})) !== 'allow') continue;
        allowed += 1;
        if (!its.some(({ covers }) => covers(`kms:${operation}`)))
          excess.push(`${holder}: ${operation} with ${key.id}`);
      }
    }
  }
  return { asked, allowed, excess: [...excess, ...excessiveKmsGrants(program, given)] };
}

/** The KMS grants to roles and users that the YAML of their key does not have. */
function excessiveKmsGrants(program: Program, given: ReadonlyMap<string, readonly Given[]>): readonly string[] {
  const { created, keys } = deployPolicies(program);
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((grant) => {
      if (grant.kind !== 'kmsGrant') return [];
      const grantee = meaningOf(grant.grantee, stack, program);
      const named = meaningOf(grant.key, stack, program);
      // A replica has the id of its primary key.
      const its = grant.region ?? stack.environment.region ?? 'eu-west-1';
      const key = keys.find(({ arn, region }) => arn === named || (arn.endsWith(`/${named}`) && region === its));
      const holder = holderOf(grantee);
      if (key === undefined || holder === undefined) return [];
      const names = new Set([
        holder,
        ...[...created].flatMap(([id, { arn }]) => (arn === grantee ? [`created ${id}`] : [])),
      ]);
      const grants = (given.get(key.id) ?? []).filter(({ by, to }) => by === 'kmsGrant' && names.has(to));
      return grant.operations
        .filter((operation) => !grants.some(({ covers }) => covers(`kms:${operation}`)))
        .map((operation) => `${holder}: ${operation} with ${key.id} by a KMS grant`);
    }),
  );
}

/** `role 111122223333 Admin` for its ARN; undefined for what is neither a role nor a user. */
function holderOf(arn: string): string | undefined {
  const [, account, kind, name] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return kind === undefined ? undefined : `${kind} ${account} ${name}`;
}

/** Who can do what with keys of others, and how many questions were asked. */
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

const valid = [...projects].flatMap(([name, files]) => {
  const { program, diagnostics } = compileFiles(files);
  return program === undefined || hasErrors(diagnostics) ? [] : [{ name, files, program }];
});

test.each(valid)('$name', async ({ program, files }) => {
  expect((await reachOf(program)).reached).toEqual([]);
  expect((await excessOf(program, accessGivenBy(files))).excess).toEqual([]);
});

/** The same projects with and without aliases, and with the second stack in each of the places. */
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

test('projects that are made up', { timeout: 180_000 }, async () => {
  const total = { projects: 0, asked: 0, elsewhere: 0, ofProject: 0, allowed: 0 };
  const texts = fc.oneof(
    anyAccessAnywhere,
    anyProject.map((project) => JSON.stringify(project)),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const files = { 'keywright.yaml': text };
      const { program, diagnostics } = compileFiles(files);
      if (program === undefined || hasErrors(diagnostics)) return;
      const { asked, reached } = await reachOf(program);
      expect(reached).toEqual([]);
      const ofProject = await excessOf(program, accessGivenBy(files));
      expect(ofProject.excess).toEqual([]);
      total.ofProject += ofProject.asked;
      total.allowed += ofProject.allowed;
      total.projects += 1;
      total.asked += asked;
      if (text.includes('"shared"')) total.elsewhere += 1;
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 60), seed: 20261126, endOnFailure: true },
  );
  console.log(total);
  expect(total.elsewhere).toBeGreaterThan(10);
});

test('a policy that reaches every key of a region is found', async () => {
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
  ) as Program; // what was one still is
  const { reached } = await reachOf(wider);
  expect(reached).toContain(
    'arn:aws:iam::111122223333:role/name-of-main-api: Decrypt with arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000 ',
  );
});

describe('access to a key of the project that its YAML does not give is found', () => {
  const text = `
keywright: 1
app: shop
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: eu-west-1 }
principals: { reader: { role: "arn:aws:iam::111122223333:role/Reader" } }
stacks:
  main:
    environment: prod
    targets: [terraform]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
      orders: { grants: [{ to: api, can: decrypt }], statements: [{ principals: reader, actions: kms:DescribeKey }] }
      payroll: { kmsGrants: { batch: { grantee: reader, operations: [Decrypt] } } }
  other:
    environment: data
    targets: [terraform]
    keys: { ledger: { aliases: [ledger], grants: [{ to: main.api, can: decrypt }] } }
`;
  const files = { 'keywright.yaml': text };
  test.each([
    ['nothing', '', '', undefined],
    [
      'another key as the resource of an identity policy',
      '"resources":[{"kind":"reference","resource":"key/orders","attribute":"arn"}]',
      '"resources":[{"kind":"reference","resource":"key/payroll","attribute":"arn"}]',
      'role 111122223333 shop-main-api: Decrypt with main/key/payroll',
    ],
    [
      'every key as the resource of an identity policy',
      '"resources":[{"kind":"reference","resource":"key/orders","attribute":"arn"}]',
      '"resources":[{"kind":"literal","text":"*"}]',
      'role 111122223333 shop-main-api: Decrypt with main/key/payroll',
    ],
    ['a wider action', '"kms:DescribeKey"', '"kms:D*"', 'role 111122223333 Reader: Decrypt with main/key/orders'],
    [
      'another principal',
      '{"kind":"aws","arn":{"kind":"literal","text":"arn:aws:iam::111122223333:role/Reader"}}',
      '{"kind":"aws","arn":{"kind":"literal","text":"arn:aws:iam::111122223333:role/Writer"}}',
      'role 111122223333 Writer: DescribeKey with main/key/orders',
    ],
    [
      'a KMS grant on another key',
      '"key":{"kind":"reference","resource":"key/payroll","attribute":"id"}',
      '"key":{"kind":"reference","resource":"key/orders","attribute":"id"}',
      'role 111122223333 Reader: Decrypt with main/key/orders by a KMS grant',
    ],
  ])('%s', async (_, from, to, found) => {
    const { program } = compileFiles(files);
    if (program === undefined) throw new Error('it is valid');
    const printed = JSON.stringify(program);
    expect(printed).toContain(from);
    const changed = JSON.parse(printed.replace(from, () => to)) as Program; // what was one still is
    const { excess } = await excessOf(changed, accessGivenBy(files));
    if (found === undefined) expect(excess).toEqual([]);
    else expect(excess).toContain(found);
  });
});
