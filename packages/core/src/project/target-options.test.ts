import { expect, test } from 'vitest';
import * as z from '../schema/schema.ts';
import { anyTarget, compileText, head, problemsOf } from '../testing/compile-text.ts';

test.each([
  ['of an existing target are accepted', 'any: {}', []],
  ['of a target that does not exist are refused', 'other: {}', ['KW2011 7:12 there is no target `other`']],
  ['that the target does not know are refused', 'any: { format: x }', ['KW1001 7:19 `format` is not known here']],
  ['cannot be empty', 'any:', ['KW1003 7:15 expected a mapping, found nothing']],
  ['cannot be a list', 'any: [x]', ['KW1003 7:17 expected a mapping, found a list']],
])('options %s', (_name, options, problems) => {
  expect(problemsOf(`${head}targets: { ${options} }\n`)).toEqual(problems);
});

test('options may have only placeholders that some deployment can fill', () => {
  const problems = (options: string) => {
    const project = `keywright: 1
app: demo
environments:
  prod: { account: "111122223333", region: eu-west-1, values: { owner: ops } }
  dev: { account: "444455556666", region: eu-west-1 }
stacks: {}
targets: { any: ${options} }
`;
    const { diagnostics } = compileText(project, { targets: [{ ...anyTarget, options: z.looseObject({}) }] });
    return diagnostics.map(({ code, message, span, help }) => [`${code} ${span?.line}:${span?.column}`, message, help]);
  };
  const known = '{ text: "${app} ${purpose} ${values.owner} $${other}", deep: { list: [1, "${account}"] } }';
  expect(problems(known)).toEqual([]);
  expect(problems('{ text: "${values.onwer}" }')).toEqual([
    ['KW2030 7:25', '`${values.onwer}` has no value in `prod` and `dev`', 'the only one is `owner`'],
  ]);
  expect(problems('{ deep: { list: [1, "${key}"] } }')).toEqual([
    ['KW2006 7:37', 'there is no placeholder `${key}` here', expect.stringContaining('${values.<name>}')],
  ]);
  expect(problems('{ text: "a-${app" }')).toEqual([
    ['KW2012 7:25', 'nothing closes the `${` in this text', expect.stringContaining('close it')],
  ]);
});
