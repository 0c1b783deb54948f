import { describe, expect, test } from 'vitest';
import { anyTarget, compileText } from '../testing/compile-text.ts';

/** Additions to the YAML of a project with one stack in three environments, each with its own account. */
interface Fleet {
  readonly environments?: Readonly<Record<string, string>>;
  readonly sections?: string;
  readonly key?: string;
  readonly core?: string;
  readonly stacks?: string;
}

function likeIn({ environments = {}, sections = '', key = '', core = '', stacks = '' }: Fleet): readonly string[] {
  const places = ['one', 'two', 'three'].map((name, index) => {
    const more = environments[name] ?? '';
    return `  ${name}: { account: "${String(index + 1).repeat(4)}55556666", region: eu-west-1${more} }\n`;
  });
  const { likeStacks, diagnostics } = compileText(
    `keywright: 1
app: demo
environments:
${places.join('')}${sections}
stacks:
  core:
    environment: [one, two, three]
    keys: { orders: { description: "Of \${account}", aliases: [orders]${key} } }
${core}${stacks}`,
    { targets: [anyTarget], isOnceForLike: true },
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...likeStacks].map(([{ name }, like]) => `${name} is like ${like.name}`);
}

const all = ['core-two is like core-one', 'core-three is like core-one'];
/** Expected if environments are alike only when their names have the same length. */
const ofOneLength = ['core-two is like core-one'];

function inAll(more: string): Fleet {
  return { environments: { one: more, two: more, three: more } };
}

function roleCalled(name: string): string {
  return `{ role: "arn:aws:iam::\${account}:role/${name}", mutable: false }`;
}

test('accounts that nothing tells apart are like the first of them', () => {
  expect(likeIn({})).toEqual(all);
});

test('a deployment that is like another has its own account in texts', () => {
  const { program } = compileText(
    `keywright: 1
app: demo
environments:
  one: { account: "111155556666", region: eu-west-1 }
  two: { account: "222255556666", region: eu-west-1 }
stacks:
  core: { environment: [one, two], keys: { orders: { tags: { of: "\${account}" } } } }
`,
    { targets: [anyTarget], isOnceForLike: true },
  );
  const texts = program?.stacks.map((stack) => JSON.stringify(stack));
  expect(texts?.map((text) => text.includes('222255556666'))).toEqual([false, true]);
  expect(texts?.map((text) => text.includes('111155556666'))).toEqual([true, false]);
});

test('a deployment that is like another has its own environment in tags and descriptions', () => {
  const { program, likeStacks } = compileText(
    `keywright: 1
app: demo
environments:
  at-111155556666: { account: "111155556666", region: eu-west-1 }
  at-999999999999: { account: "222255556666", region: eu-west-1 }
stacks:
  core:
    environment: [at-111155556666, at-999999999999]
    keys: { orders: { description: "\${account} in \${stack}, \${environment}.", tags: { of: "\${environment}" } } }
`,
    { targets: [anyTarget], isOnceForLike: true },
  );
  expect(likeStacks.size).toBe(1);
  const texts = program?.stacks.flatMap(({ resources }) =>
    resources.map(
      (resource) => resource.kind === 'key' && [resource.description, ...resource.tags.map(({ value }) => value)],
    ),
  );
  expect(texts).toMatchObject([
    [{ text: '111155556666 in core-at-111155556666, at-111155556666.' }, { text: 'at-111155556666' }],
    [{ text: '222255556666 in core-at-999999999999, at-999999999999.' }, { text: 'at-999999999999' }],
  ]);
});

test('a deployment that is like another names policies on roles after its own stack', () => {
  const { program, likeStacks } = compileText(
    `keywright: 1
app: demo
environments:
  one: { account: "111155556666", region: eu-west-1 }
  two: { account: "222255556666", region: eu-west-1 }
stacks:
  core:
    environment: [one, two]
    keys: { orders: { grants: [{ to: { role: "arn:aws:iam::\${account}:role/A" }, can: decrypt }] } }
`,
    { targets: [anyTarget], isOnceForLike: true },
  );
  expect(likeStacks.size).toBe(1);
  const policies = program?.stacks.flatMap(({ resources }) =>
    resources.filter(({ kind }) => kind === 'identityPolicy'),
  );
  expect(policies).toMatchObject([
    { policyName: { text: 'keywright-demo-core-one' } },
    { policyName: { text: 'keywright-demo-core-two' } },
  ]);
});

