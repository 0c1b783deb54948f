/** One cause gives one message: its consequences are not reported. */
import { expect, test } from 'vitest';
import { compileText, head, problemsOf } from '../testing/compile-text.ts';

const codesOf = (project: string) => problemsOf(project).map((problem) => problem.split(' ')[0]);

test.each([
  [
    'a requirement for environments that do not exist',
    'requirements: { house: { of: { environments: "zz*" }, removal: retain, except: [{ key: main.gone, because: old }] } }\nstacks: { main: { environment: prod, keys: { k: {} } } }',
    'KW2100',
  ],
  [
    'a period that KMS does not have',
    'requirements: { house: { pendingWindow: at least 40 days } }\nstacks: { main: { environment: prod, keys: { k: {} } } }',
    'KW1006',
  ],
  [
    'a rotation that KMS does not have',
    'requirements: { house: { rotation: at most 60 days } }\nstacks: { main: { environment: prod, keys: { k: { rotation: true } } } }',
    'KW1006',
  ],
  [
    'a replica in another account, in a region of its stack',
    'stacks: { main: { environment: [prod, prod-us], keys: { k: { multiRegion: true, replicas: [{ environment: data }] } } } }',
    'KW3015',
  ],
  [
    'a value in an environment that does not exist',
    'stacks: { main: { environment: nope, keys: { k: { description: "${values.team}" } } } }',
    'KW2003',
  ],
  [
    'an output that names an imported key that does not exist',
    'stacks: { main: { environment: prod, imports: { shared: { key: other.gone } }, outputs: { arn: "${imports.shared.arn}" } }, other: { environment: prod, keys: { k: {} } } }',
    'KW2003',
  ],
  [
    'an entry of `in` in a stack with an environment that does not exist',
    'stacks: { main: { environment: [nope, prod-us], keys: { k: { in: { prod: { pendingWindow: 7 } } } } } }',
    'KW2003',
  ],
  [
    'a grant to a role in another account and partition, on a key without an alias',
    '  beijing: { account: "999999999999", region: cn-north-1 }\nstacks: { china: { environment: beijing, principals: { reader: { role: { assumedBy: lambda.amazonaws.com } } } }, main: { environment: prod, keys: { k: { grants: [{ to: china.reader, can: decrypt }] } } } }',
    'KW2022',
  ],
  [
    'a principal of another account in an environment that does not exist',
    'stacks: { main: { environment: nope, keys: { k: { grants: [{ to: { account: "999999999999", because: audit }, can: decrypt }] } } } }',
    'KW2003',
  ],
  [
    'a partition that is not that of the region',
    '  beijing: { account: "999999999999", region: eu-west-1, partition: aws-cn }\nstacks: { main: { environment: beijing, keys: { k: { admins: [{ role: "arn:aws:iam::999999999999:role/App" }] } } } }',
    'KW2022',
  ],
  ['a YAML alias under a merge key without an anchor', 'stacks: { main: { <<: *nope } }', 'KW0014'],
  [
    'a property that is not indented further than the name to which it belongs',
    'stacks: { main: { environment: prod }, keys: { k: { rotation: true }, l: {} } }',
    'KW1013',
  ],
])('one problem is reported for %s', (_name, project, codes) => {
  expect(codesOf(`${head}${project}\n`).join(' ')).toBe(codes);
});

test('the message about a value that one environment lacks names that environment', () => {
  const project = `${head}stacks: { main: { environment: [nope, prod], keys: { k: { description: "\${values.team}" } } } }\n`;
  expect(problemsOf(project)).toContainEqual(expect.stringContaining('`${values.team}` has no value in `prod`'));
});

test.each([
  ['an AWS service without its form', 'sns', 'write `{ service: sns }`'],
  ['a principal of a stack that creates none', 'main.api', 'stack `main` creates no principals'],
])('the help for %s says what to write', (_name, to, help) => {
  const { diagnostics } = compileText(
    `${head}principals: { admin: { role: "arn:aws:iam::111122223333:role/App" } }\nstacks: { main: { environment: prod, keys: { k: { grants: [{ to: ${to}, can: decrypt }] } } } }\n`,
  );
  expect(diagnostics.map((one) => one.help)).toEqual([expect.stringContaining(help)]);
});
