import { concat, type Expression, literal } from '@keywright/core/ir/expression';
import { policiesOf } from '@keywright/core/ir/policies-of';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Stack } from '@keywright/core/ir/program';
import { policyJson } from '@keywright/core/testing/policy-json';
import { key, statement } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emitter } from './emit.ts';
import { address } from './names.ts';
import { readModule } from './read-module.test-support.ts';
import { anywhereStack, securityStack, stackOf } from './stacks.test-fixture.ts';
import { anyText, asTerraformHasIt } from './texts.test-support.ts';

/** Returns a text that does not occur in the fixtures. */
const resolve = (reference: string) => `<${reference}>`;

function read(stack: Stack, file = 'main.tf') {
  const { files } = emitter.emitStack(stack, { generator: 'Keywright', options: { provider: 6 }, templates: {} });
  return readModule(files.find(({ path }) => path.endsWith(`/${file}`))?.content ?? '', resolve);
}

const pseudos = {
  account: '<data.aws_caller_identity.current.account_id>',
  region: '<data.aws_region.current.region>',
  partition: '<data.aws_partition.current.partition>',
  dnsSuffix: '<data.aws_partition.current.dns_suffix>',
};

function textOf(expression: Expression, stack: Stack): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat':
      return expression.parts.map((part) => textOf(part, stack)).join('');
    case 'pseudo':
      return pseudos[expression.name];
    case 'reference': {
      const resource = stack.resources.find(({ id }) => id === expression.resource);
      return `<${resource && address(resource, stack)}.${expression.attribute}>`;
    }
    case 'crossStack':
      return expression.stack === 'platform'
        ? '<data.terraform_remote_state.platform.outputs.keys_root_arn>'
        : '<data.aws_ssm_parameter.data-lake_keys_lake_arn.insecure_value>';
  }
}

function json(document: PolicyDocument, stack: Stack): unknown {
  return policyJson(document, (expression) => asTerraformHasIt(textOf(expression, stack)), asTerraformHasIt);
}

test.each([securityStack, anywhereStack])(
  'every policy of stack $name is read as the semantics decided it',
  async (stack) => {
    const { resources } = await read(stack);
    expect([...resources.keys()].sort()).toEqual(stack.resources.map((resource) => address(resource, stack)).sort());
    for (const resource of stack.resources) {
      const { policy, assume_role_policy } = resources.get(address(resource, stack)) ?? {};
      const [document] = policiesOf(resource);
      expect(policy ?? assume_role_policy).toEqual(document && json(document, stack));
    }
  },
);

test('text and references in a policy and a description are distinguished, whatever is beside them', async () => {
  const account: Expression = { kind: 'pseudo', name: 'account' };
  const expression = fc
    .array(fc.option(anyText), { minLength: 1, maxLength: 5 })
    .map((parts) => concat(...parts.map((part) => (part === null ? account : literal(part)))));
  await fc.assert(
    fc.asyncProperty(expression, fc.array(expression, { minLength: 1, maxLength: 3 }), async (description, values) => {
      const condition = { operator: 'StringEquals', key: 'kms:EncryptionContext:a', values };
      const policy = { statements: [statement({ conditions: [condition] })] };
      const stack = stackOf(key('orders', { description, policy }));
      const { resources } = await read(stack);
      expect(resources.get('aws_kms_key.orders')).toMatchObject({
        description: asTerraformHasIt(textOf(description, stack)),
        policy: json(policy, stack),
      });
    }),
    { numRuns: 100 },
  );
});

test('data sources and outputs are read by address and by name', async () => {
  const { data } = await read(securityStack);
  expect(data.get('data.aws_ssm_parameter.data-lake_keys_lake_arn')).toEqual({
    name: '/keywright/payments/data-lake/keys.lake.arn',
  });
  const { outputs } = await read(securityStack, 'outputs.tf');
  expect(outputs.get('keys_orders_arn')).toBe('<aws_kms_key.orders.arn>');
  expect(outputs.get('trailKey')).toBe('alias/aws/s3');
});

test('references are kept unless they are to be resolved', async () => {
  const { resources } = await readModule(
    'resource "a" "b" {\n  policy = jsonencode({ A = [a.c.arn, "x${a.c.arn}$${y}"] })\n}\n',
  );
  expect(resources.get('a.b')).toEqual({ policy: { A: ['${a.c.arn}', 'x${a.c.arn}${y}'] } });
});

test('two blocks with the same address are refused', async () => {
  await expect(readModule('resource "a" "b" {}\nresource "a" "b" {}\n')).rejects.toThrow('a.b');
});
