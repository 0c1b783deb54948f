import { expect, test } from 'vitest';
import { compileText, head } from '../testing/compile-text.ts';

const project = (output: string) =>
  `${head}stacks:\n  main:\n    environment: prod\n    keys: { orders: {} }\n    outputs: { key: ${output} }\n`;

test.each([
  ['keys.orders.arn', 'write `${keys.orders.arn}`'],
  ['{ value: imports.shared.id }', 'write `${imports.shared.id}`'],
])('the output %s is reported, since it lacks a placeholder', (output, help) => {
  const { diagnostics } = compileText(project(output));
  expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.help])).toEqual([['KW2010', help]]);
});

test.each(['"${keys.orders.arn}"', 'key.orders.arn', 'the keys.orders.arn of it'])(
  'the output %s is accepted',
  (output) => {
    expect(compileText(project(output)).diagnostics).toEqual([]);
  },
);
