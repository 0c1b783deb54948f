import { expect, test } from 'vitest';
import { key, span } from '../testing/target-stacks.ts';
import { headerComment, outputText, sourceComment } from './comment.ts';

const stack = {
  name: 'app-eu',
  app: 'shop',
  definition: 'app',
  environment: {},
  replicaEnvironments: [],
  targets: [],
  resources: [],
  outputs: [],
  exports: [],
  imports: [],
  dependsOn: [],
  span: span(1),
};

const file = 'teams/a\nb\u2028\u{e0001}.yaml';

test('a comment is one line that names the place in the YAML and the standard', () => {
  expect(sourceComment(key('orders'), stack)).toBe('stacks.app.keys.orders in keywright.yaml');
  const source = { span: span(3, file), through: 'standard a\nb ' };
  expect(sourceComment(key('orders', { source }), stack)).toBe(
    'stacks.app.keys.orders in teams/a\\nb\\u2028\\u{e0001}.yaml, through standard a\\nb',
  );
  expect(outputText({ name: 'arn', source: { span: span(9) } }, stack)).toBe(
    'stacks.app.outputs.arn in keywright.yaml',
  );
  expect(headerComment('Keywright 1\n')).toBe('Made by Keywright 1\\n from keywright.yaml; do not edit by hand.');
});
