import { describe, expect, test } from 'vitest';
import { readTerraform } from '../read-terraform.ts';

type Json = Readonly<Record<string, unknown>>;

const references = (...names: readonly string[]) => ({ references: names });
const theDocument = references('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d');
const roleArn = references('aws_iam_role.r.arn', 'aws_iam_role.r');

/** A planned statement with one principal that is known only after apply, then its marks and its expressions. */
const planned = {
  actions: ['kms:*'],
  resources: ['*'],
  sid: 'One',
  principals: [{ type: 'AWS', identifiers: [null] as readonly (string | null)[] }],
};
const marks = { actions: [false], resources: [false], principals: [{ identifiers: [true] as readonly boolean[] }] };
const expressions = {
  actions: { constant_value: ['kms:*'] },
  resources: { constant_value: ['*'] },
  sid: { constant_value: 'One' },
  principals: [{ type: { constant_value: 'AWS' }, identifiers: roleArn as Json }],
};

interface PlanParts {
  readonly policy?: Json;
  readonly after?: Json;
  readonly unknown?: Json;
  readonly sensitive?: Json;
  readonly configured?: Json;
  readonly variables?: Json;
  readonly more?: readonly Json[];
}

/** A plan that creates a role and a key. The policy of the key is a document that names the role. */
function planWith(parts: PlanParts = {}) {
  const role = { name: 'r', assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' };
  const created = (type: string, name: string, after: Json, unknown: Json) => ({
    resource: { address: `${type}.${name}`, mode: 'managed', type, name, provider_name: 'aws', values: after },
    change: { address: `${type}.${name}`, mode: 'managed', type, name, change: { after, after_unknown: unknown } },
  });
  const all = [
    created('aws_iam_role', 'r', role, { arn: true, id: true, unique_id: true }),
    created('aws_kms_key', 'k', { description: 'k' }, { arn: true, key_id: true, id: true, policy: true }),
  ];
  const document = {
    address: 'data.aws_iam_policy_document.d',
    mode: 'data',
    type: 'aws_iam_policy_document',
    name: 'd',
    change: {
      actions: ['read'],
      after: { statement: [planned], ...parts.after },
      after_unknown: { json: true, statement: [marks], ...parts.unknown },
      after_sensitive: parts.sensitive ?? {},
    },
  };
  const configured = (type: string, name: string, arguments_: Json) => ({
    address: `${type}.${name}`,
    type,
    name,
    provider_config_key: 'aws',
    expressions: arguments_,
  });
  const text = JSON.stringify({
    format_version: '1.2',
    variables: parts.variables,
    planned_values: { root_module: { resources: all.map(({ resource }) => resource) } },
    resource_changes: [...all.map(({ change }) => change), document, ...(parts.more ?? [])],
    configuration: {
      root_module: {
        resources: [
          configured('aws_iam_role', 'r', { name: { constant_value: 'r' }, assume_role_policy: {} }),
          configured('aws_kms_key', 'k', { policy: parts.policy ?? theDocument }),
          configured('aws_iam_policy_document', 'd', { statement: [expressions], ...parts.configured }),
        ],
      },
    },
  });
  const { program, diagnostics } = readTerraform({ path: 'plan.json', text });
  const key = program.stacks.flatMap(({ resources }) => resources).find(({ kind }) => kind === 'key');
  return {
    statements: key?.kind === 'key' ? key.policy.statements : [],
    found: diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

const withIdentifiers = (identifiers: readonly (string | null)[], unknown: readonly boolean[], expression: Json) => ({
  after: { statement: [{ ...planned, principals: [{ type: 'AWS', identifiers }] }] },
  unknown: { statement: [{ ...marks, principals: [{ identifiers: unknown }] }] },
  configured: {
    statement: [{ ...expressions, principals: [{ type: { constant_value: 'AWS' }, identifiers: expression }] }],
  },
});

describe('a policy that is known only after apply', () => {
  test('is read from the document that it refers to', () => {
    const { statements, found } = planWith();
    expect(statements).toMatchObject([
      { sid: 'One', principals: [{ arn: { kind: 'reference', resource: 'role/r', attribute: 'arn' } }] },
    ]);
    expect(found).toEqual([
      'KW8079 policy of aws_kms_key.k is known only after apply, so it is read from data.aws_iam_policy_document.d, which its expression refers to',
    ]);
  });

  test('keeps known principals beside unknown ones', () => {
    const root = 'arn:aws:iam::111122223333:root';
    const { statements } = planWith(withIdentifiers([root, null], [false, true], roleArn));
    expect(statements[0]?.principals).toHaveLength(2);
  });

  test('is read if the expression of a dynamic block is missing, but a Sid identifies the statement', () => {
    const other = { ...planned, sid: 'Two', principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] };
    const { statements } = planWith({
      after: { statement: [other, planned] },
      unknown: { statement: [{ principals: [{ identifiers: [false] }] }, marks] },
    });
    expect(statements.map(({ sid }) => sid)).toEqual(['Two', 'One']);
    expect(statements[1]?.principals).toMatchObject([{ arn: { resource: 'role/r' } }]);
  });

  test('is KMS’s default policy if its variable is null', () => {
    const { statements, found } = planWith({
      policy: references('var.policy'),
      variables: { policy: { value: null } },
    });
    expect(statements).toMatchObject([{ sid: 'Enable IAM User Permissions' }]);
    expect(found).toEqual([]);
  });

  const unresolved = {
    'refers to more than a document': [
      { policy: references(...theDocument.references, 'var.a') },
      'the plan does not have the value, only what its expression refers to, data.aws_iam_policy_document.d.json and var.a',
    ],
    'refers to no document': [
      { policy: roleArn },
      'the plan does not have the value, only what its expression refers to, aws_iam_role.r.arn',
    ],
    'has a variable that is not null': [
      { policy: references('var.policy'), variables: { policy: { value: 'text' } } },
      'the plan does not have the value, only what its expression refers to, var.policy',
    ],
    'names something that is not read': [
      withIdentifiers([null], [true], references('aws_iam_openid_connect_provider.p.arn')),
      'the plan does not have identifiers in statement 1 of data.aws_iam_policy_document.d',
    ],
    'has another attribute of a role': [
      withIdentifiers([null], [true], references('aws_iam_role.r.unique_id', 'aws_iam_role.r')),
      'the plan does not have identifiers in statement 1 of data.aws_iam_policy_document.d',
    ],
    'makes one principal of two references': [
      withIdentifiers([null], [true], references(...roleArn.references, 'var.suffix')),
      'the plan does not have identifiers in statement 1 of data.aws_iam_policy_document.d',
    ],
    'has a list of unknown length': [
      {
        ...withIdentifiers([], [], roleArn),
        unknown: { statement: [{ ...marks, principals: [{ identifiers: true }] }] },
      },
      'the plan does not have identifiers in statement 1 of data.aws_iam_policy_document.d',
    ],
    'has an unknown number of statements': [
      { after: {}, unknown: { statement: true } },
      'the plan does not have statement of data.aws_iam_policy_document.d',
    ],
    'has a dynamic block that nothing identifies': [
      { after: { statement: [planned, planned] }, unknown: { statement: [marks, marks] } },
      'the plan does not have identifiers in statement 1 of data.aws_iam_policy_document.d',
    ],
    'has a condition that is known only after apply': [
      {
        after: {
          statement: [
            { ...planned, condition: [{ test: 'StringLike', variable: 'aws:PrincipalArn', values: [null] }] },
          ],
        },
        unknown: { statement: [{ ...marks, condition: [{ values: [true] }] }] },
        configured: { statement: [{ ...expressions, condition: [{ values: roleArn }] }] },
      },
      'the plan does not have values in statement 1 of data.aws_iam_policy_document.d',
    ],
    'has a sensitive value': [
      { sensitive: { statement: [{ sid: true }] } },
      'the plan does not have the sensitive values of data.aws_iam_policy_document.d',
    ],
    'merges a document that cannot be read': [
      {
        after: { source_policy_documents: [null], statement: [] },
        unknown: { source_policy_documents: [true], statement: [] },
        configured: { source_policy_documents: references('data.external.e.result', 'data.external.e') },
        more: [{ address: 'data.external.e', mode: 'data', type: 'external', name: 'e' }],
      },
      'the plan does not have source_policy_documents of data.aws_iam_policy_document.d',
    ],
    'merges itself': [
      {
        after: { source_policy_documents: [null], statement: [] },
        unknown: { source_policy_documents: [true], statement: [] },
        configured: { source_policy_documents: theDocument },
      },
      'the plan does not have source_policy_documents of data.aws_iam_policy_document.d',
    ],
  } as const satisfies Readonly<Record<string, readonly [PlanParts, string]>>;

  test.each(Object.entries(unresolved))('is reported if it %s', (_, [parts, reason]) => {
    const { statements, found } = planWith(parts);
    expect(found).toContain(`KW8075 the policy of aws_kms_key.k is not known: ${reason}`);
    expect(statements).toMatchObject([{ sid: 'Stands in for the policy of aws_kms_key.k' }]);
  });
});
