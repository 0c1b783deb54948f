import { expect, test } from 'vitest';
import { stacksFor } from '../testing/target-stacks.ts';
import { fill, unknownPlaceholders } from './deployment-text.ts';

const { emptyStack } = stacksFor('any');
const environment = {
  name: 'prod',
  account: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  purpose: 'production',
  values: { owner: 'ops' },
} as const;

test('placeholders are replaced by the values of the deployment', () => {
  const stack = { ...emptyStack, app: 'shop', name: 'core-prod', environment };
  const text = '${app}/${stack}/${environment}/${purpose}/${account}/${region}/${partition}/${values.owner}/$${app}';
  expect(fill(text, stack)).toBe('shop/core-prod/prod/production/111122223333/eu-west-1/aws/ops/${app}');
  expect(unknownPlaceholders([text], 'targets.any.text', stack)).toEqual([]);
});

test('a placeholder without a value is reported once for an option', () => {
  const { purpose, ...others } = environment;
  const texts = ['${values.team} ${values.toString}', '${values.team} ${purpose}'];
  const reported = (stack: typeof emptyStack) =>
    unknownPlaceholders(texts, 'targets.any.texts', stack).map(({ code, message, help }) => [code, message, help]);
  expect(reported({ ...emptyStack, name: 'core-prod', environment: others })).toEqual([
    [
      'KW4008',
      '`${values.team}` in `targets.any.texts` has no value for `core-prod`',
      'add `team` under `values` of `prod`, or of its account',
    ],
    [
      'KW4008',
      '`${values.toString}` in `targets.any.texts` has no value for `core-prod`',
      'add `toString` under `values` of `prod`, or of its account',
    ],
    [
      'KW4008',
      '`${purpose}` in `targets.any.texts` has no value for `core-prod`',
      'give `prod` or its account a `purpose`, or write the text itself',
    ],
  ]);
  expect(reported({ ...emptyStack, name: 'core', environment: {} }).map(([, , help]) => help)).toEqual([
    'give the stack an `environment` whose `values` include `team`, or write the text itself',
    'give the stack an `environment` whose `values` include `toString`, or write the text itself',
    'give the stack an `environment` with a purpose, or write the text itself',
  ]);
});