/** The same two keys in two accounts, each of which has two regions; `key` is text added to the key with a replica. */
function replicatedIn({ sections = '', key = '' }: { readonly sections?: string; readonly key?: string }) {
  return compileText(
    `keywright: 1
app: demo
accounts:
  one: { id: "111155556666", regions: [eu-west-1, us-east-1] }
  two: { id: "222255556666", regions: [eu-west-1, us-east-1] }
groups: { home: { region: eu-west-1 } }
${sections}
stacks:
  core:
    environment: home
    keys:
      orders:
        aliases: ["of/\${environment}"]
        multiRegion: true
        replicas: [{ region: us-east-1, description: "In \${environment} of \${account}", aliases: ["of/\${environment}"]${key} }]
`,
    { targets: [anyTarget], isOnceForLike: true },
  );
}

test('a deployment that is like another has its own environments in aliases and replicas', () => {
  const { program, likeStacks, diagnostics } = replicatedIn({});
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(likeStacks.size).toBe(1);
  expect(program?.stacks).toMatchObject(
    ['one', 'two'].map((account) => ({
      replicaEnvironments: [{ name: `${account}-us-east-1` }],
      resources: [
        { kind: 'key' },
        { kind: 'alias', aliasName: `alias/of/${account}-eu-west-1` },
        {
          kind: 'replicaKey',
          environmentName: `${account}-us-east-1`,
          description: { text: `In ${account}-us-east-1 of ${account === 'one' ? '1111' : '2222'}55556666` },
        },
        { kind: 'alias', aliasName: `alias/of/${account}-us-east-1`, region: 'us-east-1' },
      ],
    })),
  );
});

test('an account is like no other if its replica differs', () => {
  const { likeStacks } = replicatedIn({ key: ', in: { two-us-east-1: { pendingWindow: 7 } }' });
  expect(likeStacks.size).toBe(0);
});

test('a duplicate alias is found in each account, even if the account is like another account', () => {
  const { diagnostics } = compileText(
    `keywright: 1
app: demo
environments:
  one: { account: "111155556666", region: eu-west-1 }
  two: { account: "222255556666", region: eu-west-1 }
stacks:
  core: { environment: "*", keys: { orders: { aliases: ["of/\${environment}"] }, bills: { aliases: [of/two] } } }
`,
    { targets: [anyTarget], isOnceForLike: true },
  );
  expect(diagnostics.map(({ code, stacks }) => [code, stacks])).toEqual([['KW3009', ['core-two']]]);
});

test('requirements apply to the aliases of each account, even if the account is like another account', () => {
  const { diagnostics } = replicatedIn({
    sections: 'requirements: { some: { aliases: ["*/one-*"], because: a test } }',
  });
  expect(diagnostics.map(({ code, stacks }) => [code, stacks])).toEqual([
    ['KW3308', ['core-two-eu-west-1']],
    ['KW3308', ['core-two-eu-west-1']],
  ]);
});

