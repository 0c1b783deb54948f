import { describe, expect, test } from 'vitest';
import { viaServiceNames } from '../via-service.ts';
import { servicesCalled, servicesLike, viaServiceCalled } from './called.ts';
import { servicePresets } from './presets.ts';
import { servicesWithoutStatement } from './without-statement.ts';

test('a preset, or a service without a statement, is found by each of its words', () => {
  for (const { name, words = [] } of [...servicePresets, ...servicesWithoutStatement]) {
    for (const word of [name, ...words]) expect(servicesCalled(word), word).toContain(name);
  }
});

test('only presets share a word, so a grant is never suggested in place of a preset', () => {
  for (const { name, words } of servicesWithoutStatement) {
    for (const word of [name, ...words]) expect(servicesCalled(word), word).toEqual([name]);
  }
});

test('the name of a preset finds that preset alone', () => {
  for (const { name } of servicePresets) expect(servicesCalled(name)).toEqual([name]);
});

describe('a service by another name', () => {
  test.each([
    ['rds.amazonaws.com', 'rds'],
    ['RDS', 'rds'],
    ['Amazon RDS', 'rds'],
    ['ebs', 'ec2'],
    ['aws-secrets-manager', 'secretsmanager'],
    ['Parameter_Store', 'ssm'],
    ['cloudwatch-logs', 'logs'],
    ['CloudWatch Logs', 'logs'],
    ['log-groups', 'logs'],
    ['logs.eu-west-1.amazonaws.com', 'logs'],
    ['logs.cn-north-1.amazonaws.com.cn', 'logs'],
    ['delivery.logs.amazonaws.com', 'delivery-logs'],
    ['VPC flow logs', 'delivery-logs'],
    ['AWS CloudTrail', 'cloudtrail'],
    ['CloudTrail Lake', 'cloudtrail-lake'],
    ['s3tables', 's3-tables'],
    ['S3 Tables', 's3-tables'],
    ['maintenance.s3tables.amazonaws.com', 's3-tables'],
    ['metadata.s3.amazonaws.com', 's3-metadata'],
    ['s3_event_notifications', 's3'],
    ['cloudwatch-events', 'events'],
    ['event-buses', 'event-bus'],
    ['eventbus', 'event-bus'],
    ['EventBridge archive', 'event-archive'],
    ['sso', 'identity-center'],
    ['sso.amazonaws.com', 'identity-center'],
    ['identitystore', 'identity-center'],
    ['IAM Identity Center', 'identity-center'],
    ['fargate', 'ecs-fargate'],
    ['ecs', 'ecs-fargate'],
    ['AWS Fargate', 'ecs-fargate'],
    ['bedrock', 'bedrock-agents'],
    ['inspector2', 'inspector'],
    ['inspector2.me-south-1.amazonaws.com', 'inspector'],
    ['macie2', 'macie'],
    ['controltower', 'control-tower'],
    ['Route53', 'dnssec'],
    ['cloudwatch-alarms', 'cloudwatch'],
    ['logs-insights', 'logs-query-results'],
    ['lambda-zip', 'lambda-packages'],
    ['backup', 'backup'],
    ['ami', 'ec2'],
  ])('%s is found as %s', (word, meant) => {
    expect(servicesCalled(word)).toEqual([meant]);
  });

  test('that is the name of a product is found as all presets of the product', () => {
    const eventBridge = ['event-archive', 'event-bus', 'event-bus-logs', 'events'];
    for (const word of ['eventbridge', 'Amazon EventBridge', 'event-bridge']) {
      expect(servicesCalled(word), word).toEqual(eventBridge);
    }
    expect(servicesLike('eventbrige')).toEqual(eventBridge);
  });

  test('is not found if no service has that name', () => {
    for (const word of ['Quantum Ledger', 'eks', '']) expect(servicesCalled(word), word).toEqual([]);
  });
});

describe('a misspelt service', () => {
  test.each([
    ['cloudtrial', 'cloudtrail'],
    ['fargat', 'ecs-fargate'],
    ['identity-centre', 'identity-center'],
    ['identitystor', 'identity-center'],
    ['s3tabels', 's3-tables'],
    ['dynamobd', 'dynamodb'],
    ['secretmanger', 'secretsmanager'],
    ['storagelense', 'storage-lens'],
    ['clouwatch-logs', 'logs'],
  ])('%s is recognised as %s', (word, meant) => {
    expect(servicesLike(word)).toEqual([meant]);
  });

  test('with a short or unknown name leads to no suggestion', () => {
    for (const word of ['eks', 'emr', 'sdb', '']) expect(servicesLike(word), word).toEqual([]);
    expect(servicesLike('quantumledger')).toEqual([]);
  });
});

test('every valid name in kms:ViaService is left as it is', () => {
  for (const name of viaServiceNames) expect(viaServiceCalled(name)).toBe(name);
});

describe('the name in kms:ViaService', () => {
  test.each([
    ['efs', 'elasticfilesystem'],
    ['ebs', 'ec2'],
    ['msk', 'kafka'],
    ['opensearch', 'es'],
    ['aurora', 'rds'],
    ['documentdb', 'rds'],
    ['parameter-store', 'ssm'],
    ['cloudwatch-logs', 'logs'],
    ['eventbridge', 'events'],
    ['keyspaces', 'cassandra'],
    ['kinesis-video', 'kinesisvideo'],
    ['s3-fips', 's3'],
    ['secretmanager', 'secretsmanager'],
    ['dynamo', 'dynamodb'],
    ['s33', 's3'],
    ['sq', 'sqs'],
  ])('of %s is %s', (word, name) => expect(viaServiceCalled(word)).toBe(name));

  test.each(['eks', 'emr', 'codebuild', 'transfer', 'constructor'])('of %s is unknown', (word) =>
    expect(viaServiceCalled(word)).toBeUndefined(),
  );
});

test('a product name that starts with the name of a service is not corrected to that service', () => {
  expect(servicesLike('kinesis-video')).toEqual([]);
  expect(servicesLike('redshift-serverless')).toEqual([]);
});
