import { literal } from '@keywright/core/ir/expression';
import type { Resource } from '@keywright/core/ir/program';
import { provenance as source } from '@keywright/core/testing/target-stacks';
import { describe, expect, it } from 'vitest';
import { checkStack } from './check-stack.ts';
import { everything, key, keyPolicy, nasty, stack, statement } from './stack.test-fixture.ts';

describe('text that CloudFormation would misinterpret', () => {
  it.each([
    ['a dynamic reference in a tag', key('k', { tags: [{ name: 'a', value: literal('x{{resolve:ssm:p}}') }] })],
    [
      'a condition that looks like a function',
      key('k', {
        policy: keyPolicy(
          statement({ conditions: [{ operator: 'StringEquals', key: 'Ref', values: [literal('x')] }] }),
        ),
      }),
    ],
  ])('is an error: %s', (_, resource) => {
    const diagnostics = checkStack(stack({ resources: [resource] }));
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([['KW4101', 1]]);
  });

  it('is an error in an output', () => {
    const outputs = [{ name: 'x', value: literal('{{resolve:ssm:p}}'), source: source(9) }];
    const diagnostics = checkStack(stack({ outputs }));
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([['KW4101', 9]]);
  });

  it('does not include text that only looks similar', () => {
    expect(checkStack(nasty)).toEqual([]);
    expect(checkStack(everything)).toEqual([]);
  });
});

it('a stack with more resources or outputs than a template allows is refused', () => {
  const resources = Array.from({ length: 501 }, (_, index) => key(`k${index}`));
  const outputs = Array.from({ length: 201 }, (_, index) => ({
    name: `o${index}`,
    value: literal(''),
    source: source(9),
  }));
  expect(checkStack(stack({ resources, outputs })).map(({ code, message }) => [code, message])).toEqual([
    ['KW4102', 'security has 501 resources, and CloudFormation accepts 500 at most'],
    ['KW4102', 'security has 201 outputs, and CloudFormation accepts 200 at most'],
  ]);
  expect(checkStack(stack({ resources: resources.slice(1), outputs: outputs.slice(1) }))).toEqual([]);
});

it('parameters and outputs that pass values to templates of replicas are counted', () => {
  const us = { name: 'prod-us', region: 'us-east-1', account: '111122223333', partition: 'aws' };
  const [template] = everything.resources.filter((resource) => resource.kind === 'replicaKey');
  if (template === undefined) throw new Error('there is no replica');
  const replica = (name: string): Resource => ({
    ...template,
    id: `key/${name}/prod-us`,
    name,
    primary: `key/${name}`,
    policy: keyPolicy(),
  });
  const replicated = (count: number) =>
    stack({
      replicaEnvironments: [us],
      resources: Array.from({ length: count }, (_, index) => `k${index}`).flatMap((name) => [
        key(name, { multiRegion: true }),
        replica(name),
      ]),
    });
  expect(checkStack(replicated(200))).toEqual([]);
  expect(checkStack(replicated(201)).map(({ message }) => message)).toEqual([
    'security has 201 outputs, and CloudFormation accepts 200 at most',
    'security-prod-us has 201 parameters, and CloudFormation accepts 200 at most',
  ]);
});