describe('an account may be like another although', () => {
  test.each<[string, Fleet, readonly string[]]>([
    [
      'a text names a foreign account',
      { key: ', admins: [{ role: "arn:aws:iam::999999999999:role/A", mutable: false }]' },
      all,
    ],
    ['it has roles of its own', { key: ', admins: [{ role: "arn:aws:iam::${account}:role/A", mutable: false }]' }, all],
    [
      'its deployment role contains its id',
      {
        environments: {
          one: ', deployRole: "arn:aws:iam::111155556666:role/D"',
          two: ', deployRole: "arn:aws:iam::222255556666:role/D"',
          three: ', deployRole: "arn:aws:iam::333355556666:role/D"',
        },
      },
      all,
    ],
    [
      'its stacks attach policies to roles',
      { key: ', grants: [{ to: { role: "arn:aws:iam::${account}:role/A" }, can: decrypt }]' },
      all,
    ],
    ['it is listed in a group with the others', { sections: 'groups: { g: [one, two, three] }' }, all],
    ['a tag names its environment', { key: ', tags: { of: "${environment}" }' }, ofOneLength],
    ['a description names its stack', { key: ', in: { "*": { description: "Of ${stack}" } }' }, ofOneLength],
    ['an alias names its environment', { key: ', in: { "*": { aliases: ["of/${environment}"] } }' }, ofOneLength],
    [
      'a requirement is about aliases that name their environment',
      {
        sections: 'requirements: { some: { aliases: ["of-*", "orders"], because: a test } }',
        key: ', in: { "*": { aliases: ["of-${stack}"] } }',
      },
      ofOneLength,
    ],
    ['a tag of its environment names the environment', inAll(', tags: { of: "in ${environment}" }'), ofOneLength],
    [
      'a tag that names its environment is required',
      {
        sections: 'requirements: { some: { tags: { of: required }, because: a test } }',
        key: ', tags: { of: "${environment}" }',
      },
      ofOneLength,
    ],
    ['a pattern matches both', { key: ', in: { "t*": { pendingWindow: 7 } }' }, ['core-three is like core-two']],
  ])('%s', (_, fleet, expected) => {
    expect(likeIn(fleet)).toEqual(expected);
  });
});

describe('an account is like no other if', () => {
  const others = ['core-three is like core-one'];
  test.each<[string, Fleet, readonly string[]]>([
    ['a text names its id', { key: ', grants: [{ to: { account: "222255556666" }, can: decrypt }]' }, others],
    ['a longer number contains its id', { key: ', tags: { order: "12222555566667" }' }, others],
    [
      'a text names the account',
      { sections: 'accounts: { second: { id: "222255556666" } }', key: ', tags: { of: "${account.second}" }' },
      others,
    ],
    ['a text names its environment', { key: ', tags: { of: "${account.two}" }' }, others],
    ['a text is the name of its environment', { key: ', in: { two: { pendingWindow: 7 } }' }, others],
    ['a group contains it but not the others', { sections: 'groups: { g: [two] }' }, others],
    ['it has a purpose', { environments: { two: ', purpose: production' } }, others],
    ['it has other values', { environments: { two: ', values: { team: two }' } }, others],
    ['it has other tags', { environments: { two: ', tags: { team: two }' } }, others],
    [
      'one of its stacks imports a key of another stack',
      { stacks: '  app: { environment: [two], imports: { shared: { key: core.orders } } }\n' },
      others,
    ],
    ['it has another stack', { stacks: '  data: { environment: [two], keys: { own: {} } }\n' }, others],
    [
      'it has a stack that creates a role',
      { stacks: '  app: { environment: [two], principals: { api: { role: { assumedBy: lambda.amazonaws.com } } } }\n' },
      others,
    ],
  ])('%s', (_, fleet, expected) => {
    expect(likeIn(fleet)).toEqual(expected);
  });
});

