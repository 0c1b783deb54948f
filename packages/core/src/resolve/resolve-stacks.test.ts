import { describe, expect, test } from 'vitest';
import { head, problemsOf, stacksOf } from '../testing/compile-text.ts';

const project = (stacks: string) => `${head}stacks:\n${stacks}`;
const created = (name: string) => `    principals: { ${name}: { role: { assumedBy: lambda.amazonaws.com } } }\n`;

describe('the environments of a stack', () => {
  test.each([
    ['make one stack that can be deployed anywhere if they are absent', '', [['main', undefined, undefined]]],
    [
      'make one stack with the name as written if there is one name',
      'environment: prod',
      [['main', 'prod', '111122223333']],
    ],
    [
      'make a stack that is named after its environment for a list of one',
      'environment: [prod]',
      [['main-prod', 'prod', '111122223333']],
    ],
    [
      'make one stack for each environment of a list',
      'environment: [prod, data]',
      [
        ['main-data', 'data', '444455556666'],
        ['main-prod', 'prod', '111122223333'],
      ],
    ],
  ])('%s', (_name, environment, expected) => {
    const stacks = [...stacksOf(project(`  main: { ${environment} }\n`)).values()];
    expect(stacks.map((stack) => [stack.name, stack.environment.name, stack.environment.account])).toEqual(expected);
  });

  test.each([
    ['that do not exist are refused', '  main: { environment: prd }\n', ['KW2003 8:24 there is no environment `prd`']],
    [
      'in an empty list are refused',
      '  main: { environment: [] }\n',
      ['KW1005 8:24 the list of environments is empty'],
    ],
    [
      'that are listed twice are refused',
      '  main: { environment: [prod, prod] }\n',
      ['KW2007 8:31 the stack names the environment `prod` twice'],
    ],
    [
      'that make the name of another stack are refused',
      '  Main-Prod: {}\n  main: { environment: [prod] }\n',
      ['KW2007 9:3 two stacks would be called `main-prod`'],
    ],
    [
      'of a replica that make the name of another stack are refused',
      '  main-prod-us: {}\n  main: { environment: prod, keys: { k: { multiRegion: true, replicas: [{ environment: prod-us }] } } }\n',
      ['KW2007 9:3 two stacks or replica templates would be called `main-prod-us`'],
    ],
  ])('%s', (_name, stacks, problems) => {
    expect(problemsOf(project(stacks))).toEqual(problems);
  });

  test('cannot turn a short file into millions of keys', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `e${index}`);
    const environments = names.map((name) => `  ${name}: { account: "111122223333", region: eu-west-1 }\n`).join('');
    const keys = names.map((name) => `      ${name}: {}\n`).join('');
    const text = `keywright: 1\napp: demo\nenvironments:\n${environments}stacks:\n  main:\n    environment: [${names}]\n    keys:\n${keys}`;
    expect(problemsOf(text).map((problem) => problem.slice(0, 6))).toEqual(['KW2013']);
  });
});

describe('a stack that another stack refers to', () => {
  const trusting = (environment: string, reference: string) =>
    `  user:\n    environment: ${environment}\n    keys: { k: { statements: [{ principals: ${reference}, actions: "kms:*" }] } }\n`;
  const named = (text: string) => {
    const user = [...stacksOf(text).values()].find(({ name }) => name.startsWith('user'));
    return user?.imports.map((used) => `${used.stack}:${used.export}`);
  };

  test('is the only stack of its name, in any environment', () => {
    const only = `  base:\n    environment: [prod]\n${created('r')}`;
    expect(named(project(`${only}${trusting('prod', 'base.r')}`))).toEqual(['base-prod:principals.r.arn']);
  });

  test('is the stack in the same environment if several have its name', () => {
    const both = `  base:\n    environment: [prod, data]\n${created('r')}`;
    expect(named(project(`${both}${trusting('data', 'base.r')}`))).toEqual(['base-data:principals.r.arn']);
  });

  test('is the only stack in the same account if none is in the same environment', () => {
    const both = `  base:\n    environment: [prod, data]\n${created('r')}`;
    const user = stacksOf(project(`${both}${trusting('prod-us', 'base.r')}`)).get('user');
    expect(user?.dependsOn).toEqual(['base-prod']);
  });

  test('is not guessed if no stack of its name, or more than one, is in the same account', () => {
    const inOneAccount = `  base:\n    environment: [prod, prod-us]\n${created('r')}`;
    expect(problemsOf(project(`${inOneAccount}${trusting('data', 'base.r')}`))).toEqual([
      'KW2005 13:45 `base.r` fits 2 stacks (base-prod, base-prod-us), none of them in `data`',
    ]);
    const third = 'environments:\n  third: { account: "111122223333", region: eu-central-1 }';
    const text = project(`${inOneAccount}${trusting('third', 'base.r')}`).replace('environments:', third);
    expect(problemsOf(text)).toEqual([
      'KW2005 14:45 `base.r` fits 2 stacks (base-prod, base-prod-us), none of them in `third`',
    ]);
  });

  test.each([
    ['has to exist', 'bse.r', 'there is no stack `bse`'],
    ['has to have what the other stack names', 'base.s', 'there is no principal `base.s`'],
  ])('%s', (_name, reference, message) => {
    const [problem] = problemsOf(
      project(`  base:\n    environment: prod\n${created('r')}${trusting('prod', reference)}`),
    );
    expect(problem).toBe(`KW2003 13:45 ${message}`);
  });
});

test('a key and an import cannot share a name, and neither can principals of the project and of a stack', () => {
  const text = `${head}principals: { p: { account: "111122223333" } }
stacks:
  main:
    principals: { p: { user: {} } }
    keys: { k: {} }
    imports: { k: { alias: x } }
`;
  expect(problemsOf(text)).toEqual([
    'KW2002 10:19 the principal `p` is defined twice',
    'KW2002 12:16 the key `k` is defined twice',
  ]);
});
