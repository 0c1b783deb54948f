import { expect, test } from 'vitest';
import { head, problemsOf } from '../testing/compile-text.ts';

test.each([
  ['that there are', 'any: {}', []],
  ['of a target that there is not', 'other: {}', ['KW2011 7:12 there is no target `other`']],
  ['that the target does not know', 'any: { format: x }', ['KW1001 7:19 `format` is not known here']],
  ['that are nothing', 'any:', ['KW1003 7:15 expected a mapping, found nothing']],
  ['that are a list', 'any: [x]', ['KW1003 7:17 expected a mapping, found a list']],
])('options %s', (_name, options, problems) => {
  expect(problemsOf(`${head}targets: { ${options} }\n`)).toEqual(problems);
});
