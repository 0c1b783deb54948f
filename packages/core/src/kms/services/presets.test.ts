import { describe, expect, test } from 'vitest';
import type { Expression } from '../../ir/expression.ts';
import type { Condition, PolicyPrincipal } from '../../ir/policy.ts';
import { placeOf } from '../../resolve/place.ts';
import { kmsActions } from '../actions.ts';
import { usagesOfSpec } from '../key-specs.ts';
import { partitionOf } from '../partitions.ts';
import type { PresetStatement, ServicePreset } from './preset.ts';
import { servicePresets } from './presets.ts';

const account = '111122223333';
const placeIn = (region: string) => placeOf({ account, region, partition: partitionOf(region) });
const ireland = placeIn('eu-west-1');

function text(expression: Expression): string {
  if (expression.kind === 'literal') return expression.text;
  if (expression.kind === 'concat') return expression.parts.map(text).join('');
  return expression.kind === 'pseudo' ? `\${${expression.name}}` : expression.kind;
}

const who = (principal: PolicyPrincipal) =>
  principal.kind === 'aws' ? text(principal.arn) : principal.kind === 'service' ? text(principal.host) : principal.kind;

/** Conditions as an object: the values by `operator key`. */
const tests = (conditions: readonly Condition[]) =>
  Object.fromEntries(conditions.map(({ operator, key, values }) => [`${operator} ${key}`, values.map(text)]));

const readable = ({ principals = [], actions, conditions }: PresetStatement) => ({
  principals: principals.map(who),
  actions,
  conditions: tests(conditions),
});

function find(name: string): ServicePreset {
  const preset = servicePresets.find((candidate) => candidate.name === name);
  if (preset === undefined) throw new Error(`there is no preset ${name}`);
  return preset;
}

const statementsOf = (name: string, options: object = {}, place = ireland) =>
  find(name).statements(find(name).options.parse(options), place).map(readable);

/** The services that, according to their documentation, send neither an account nor an ARN. */
const withoutSource: ReadonlyMap<string, readonly string[]> = new Map([
  ['cloudtrail-lake', ['cloudtrail.amazonaws.com']],
  ['control-tower', ['config.amazonaws.com']],
]);

/** A sample value of an option: a text that is no partition, region or account of these tests, or one of the option's own choices. */
const sampleOf = (option: string) => (option === 'publishers' ? 'rds' : '444455556666');

const matches = (pattern: string, action: string) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action);

test('presets are in alphabetical order, without duplicates', () => {
  const names = servicePresets.map((preset) => preset.name);
  expect(names).toEqual([...new Set(names)].sort());
});