describe('no account is like another if', () => {
  test.each<[string, Fleet]>([
    ['the name of a role contains the name of its environment', { key: `, admins: [${roleCalled('${environment}')}]` }],
    ['the name of a role contains the name of its stack', { key: `, admins: [${roleCalled('${stack}')}]` }],
    [
      'a key called `tags` does what a tag may not do',
      { key: ` }, tags: { admins: [${roleCalled('${environment}')}], description: "\${environment}"` },
    ],
    [
      'a condition is about aliases that name their environment',
      {
        key: `, in: { "*": { aliases: ["of/\${environment}"] } }, grants: [{ to: ${roleCalled('A')}, can: decrypt, when: { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/of/*" } } }]`,
      },
    ],
    [
      'a text is the ARN of an alias, and aliases name their environment',
      {
        key: ', in: { "*": { aliases: ["of/${environment}"] } }, tags: { of: "arn:aws:kms:eu-west-1:999999999999:alias/of/two" }',
      },
    ],
    [
      'an alias that names its environment has the name of an alias in another account',
      {
        key: ', in: { "*": { aliases: ["of/${environment}"] } }',
        stacks: '  data: { environment: there, keys: { own: { aliases: ["of/one"] } } }\n',
        sections: '  there: { account: "999955556666", region: eu-west-1 }',
      },
    ],
    [
      'aliases that name their environment sort differently among the other aliases',
      { key: ', in: { "*": { aliases: ["of/${environment}", "of/twa"] } }' },
    ],
    [
      'a condition is about tags that name their environment',
      {
        key: `, tags: { of: "\${environment}-1" }, grants: [{ to: ${roleCalled('A')}, can: decrypt, when: { StringEquals: { "aws:ResourceTag/of": one-1 } } }]`,
      },
    ],
    [
      'a requirement asks for values of tags that name their environment',
      {
        sections: 'requirements: { some: { tags: { of: [one-1, two-1, three-1] }, because: a test } }',
        key: ', tags: { of: "${environment}-1" }',
      },
    ],
    [
      'a requirement is for keys with tags that name their environment',
      {
        sections: 'requirements: { some: { of: { tag: { of: one-1 } }, tags: { owner: required }, because: a test } }',
        key: ', tags: { of: "${environment}-1", owner: us }',
      },
    ],
    [
      'a pattern can match an id',
      {
        key: ', grants: [{ to: { organization: o-a1b2c3d4e5 }, can: decrypt, when: { StringLike: { "aws:PrincipalAccount": "2222*" } } }]',
      },
    ],
    ['digits stand beside a placeholder', { key: ', tags: { of: "1${account}" }' }],
    ['a text begins like the name of a policy', { key: ', tags: { of: keywright-demo-core-one }' }],
    [
      'all have a stack that creates a role',
      { core: '    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }\n' },
    ],
    [
      'an export is named after their stack',
      { core: '    outputs: { o: { value: "${keys.orders.arn}", export: true } }\n' },
    ],
    [
      'an import names their environments by a pattern',
      { stacks: '  app: { environment: [two], imports: { shared: { key: core.orders, environment: "tw*" } } }\n' },
    ],
    ['keys have moved', { core: '    moved: [{ from: former, to: orders }]\n' }],
  ])('%s', (_, fleet) => {
    expect(likeIn(fleet)).toEqual([]);
  });
});

test('a note about a deployment is repeated for the deployments like it, each with its own account', () => {
  const text = `keywright: 1
app: demo
environments:
  one: { account: "111155556666", region: eu-west-1 }
  two: { account: "222255556666", region: eu-west-1 }
stacks:
  core:
    environment: [one, two]
    keys: { orders: { admins: [{ role: "arn:aws:iam::999999999999:role/A", mutable: false }] } }
`;
  const [once, each] = [true, false].map((isOnceForLike) => compileText(text, { targets: [anyTarget], isOnceForLike }));
  expect(once?.likeStacks.size).toBe(1);
  expect(once?.diagnostics).toEqual(each?.diagnostics);
  // Two diagnostics, since each advises a policy with its own account.
  expect(once?.diagnostics.map(({ code, stacks }) => [code, stacks])).toEqual([
    ['KW3034', ['core-one']],
    ['KW3034', ['core-two']],
  ]);
});

test('a reference that fits several accounts is reported although they are like each other', () => {
  const { diagnostics } = compileText(
    `keywright: 1
app: demo
environments:
  one: { account: "111155556666", region: eu-west-1 }
  two: { account: "222255556666", region: eu-west-1 }
  user: { account: "333355556666", region: eu-west-1 }
stacks:
  core: { environment: [one, two], keys: { orders: {} } }
  other: { environment: user, imports: { orders: { key: core.orders } } }
`,
    { targets: [anyTarget], isOnceForLike: true },
  );
  expect(diagnostics.map(({ code }) => code)).toContain('KW2005');
});
