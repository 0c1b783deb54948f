/** Other people's templates have the same keys, policies and aliases, whether Keywright reads them or moto evaluates them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Resource } from '@keywright/core/ir/program';
import { isMissing } from '@keywright/emit-cfn/read-back.test-support';
import { readTemplates } from '@keywright/read-cfn';
import { expect, test } from 'vitest';

const corpus = join(import.meta.dirname, '../../read-cfn/cases');
const evaluator = join(import.meta.dirname, 'testing/moto_evaluate.py');
const account = '111122223333';

const purposes = ['ANY', 'PUBLIC_S3', 'TRAIL', 'CDN', 'rds'].map(
  (Purpose) =>
    [
      'purpose-parameter.yaml',
      { Purpose, Spec: 'SYMMETRIC_DEFAULT', Usage: 'ENCRYPT_DECRYPT', AlarmStack: '' },
    ] as const,
);

/** Templates, with the values of their parameters. Parameters without a value here have their default. */
const situations: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ...purposes,
  ['purpose-parameter.yaml', { Purpose: 'DNS_SIGNING', Spec: 'ECC_NIST_P256', Usage: 'SIGN_VERIFY', AlarmStack: '' }],
  [
    'backup-member.yaml',
    { RoleForBackups: 'Backups', AliasBase: 'Vault', Commit: 'abc', Stage: 'qa', Owner: 'ops@example.com' },
  ],
  ['account-list.yaml', { ReaderAccounts: '444455556666,555566667777' }],
  [
    'replica-of-a-stack-set.yaml',
    {
      PrimaryRegion: 'eu-west-1',
      VendorAccount: '444455556666',
      VendorIdentity: 'arn:aws:iam::444455556666:role/scanner',
      PrimaryArn: 'not used here',
    },
  ],
  ['control-tower.template.json', {}],
  ...['dev', 'prod'].map(
    (Stage) =>
      [
        'functions.yaml',
        {
          Stage,
          Team: 'payments',
          Readers: 'arn:aws:iam::444455556666:role/One,arn:aws:iam::555566667777:root',
          Window: '9',
        },
      ] as const,
  ),
];

interface Made {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The values of `Ref` and `Arn`. */
  readonly values: Readonly<Record<string, string>>;
}

test.skipIf(isMissing('moto', 'python3', '-c', 'import moto'))(
  'moto and Keywright read the same from a template',
  { timeout: 120_000 },
  () => {
    const files = situations.map(([name, parameters]) => ({
      path: name,
      text: readFileSync(join(corpus, name), 'utf8'),
      account,
      region: 'eu-west-1',
      stackName: 'demo',
      parameters,
    }));
    const input = JSON.stringify(files.map(({ text, ...file }) => ({ ...file, template: text })));
    const evaluated = JSON.parse(
      execFileSync('python3', [evaluator], { input, encoding: 'utf8' }),
    ) as readonly Readonly<Record<string, Made>>[];
    for (const [index, file] of files.entries()) {
      const { program, diagnostics } = readTemplates([file]);
      const made = evaluated[index] ?? {};
      const resources = program.stacks.flatMap((stack) => stack.resources);
      const textOf = textIn(resources, made);
      const read = resources.map((resource) => [resource.names.cfn, readProperties(resource, textOf)]);
      const expected = Object.entries(made).map(([logicalId, one]) => [logicalId, madeProperties(one)]);
      const { path, parameters } = file;
      // moto has no `DeletionPolicy`, so there may be a warning about a `DeletionPolicy` that the YAML cannot express.
      const others = diagnostics.filter(
        ({ code, message }) => code !== 'KW8021' || !message.includes('DeletionPolicy'),
      );
      expect({ path, parameters, diagnostics: others, ...Object.fromEntries(read) }).toEqual({
        path,
        parameters,
        diagnostics: [],
        ...Object.fromEntries(expected),
      });
      expect(expected.length).toBeGreaterThan(0);
    }
  },
);

type TextOf = (expression: Expression) => string;

/** The text of an expression, given the resources that moto created. */
function textIn(resources: readonly Resource[], made: Readonly<Record<string, Made>>): TextOf {
  const textOf: TextOf = (expression) => {
    switch (expression.kind) {
      case 'literal':
        return expression.text;
      case 'concat':
        return expression.parts.map(textOf).join('');
      case 'reference': {
        const resource = resources.find(({ id }) => id === expression.resource);
        const values = made[resource?.names.cfn ?? '']?.values;
        return values?.[expression.attribute === 'arn' ? 'Arn' : 'Ref'] ?? 'nothing';
      }
      case 'crossStack':
      case 'pseudo':
        return `${expression.kind} has no place here`;
    }
  };
  return textOf;
}

