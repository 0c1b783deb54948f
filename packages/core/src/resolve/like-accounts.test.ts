import { describe, expect, test } from 'vitest';
import { anyTarget, compileText } from '../testing/compile-text.ts';

/** A project with the same two stacks in three accounts, and the deployments of it that are not compiled. */
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

test('accounts that nothing tells apart are like the first', () => {
  expect(likeIn({})).toEqual(all);
});

test('a deployment has its own account where the one it is like has its own', () => {
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

test('a policy on a role is named after its own stack', () => {
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

describe('an account is like another though', () => {
  test.each<[string, Fleet, readonly string[]]>([
    [
      'a text names a foreign account',
      { key: ', admins: [{ role: "arn:aws:iam::999999999999:role/A", mutable: false }]' },
      all,
    ],
    ['it has roles of its own', { key: ', admins: [{ role: "arn:aws:iam::${account}:role/A", mutable: false }]' }, all],
    [
      'its role to deploy with has its id',
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
    ['a pattern is for all', { key: ', in: { "t*": { pendingWindow: 7 } }' }, ['core-three is like core-two']],
  ])('%s', (_, fleet, expected) => {
    expect(likeIn(fleet)).toEqual(expected);
  });
});

describe('an account is like no other if', () => {
  const others = ['core-three is like core-one'];
  test.each<[string, Fleet, readonly string[]]>([
    ['a text names its id', { key: ', grants: [{ to: { account: "222255556666" }, can: decrypt }]' }, others],
    ['a longer number has its id in it', { key: ', tags: { order: "12222555566667" }' }, others],
    [
      'a text names it',
      { sections: 'accounts: { second: { id: "222255556666" } }', key: ', tags: { of: "${account.second}" }' },
      others,
    ],
    ['a text names its environment', { key: ', tags: { of: "${account.two}" }' }, others],
    ['a text is the name of its environment', { key: ', in: { two: { pendingWindow: 7 } }' }, others],
    ['a group has it and not the others', { sections: 'groups: { g: [two] }' }, others],
    ['it has a purpose', { environments: { two: ', purpose: production' } }, others],
    ['it has other values', { environments: { two: ', values: { team: two }' } }, others],
    ['it has other tags', { environments: { two: ', tags: { team: two }' } }, others],
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
    ['a text names its environment', { key: ', tags: { of: "${environment}" }' }],
    ['a text names its stack', { key: ', tags: { of: "${stack}" }' }],
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
    ['keys have moved', { core: '    moved: [{ from: former, to: orders }]\n' }],
  ])('%s', (_, fleet) => {
    expect(likeIn(fleet)).toEqual([]);
  });
});

test('a note about a deployment is about those that are like it too, each with its account', () => {
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
  // Two, since the policy that each advises has its own account.
  expect(once?.diagnostics.map(({ code, stacks }) => [code, stacks])).toEqual([
    ['KW3034', ['core-one']],
    ['KW3034', ['core-two']],
  ]);
});
