import { describe, expect, test } from 'vitest';
import { head, problemsOf, stacksOf } from '../testing/compile-text.ts';

const main = (keys: string) => `${head}stacks:\n  main:\n    environment: prod\n    keys: ${keys}\n`;

test.each([
  ['orders', 'alias/orders'],
  ['alias/orders', 'alias/orders'],
  ['alias/alias/orders', 'alias/alias/orders'],
  ['aliases/orders', 'alias/aliases/orders'],
  ['a/b_c-D9', 'alias/a/b_c-D9'],
  ['awsome', 'alias/awsome'],
  ['x'.repeat(250), `alias/${'x'.repeat(250)}`],
  ['${region}/${account}/${stack}-${key}', 'alias/eu-west-1/111122223333/main-k'],
  ['alias/${environment}', 'alias/prod'],
])('the alias %s is called %s', (written, name) => {
  const aliases = stacksOf(main(`{ k: { aliases: ["${written}"] } }`))
    .get('main')
    ?.resources.filter(({ kind }) => kind === 'alias');
  expect(aliases).toMatchObject([{ aliasName: name, target: { resource: 'key/k', attribute: 'id' } }]);
});

test('the key of an import has the name of the import', () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const aliases = stacksOf(
    `${head}stacks:\n  main: { environment: prod, imports: { legacy: { arn: "${arn}", aliases: ["lz/\${key}"] } } }\n`,
  ).get('main')?.resources;
  expect(aliases).toMatchObject([{ kind: 'alias', aliasName: 'alias/lz/legacy' }]);
});

test.each([
  ['a blank', 'a b', 'KW3007'],
  ['a dot', 'a.b', 'KW3007'],
  ['a colon', 'a:b', 'KW3007'],
  ['an escaped placeholder', '$${region}', 'KW3007'],
  ['an unknown placeholder', '${nothing}', 'KW2006'],
  ['a placeholder that is not closed', '${region', 'KW2012'],
  ['a missing value', '${values.a}', 'KW2030'],
  ['more than 256 characters once placeholders are replaced', `${'x'.repeat(240)}\${account}`, 'KW3007'],
  ['the prefix of AWS and a placeholder', 'aws/${region}', 'KW3008'],
  ['a line end', 'a\\n', 'KW3007'],
  ['a letter that is not ASCII', 'ä', 'KW3007'],
  ['nothing after its prefix', 'alias/', 'KW3007'],
  ['more than 256 characters', 'x'.repeat(251), 'KW3007'],
  ['the prefix of AWS', 'aws/s3', 'KW3008'],
  ['the prefix of AWS after its own prefix', 'alias/aws/s3', 'KW3008'],
])('an alias with %s is refused', (_name, written, code) => {
  expect(problemsOf(main(`{ k: { aliases: ["${written}"] } }`)).map((problem) => problem.slice(0, 6))).toEqual([code]);
});

describe('an alias that is given twice', () => {
  const stack = (name: string, environment: string) =>
    `  ${name}: { ${environment}keys: { k: { aliases: [orders] } } }\n`;
  test.each([
    [
      'in one key, with and without its prefix, is reported',
      main('{ k: { aliases: [orders, alias/orders] } }'),
      ['account 111122223333, eu-west-1'],
    ],
    [
      'in two stacks of one account and region is reported',
      `${head}stacks:\n${stack('a', 'environment: prod, ')}${stack('b', 'environment: prod, ')}`,
      ['account 111122223333, eu-west-1'],
    ],
    [
      'in two regions is accepted',
      `${head}stacks:\n${stack('a', 'environment: prod, ')}${stack('b', 'environment: prod-us, ')}`,
      [],
    ],
    [
      'in two accounts is accepted',
      `${head}stacks:\n${stack('a', 'environment: prod, ')}${stack('b', 'environment: data, ')}`,
      [],
    ],
    [
      'in two stacks that can be deployed anywhere is accepted',
      `${head}stacks:\n${stack('a', '')}${stack('b', '')}`,
      [],
    ],
  ])('%s', (_name, project, places) => {
    const claimed = problemsOf(project).filter((problem) => problem.startsWith('KW3009'));
    expect(claimed.map((problem) => problem.replace(/^.* twice in /, ''))).toEqual(places);
  });
});

test.each([
  ['alias', '{ alias: aws/s3 }', []],
  ['alias', '{ alias: "a b" }', ['KW3007 `alias/a b` is not an alias name']],
  ['alias', '{ alias: "${region}" }', []],
  ['alias', '{ alias: "$${region}" }', ['KW3007 `alias/${region}` is not an alias name']],
  ['lookup', '{ lookup: { alias: a.b } }', ['KW3007 `alias/a.b` is not an alias name']],
])('the alias name of an import by %s is checked: %s', (_kind, definition, expected) => {
  const problems = problemsOf(`${head}stacks:\n  main: { environment: prod, imports: { i: ${definition} } }\n`);
  const found = problems.filter((problem) => !problem.startsWith('KW5010'));
  expect(found.map((problem) => problem.replace(/ \d+:\d+/, ''))).toEqual(expected);
});