function readProperties(resource: Resource, textOf: TextOf): unknown {
  switch (resource.kind) {
    case 'key':
      return {
        type: 'AWS::KMS::Key',
        description: resource.description && textOf(resource.description),
        spec: resource.spec,
        usage: resource.usage,
        rotation: resource.rotation.enabled,
        window: resource.pendingWindowDays,
        multiRegion: resource.multiRegion,
        tags: resource.tags.map(({ name, value }) => `${name}=${textOf(value)}`),
        policy: readDocument(resource.policy, textOf),
      };
    case 'alias':
      return { type: 'AWS::KMS::Alias', name: resource.aliasName, target: textOf(resource.target) };
    case 'role':
      return { type: 'AWS::IAM::Role', trust: readDocument(resource.assumeRolePolicy, textOf) };
    case 'identityPolicy':
      return {
        type: 'AWS::IAM::Policy',
        name: textOf(resource.policyName),
        holder: textOf(resource.attachTo.name),
        document: readDocument(resource.document, textOf),
      };
    default:
      return `a ${resource.kind} is not in any of these templates`;
  }
}

function madeProperties({ type, properties: own }: Made): unknown {
  switch (type) {
    case 'AWS::KMS::Key':
      return {
        type,
        description: own.Description,
        spec: own.KeySpec ?? 'SYMMETRIC_DEFAULT',
        usage: own.KeyUsage ?? 'ENCRYPT_DECRYPT',
        rotation: own.EnableKeyRotation ?? false,
        window: own.PendingWindowInDays,
        multiRegion: own.MultiRegion ?? false,
        tags: ((own.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[])
          .map(({ Key, Value }) => `${Key}=${Value}`)
          .sort(),
        policy: madeDocument(own.KeyPolicy),
      };
    case 'AWS::KMS::Alias':
      return { type, name: own.AliasName, target: String(own.TargetKeyId).replace(/^arn:.*:key\//, '') };
    case 'AWS::IAM::Role':
      return { type, trust: madeDocument(own.AssumeRolePolicyDocument) };
    case 'AWS::IAM::Policy':
      return {
        type,
        name: own.PolicyName,
        holder: listOf(own.Roles).join(),
        document: madeDocument(own.PolicyDocument),
      };
    default:
      return `${type} is not in any of these templates`;
  }
}

function readDocument({ id, statements }: PolicyDocument, textOf: TextOf): unknown {
  const who = (principal: PolicyPrincipal): string => {
    switch (principal.kind) {
      case 'anyone':
        return 'AWS *';
      case 'aws':
        return `AWS ${textOf(principal.arn)}`;
      case 'service':
        return `Service ${textOf(principal.host)}`;
      case 'federated':
        return `Federated ${textOf(principal.provider)}`;
    }
  };
  return {
    id: id && textOf(id),
    statements: statements.map((statement: Statement) => ({
      sid: statement.sid,
      effect: statement.effect,
      who: statement.principals?.map(who),
      actions: statement.actions,
      resources: statement.resources?.map(textOf),
      conditions: statement.conditions
        .map(({ operator, key, values }) => `${operator} ${key} ${values.map(textOf).join()}`)
        .sort(),
    })),
  };
}

function madeDocument(document: unknown): unknown {
  const { Id, Statement: all } = document as { readonly Id?: string; readonly Statement: unknown };
  return {
    id: Id,
    statements: listOf(all).map((one) => {
      const statement = one as Readonly<Record<string, unknown>>;
      const principals = statement.Principal as Readonly<Record<string, unknown>> | undefined;
      const conditions = (statement.Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      return {
        sid: statement.Sid,
        effect: statement.Effect,
        who:
          principals &&
          Object.entries(principals).flatMap(([kind, values]) =>
            listOf(values).map((value) => `${kind} ${value === account ? `arn:aws:iam::${account}:root` : value}`),
          ),
        actions: listOf(statement.Action),
        resources: statement.Resource === undefined ? undefined : listOf(statement.Resource),
        conditions: Object.entries(conditions)
          .flatMap(([operator, tests]) =>
            Object.entries(tests).map(([key, values]) => `${operator} ${key} ${listOf(values).join()}`),
          )
          .sort(),
      };
    }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