describe.each(servicePresets.map((preset) => [preset.name, preset] as const))('%s', (_, preset) => {
  const statements = preset.statements({}, ireland);

  test('cites the page of the AWS documentation that it follows', () => {
    expect(preset.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w/.-]+\.html(#[\w-]+)?$/);
  });

  test('requires specs that KMS offers with the required usage', () => {
    expect(preset.requires.specs.length).toBeGreaterThan(0);
    for (const spec of preset.requires.specs) expect(usagesOfSpec[spec]).toContain(preset.requires.usage);
  });

  test('names only actions of KMS', () => {
    for (const action of statements.flatMap((statement) => statement.actions ?? [])) {
      expect(
        kmsActions.filter((known) => matches(action, known)),
        action,
      ).not.toEqual([]);
    }
  });

  test('lets a service act only for its own account, or create grants', () => {
    for (const statement of statements) {
      const service = statement.principals?.some((principal) => principal.kind === 'service');
      if (!service || tests(statement.conditions)['Bool kms:GrantIsForAWSResource']) continue;
      // DescribeKey only reads metadata; for some services the page has no condition on a source or context for it.
      if (statement.actions?.every((action) => action === 'kms:DescribeKey')) continue;
      const hosts = statement.principals?.map(who);
      if (hosts?.every((host) => withoutSource.get(preset.name)?.includes(host))) continue;
      const narrowing = statement.conditions.filter(
        ({ key }) => /^aws:Source(Account|Arn)$/.test(key) || key.startsWith('kms:EncryptionContext:'),
      );
      expect(narrowing.flatMap(({ values }) => values.map(text)).join(' ')).toContain(account);
    }
  });

  test('lets a service create grants only for AWS resources', () => {
    for (const { actions = [], conditions } of statements) {
      if (!actions.some((action) => matches(action, 'kms:CreateGrant'))) continue;
      const own = tests(conditions);
      // Fargate creates a KMS grant with the encryption context of the cluster, for decryption only.
      if (own['StringEquals kms:EncryptionContext:aws:ecs:clusterAccount']) {
        expect(own['ForAllValues:StringEquals kms:GrantOperations']).toEqual(['Decrypt']);
      } else expect(own['Bool kms:GrantIsForAWSResource']).toEqual(['true']);
    }
  });

  test('has no condition twice, which the JSON of a policy cannot express', () => {
    for (const { conditions } of statements) expect(Object.keys(tests(conditions))).toHaveLength(conditions.length);
  });

  test('accepts a value for every option, but no empty value', () => {
    const { options } = preset;
    expect(options.safeParse({}).success).toBe(true);
    expect(options.safeParse({ unknown: ['x'] }).success).toBe(false);
    for (const [name, option] of Object.entries(options.shape)) {
      expect((option as { description?: string }).description, name).toMatch(/Default: /);
      expect(options.safeParse({ [name]: [sampleOf(name)] }).success, name).toBe(true);
      expect(options.safeParse({ [name]: [] }).success, `${name}, empty`).toBe(false);
      expect(options.safeParse({ [name]: [''] }).success, `${name}, without a name`).toBe(false);
    }
  });

  test('is narrowed by every option', () => {
    const { options } = preset;
    for (const name of Object.keys(options.shape)) {
      const narrowed = preset.statements(options.parse({ [name]: [sampleOf(name)] }), ireland).map(readable);
      expect(JSON.stringify(narrowed), name).toContain(sampleOf(name));
      expect(narrowed, name).not.toEqual(statements.map(readable));
    }
  });

  test('works if only the deployment knows the account and region', () => {
    const anywhere = JSON.stringify(preset.statements({}, placeOf({})).map(readable));
    expect(anywhere.includes('${account}')).toBe(preset.name !== 'cloudtrail-lake');
  });
});

describe('the policy in the AWS documentation is generated for', () => {
  test('autoscaling: its service-linked role uses the key and grants it to AWS resources', () => {
    const role = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    expect(statementsOf('autoscaling')).toEqual([
      {
        principals: [role],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        conditions: {},
      },
      {
        principals: [role],
        actions: ['kms:CreateGrant'],
        conditions: { 'Bool kms:GrantIsForAWSResource': ['true'] },
      },
    ]);
    expect(statementsOf('autoscaling', { roles: ['A', 'B'] })[0]?.principals).toEqual([
      `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/A`,
      `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/B`,
    ]);
    const elsewhere = 'arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/C';
    expect(statementsOf('autoscaling', { roles: ['AWSServiceRoleForEC2Spot', elsewhere] })[0]?.principals).toEqual([
      `arn:aws:iam::${account}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
      elsewhere,
    ]);
  });

  test('bedrock-agents: agents, named in the encryption context', () => {
    expect(statementsOf('bedrock-agents', { agents: ['A1B2C3D4E5'] })).toEqual([
      {
        principals: ['bedrock.amazonaws.com'],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: {
          'ArnLike kms:EncryptionContext:aws:bedrock:arn': [`arn:aws:bedrock:eu-west-1:${account}:agent/A1B2C3D4E5`],
        },
      },
    ]);
  });

  test('cloudfront: distributions, which have no region', () => {
    expect(statementsOf('cloudfront', { distributions: ['E1'] })).toEqual([
      {
        principals: ['cloudfront.amazonaws.com'],
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
        conditions: { 'ArnLike aws:SourceArn': [`arn:aws:cloudfront::${account}:distribution/E1`] },
      },
    ]);
  });

  test('cloudtrail: trails of any region, with the encryption context of the account', () => {
    const sources = { 'ArnLike aws:SourceArn': [`arn:aws:cloudtrail:*:${account}:trail/*`] };
    expect(statementsOf('cloudtrail')).toEqual([
      {
        principals: ['cloudtrail.amazonaws.com'],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        conditions: {
          ...sources,
          'StringLike kms:EncryptionContext:aws:cloudtrail:arn': [`arn:aws:cloudtrail:*:${account}:trail/*`],
        },
      },
      { principals: ['cloudtrail.amazonaws.com'], actions: ['kms:DescribeKey'], conditions: sources },
    ]);
  });

  test('cloudtrail: the encryption context is that of the accounts whose trails are named', () => {
    const trails = ['main', 'other', 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization'];
    expect(statementsOf('cloudtrail', { trails })[0]?.conditions).toEqual({
      'ArnLike aws:SourceArn': [
        `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`,
        `arn:aws:cloudtrail:eu-west-1:${account}:trail/other`,
        'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization',
      ],
      'StringLike kms:EncryptionContext:aws:cloudtrail:arn': [
        `arn:aws:cloudtrail:*:${account}:trail/*`,
        'arn:aws:cloudtrail:*:444455556666:trail/*',
      ],
    });
  });

  test('cloudtrail-lake: nothing limits an event data store', () => {
    expect(statementsOf('cloudtrail-lake')).toEqual([
      {
        principals: ['cloudtrail.amazonaws.com'],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey'],
        conditions: {},
      },
    ]);
  });

  test('cloudwatch: the alarms of the account, or only the named ones', () => {
    const byAccount = { 'StringEquals aws:SourceAccount': [account] };
    expect(statementsOf('cloudwatch')).toEqual([
      {
        principals: ['cloudwatch.amazonaws.com'],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        conditions: byAccount,
      },
    ]);
    expect(statementsOf('cloudwatch', { alarms: ['pay-*'] })[0]?.conditions).toEqual({
      ...byAccount,
      'ArnLike aws:SourceArn': [`arn:aws:cloudwatch:eu-west-1:${account}:alarm:pay-*`],
    });
  });

  test('config: delivery channels of several accounts and regions', () => {
    expect(statementsOf('config', { accounts: [account, '444455556666'], regions: ['us-east-1'] })).toEqual([
      {
        principals: ['config.amazonaws.com'],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        conditions: {
          'StringEquals aws:SourceAccount': [account, '444455556666'],
          'ArnLike aws:SourceArn': [`arn:aws:config:us-east-1:${account}:*`, 'arn:aws:config:us-east-1:444455556666:*'],
        },
      },
    ]);
  });

  test('control-tower: its trail, and AWS Config for every account', () => {
    expect(find('control-tower').requires.singleRegion).toBe(true);
    expect(statementsOf('control-tower')).toEqual([
      { principals: ['config.amazonaws.com'], actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditions: {} },
      {
        principals: ['cloudtrail.amazonaws.com'],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        conditions: {
          'ArnLike aws:SourceArn': [
            `arn:aws:cloudtrail:eu-west-1:${account}:trail/aws-controltower-BaselineCloudTrail`,
          ],
          'StringLike kms:EncryptionContext:aws:cloudtrail:arn': [`arn:aws:cloudtrail:*:${account}:trail/*`],
        },
      },
    ]);
  });

  test('delivery-logs: log deliveries of the account, in any region', () => {
    expect(statementsOf('delivery-logs')).toEqual([
      {
        principals: ['delivery.logs.amazonaws.com'],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'ArnLike aws:SourceArn': [`arn:aws:logs:*:${account}:*`],
        },
      },
    ]);
  });

  test('dnssec: hosted zones sign, and create grants for AWS resources', () => {
    const zones = {
      'StringEquals aws:SourceAccount': [account],
      'ArnLike aws:SourceArn': ['arn:aws:route53:::hostedzone/Z1'],
    };
    expect(statementsOf('dnssec', { hostedZones: ['Z1'] })).toEqual([
      {
        principals: ['dnssec-route53.amazonaws.com'],
        actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
        conditions: zones,
      },
      {
        principals: ['dnssec-route53.amazonaws.com'],
        actions: ['kms:CreateGrant'],
        conditions: { 'Bool kms:GrantIsForAWSResource': ['true'] },
      },
    ]);
  });

  test('ecs-fargate: clusters of the account make data keys, and grants for decryption', () => {
    const ofCluster = {
      'StringEquals kms:EncryptionContext:aws:ecs:clusterAccount': [account],
      'StringLike kms:EncryptionContext:aws:ecs:clusterName': ['shop'],
    };
    const principals = ['fargate.amazonaws.com'];
    expect(find('ecs-fargate').requires.singleRegion).toBe(true);
    expect(statementsOf('ecs-fargate', { clusters: ['shop'] })).toEqual([
      { principals, actions: ['kms:GenerateDataKeyWithoutPlaintext'], conditions: ofCluster },
      {
        principals,
        actions: ['kms:CreateGrant'],
        conditions: { ...ofCluster, 'ForAllValues:StringEquals kms:GrantOperations': ['Decrypt'] },
      },
    ]);
  });

  test('event-bus: the bus as source and as encryption context', () => {
    const orders = `arn:aws:events:eu-west-1:${account}:event-bus/orders`;
    expect(statementsOf('event-bus', { buses: ['orders'] })).toEqual([
      { principals: ['events.amazonaws.com'], actions: ['kms:DescribeKey'], conditions: {} },
      {
        principals: ['events.amazonaws.com'],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: {
          'ArnLike kms:EncryptionContext:aws:events:event-bus:arn': [orders],
          'ArnLike aws:SourceArn': [orders],
        },
      },
    ]);
  });

  test('event-archive: re-encrypts too, and has the encryption context of its bus only', () => {
    expect(statementsOf('event-archive')).toEqual([
      { principals: ['events.amazonaws.com'], actions: ['kms:DescribeKey'], conditions: {} },
      {
        principals: ['events.amazonaws.com'],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:ReEncrypt*'],
        conditions: {
          'ArnLike kms:EncryptionContext:aws:events:event-bus:arn': [`arn:aws:events:eu-west-1:${account}:event-bus/*`],
        },
      },
    ]);
  });

  test('event-bus-logs: EventBridge encrypts, log delivery decrypts', () => {
    const conditions = { 'StringLike kms:EncryptionContext:SourceArn': [`arn:aws:logs:eu-west-1:${account}:*`] };
    expect(statementsOf('event-bus-logs')).toEqual([
      { principals: ['events.amazonaws.com'], actions: ['kms:GenerateDataKey'], conditions },
      { principals: ['delivery.logs.amazonaws.com'], actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditions },
    ]);
  });

  describe('events', () => {
    const may = { principals: ['events.amazonaws.com'], actions: ['kms:Decrypt', 'kms:GenerateDataKey'] };
    const queues = (rule: string) => ({
      ...may,
      conditions: { 'ArnLike aws:SourceArn': [`arn:aws:events:eu-west-1:${account}:rule/${rule}`] },
    });
    const topics = (topic: string) => ({
      ...may,
      conditions: { 'ArnLike kms:EncryptionContext:aws:sns:topicArn': [`arn:aws:sns:eu-west-1:${account}:${topic}`] },
    });

    test('rules that send to queues, and any rule that publishes to topics of the account', () => {
      expect(statementsOf('events')).toEqual([queues('*'), topics('*')]);
      expect(statementsOf('events', { rules: ['shop/placed'], topics: ['alerts'] })).toEqual([
        queues('shop/placed'),
        topics('alerts'),
      ]);
    });

    test('rules, queues and topics that are named', () => {
      expect(statementsOf('events', { rules: ['nightly'] })).toEqual([queues('nightly')]);
      expect(statementsOf('events', { topics: ['alerts'] })).toEqual([topics('alerts')]);
    });
  });

  test('guardduty: detectors', () => {
    const elsewhere = 'arn:aws:guardduty:us-east-1:444455556666:detector/b';
    expect(statementsOf('guardduty', { detectors: ['a', elsewhere] })).toEqual([
      {
        principals: ['guardduty.amazonaws.com'],
        actions: ['kms:GenerateDataKey'],
        conditions: {
          'StringEquals aws:SourceAccount': [account, '444455556666'],
          'ArnLike aws:SourceArn': [`arn:aws:guardduty:eu-west-1:${account}:detector/a`, elsewhere],
        },
      },
    ]);
  });

  describe('identity-center', () => {
    const actions = ['kms:Decrypt', 'kms:ReEncryptTo', 'kms:ReEncryptFrom', 'kms:GenerateDataKeyWithoutPlaintext'];
    const statements = (instance: string, store: string) => [
      {
        principals: ['sso.amazonaws.com'],
        actions,
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'StringLike kms:EncryptionContext:aws:sso:instance-arn': [instance],
        },
      },
      {
        principals: ['identitystore.amazonaws.com'],
        actions,
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'StringLike kms:EncryptionContext:aws:identitystore:identitystore-arn': [store],
        },
      },
      {
        principals: ['sso.amazonaws.com', 'identitystore.amazonaws.com'],
        actions: ['kms:DescribeKey'],
        conditions: {},
      },
    ];

    test('each service with its context, on behalf of the account', () => {
      expect(statementsOf('identity-center')).toEqual(statements('*', '*'));
    });

    test('an instance has an ARN without an account, an identity store one without a region', () => {
      const options = { instances: ['ssoins-1234567890abcdef'], identityStores: ['d-1234567890'] };
      expect(statementsOf('identity-center', options)).toEqual(
        statements(
          'arn:aws:sso:::instance/ssoins-1234567890abcdef',
          `arn:aws:identitystore::${account}:identitystore/d-1234567890`,
        ),
      );
    });
  });

  test('inspector: its reports', () => {
    expect(statementsOf('inspector')).toEqual([
      {
        principals: ['inspector2.amazonaws.com'],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'ArnLike aws:SourceArn': [`arn:aws:inspector2:eu-west-1:${account}:report/*`],
        },
      },
    ]);
  });

  test("guardduty and macie: their host has the region where they work, not the key's", () => {
    const hosts = (name: string, options: object) => statementsOf(name, options)[0]?.principals;
    const detector = (region: string) => `arn:aws:guardduty:${region}:${account}:detector/a`;
    const bahrain = 'guardduty.me-south-1.amazonaws.com';
    expect(hosts('guardduty', { detectors: [detector('me-south-1')] })).toEqual([bahrain]);
    expect(hosts('guardduty', { detectors: ['b', detector('me-south-1'), detector('us-east-1')] })).toEqual([
      'guardduty.amazonaws.com',
      bahrain,
    ]);
    expect(hosts('macie', { regions: ['me-south-1', '*'] })).toEqual([
      'macie.me-south-1.amazonaws.com',
      'macie.amazonaws.com',
    ]);
    expect(hosts('guardduty', {})).toEqual(['guardduty.amazonaws.com']);
  });

  test('guardduty and macie: a key in an opt-in region is for the regions enabled by default too', () => {
    const hosts = (name: string, options: object) => statementsOf(name, options, placeIn('me-south-1'))[0]?.principals;
    const both = (service: string) => [`${service}.me-south-1.amazonaws.com`, `${service}.amazonaws.com`];
    expect(hosts('guardduty', {})).toEqual(both('guardduty'));
    expect(hosts('guardduty', { detectors: [`arn:aws:guardduty:*:${account}:detector/a`] })).toEqual(both('guardduty'));
    expect(hosts('guardduty', { detectors: ['a'] })).toEqual(['guardduty.me-south-1.amazonaws.com']);
    expect(hosts('macie', {})).toEqual(both('macie'));
  });

  test('lambda-packages: functions, named in the encryption context', () => {
    expect(statementsOf('lambda-packages', { functions: ['pay-*'] })).toEqual([
      {
        principals: ['lambda.amazonaws.com'],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: {
          'StringLike kms:EncryptionContext:aws:lambda:FunctionArn': [
            `arn:aws:lambda:eu-west-1:${account}:function:pay-*`,
          ],
        },
      },
    ]);
  });

  test('lambda-filters: event source mappings decrypt, under the host of the region', () => {
    const may = { principals: ['lambda.eu-west-1.amazonaws.com'], actions: ['kms:Decrypt'] };
    const mapping = (id: string) => ({
      'ArnLike aws:SourceArn': [`arn:aws:lambda:eu-west-1:${account}:event-source-mapping:${id}`],
    });
    expect(statementsOf('lambda-filters')).toEqual([{ ...may, conditions: mapping('*') }]);
    expect(statementsOf('lambda-filters', { mappings: ['m1'], functions: ['pay'] })).toEqual([
      {
        ...may,
        conditions: {
          ...mapping('m1'),
          'ArnLike kms:EncryptionContext:aws:lambda:FunctionArn': [`arn:aws:lambda:eu-west-1:${account}:function:pay`],
        },
      },
    ]);
  });

  test('logs: log groups, named in the encryption context', () => {
    expect(statementsOf('logs', { logGroups: ['/app/*'] })).toEqual([
      {
        principals: ['logs.eu-west-1.amazonaws.com'],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        conditions: {
          'ArnLike kms:EncryptionContext:aws:logs:arn': [`arn:aws:logs:eu-west-1:${account}:log-group:/app/*`],
        },
      },
    ]);
  });

  test('logs-query-results: the results as source, without the encryption context of a log group', () => {
    expect(statementsOf('logs-query-results')).toEqual([
      {
        principals: ['logs.eu-west-1.amazonaws.com'],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'ArnLike aws:SourceArn': [`arn:aws:logs:eu-west-1:${account}:query-result:*`],
        },
      },
    ]);
  });

  test('logs-anomaly-detectors: the detector as source, and as either encryption context', () => {
    const detector = `arn:aws:logs:eu-west-1:${account}:anomaly-detector:d1`;
    const principals = ['logs.eu-west-1.amazonaws.com'];
    const own = { 'StringEquals aws:SourceAccount': [account] };
    const from = { ...own, 'ArnLike aws:SourceArn': [detector] };
    expect(statementsOf('logs-anomaly-detectors', { detectors: ['d1'] })).toEqual([
      {
        principals,
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
        conditions: { ...from, 'ArnLike kms:EncryptionContext:aws:logs:arn': [detector] },
      },
      {
        principals,
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        conditions: { ...from, 'ArnLike kms:EncryptionContext:aws-crypto-ec:aws:logs:arn': [detector] },
      },
      { principals, actions: ['kms:DescribeKey'], conditions: own },
    ]);
  });

  test('macie: its export configuration and its jobs', () => {
    expect(statementsOf('macie', { regions: ['us-east-1'] })).toEqual([
      {
        principals: ['macie.amazonaws.com'],
        actions: ['kms:GenerateDataKey', 'kms:Encrypt'],
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'ArnLike aws:SourceArn': [
            `arn:aws:macie2:us-east-1:${account}:export-configuration:*`,
            `arn:aws:macie2:us-east-1:${account}:classification-job/*`,
          ],
        },
      },
    ]);
  });

  test('s3: topics and queues of the account, from any bucket or from the named ones', () => {
    const toTopics = { 'ArnLike kms:EncryptionContext:aws:sns:topicArn': [`arn:aws:sns:eu-west-1:${account}:*`] };
    const toQueues = { 'ArnLike kms:EncryptionContext:aws:sqs:arn': [`arn:aws:sqs:eu-west-1:${account}:*`] };
    const may = { principals: ['s3.amazonaws.com'], actions: ['kms:GenerateDataKey', 'kms:Decrypt'] };
    expect(statementsOf('s3')).toEqual([
      { ...may, conditions: toTopics },
      { ...may, conditions: toQueues },
    ]);
    const named = { 'ArnLike aws:SourceArn': ['arn:aws:s3:::orders'] };
    expect(statementsOf('s3', { buckets: ['orders'] })).toEqual([
      { ...may, conditions: { ...named, ...toTopics } },
      { ...may, conditions: { ...named, ...toQueues } },
    ]);
  });

  test('s3-inventory: buckets, whose ARN has no account', () => {
    const conditions = {
      'StringEquals aws:SourceAccount': [account],
      'ArnLike aws:SourceArn': ['arn:aws:s3:::orders'],
    };
    expect(statementsOf('s3-inventory', { buckets: ['orders'] })).toEqual([
      { principals: ['s3.amazonaws.com'], actions: ['kms:GenerateDataKey'], conditions },
    ]);
  });

  test('s3-tables and s3-metadata: tables, named in the encryption context of S3', () => {
    const may = (host: string) => [
      {
        principals: [host],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: {
          'StringLike kms:EncryptionContext:aws:s3:arn': [`arn:aws:s3tables:eu-west-1:${account}:bucket/sales/*`],
        },
      },
    ];
    const options = { tableBuckets: ['sales'] };
    expect(statementsOf('s3-tables', options)).toEqual(may('maintenance.s3tables.amazonaws.com'));
    expect(statementsOf('s3-metadata', options)).toEqual(may('metadata.s3.amazonaws.com'));
  });

  test('ses: the rules of receipt rule sets', () => {
    expect(statementsOf('ses', { ruleSets: ['support'] })).toEqual([
      {
        principals: ['ses.amazonaws.com'],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        conditions: {
          'StringEquals aws:SourceAccount': [account],
          'ArnLike aws:SourceArn': [`arn:aws:ses:eu-west-1:${account}:receipt-rule-set/support:receipt-rule/*`],
        },
      },
    ]);
  });

  test('storage-lens: dashboards of any home region, or the named ones of any account', () => {
    const statements = (accounts: readonly string[], dashboards: readonly string[]) => [
      {
        principals: ['storage-lens.s3.amazonaws.com'],
        actions: ['kms:GenerateDataKey'],
        conditions: { 'StringEquals aws:SourceAccount': accounts, 'ArnLike aws:SourceArn': dashboards },
      },
    ];
    expect(statementsOf('storage-lens')).toEqual(statements([account], [`arn:aws:s3:*:${account}:storage-lens/*`]));
    const elsewhere = 'arn:aws:s3:us-east-1:444455556666:storage-lens/all';
    expect(statementsOf('storage-lens', { dashboards: ['ours', elsewhere] })).toEqual(
      statements([account, '444455556666'], [`arn:aws:s3:eu-west-1:${account}:storage-lens/ours`, elsewhere]),
    );
  });

  test('storage-lens-tables: on behalf of the account', () => {
    expect(statementsOf('storage-lens-tables')).toEqual([
      {
        principals: ['systemtables.s3.amazonaws.com'],
        actions: ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: { 'StringEquals aws:SourceAccount': [account] },
      },
    ]);
  });

  test('sns: topics', () => {
    expect(statementsOf('sns')).toEqual([
      {
        principals: ['sns.amazonaws.com'],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        conditions: { 'ArnLike aws:SourceArn': [`arn:aws:sns:eu-west-1:${account}:*`] },
      },
    ]);
  });

  test('sns: between two regions, an opt-in region has its own host too', () => {
    const hosts = (topicsIn: readonly string[], region: string) => {
      const topics = topicsIn.map((other) => `arn:aws:sns:${other}:${account}:alerts`);
      return statementsOf('sns', { topics }, placeIn(region))[0]?.principals;
    };
    expect(hosts(['eu-west-1', 'us-east-1'], 'eu-west-1')).toEqual(['sns.amazonaws.com']);
    expect(hosts(['me-south-1'], 'me-south-1')).toEqual(['sns.amazonaws.com']);
    expect(hosts(['eu-west-1', 'me-south-1'], 'eu-west-1')).toEqual([
      'sns.amazonaws.com',
      'sns.me-south-1.amazonaws.com',
    ]);
    expect(hosts(['eu-west-1'], 'me-south-1')).toEqual(['sns.amazonaws.com', 'sns.me-south-1.amazonaws.com']);
  });
});

test('topic-publishers admits the named services, for topics of the account', () => {
  const options = { publishers: ['rds', 'incident-manager'], topics: ['alerts'] };
  expect(statementsOf('topic-publishers', options)).toEqual([
    {
      principals: ['events.rds.amazonaws.com', 'ssm-incidents.amazonaws.com', 'ssm-contacts.amazonaws.com'],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      conditions: { 'ArnLike kms:EncryptionContext:aws:sns:topicArn': [`arn:aws:sns:eu-west-1:${account}:alerts`] },
    },
  ]);
  expect(statementsOf('topic-publishers')[0]?.principals).toHaveLength(14);
  expect(find('topic-publishers').options.safeParse({ publishers: ['s3'] }).success).toBe(false);
});

describe('the place of the key', () => {
  test('in China leads to ARNs of its partition, and to a Chinese host only for CloudWatch Logs', () => {
    const china = placeIn('cn-north-1');
    for (const { name } of servicePresets.filter((preset) => preset.name !== 'dnssec')) {
      const said = JSON.stringify(statementsOf(name, {}, china));
      expect(said, name).not.toContain('arn:aws:');
      expect(said.includes('.amazonaws.com.cn'), name).toBe(/^logs/.test(name));
    }
    expect(statementsOf('logs', {}, china)[0]?.principals).toEqual(['logs.cn-north-1.amazonaws.com.cn']);
  });

  test('in an opt-in region adds the region to the hosts of GuardDuty, Inspector and Macie', () => {
    const bahrain = placeIn('me-south-1');
    expect(statementsOf('inspector', {}, bahrain)[0]?.principals).toEqual(['inspector2.me-south-1.amazonaws.com']);
    const inBahrain = (name: string, options: object) => statementsOf(name, options, bahrain)[0]?.principals;
    expect(inBahrain('guardduty', { detectors: ['a'] })).toEqual(['guardduty.me-south-1.amazonaws.com']);
    expect(inBahrain('macie', { regions: ['me-south-1'] })).toEqual(['macie.me-south-1.amazonaws.com']);
  });
});

describe('options of a preset', () => {
  test.each([
    ['dnssec', { hostedZones: ['/hostedzone/Z111'] }],
    ['cloudfront', { distributions: ['distribution/E1'] }],
    ['guardduty', { detectors: ['detector:abc'] }],
    ['identity-center', { instances: ['instance/ssoins-1'] }],
    ['logs', { logGroups: ['/app/orders:*'] }],
    ['s3', { buckets: ['s3://orders'] }],
  ])('of %s cannot be %j', (name, options) => expect(find(name).options.safeParse(options).success).toBe(false));

  test.each([
    ['dnssec', { hostedZones: ['Z111', '*', '${values.zone}'] }],
    ['logs', { logGroups: ['/app/*', '/aws/lambda/${app}'] }],
    ['s3', { buckets: ['orders', 'arn:aws:s3:::orders'] }],
  ])('of %s can be %j', (name, options) => expect(find(name).options.safeParse(options).success).toBe(true));
});
