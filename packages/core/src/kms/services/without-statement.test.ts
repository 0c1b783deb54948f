import { describe, expect, test } from 'vitest';
import { viaServiceNames } from '../via-service.ts';
import { servicePresets } from './presets.ts';
import { grantForCaller, serviceMeantBy, servicesWithoutStatement } from './without-statement.ts';

const names = servicesWithoutStatement.map(({ name }) => name);

test('services without a statement stand in alphabetical order, each once, and have no preset', () => {
  expect(names).toEqual([...new Set(names)].sort());
  expect(names.filter((name) => servicePresets.some((preset) => preset.name === name))).toEqual([]);
});

test('kms:ViaService knows each', () => {
  expect(names.filter((name) => !viaServiceNames.includes(name))).toEqual([]);
});

test('no word means two services', () => {
  const words = servicesWithoutStatement.flatMap((service) => [service.name, ...service.words]);
  expect(words).toEqual([...new Set(words)]);
  for (const service of servicesWithoutStatement) {
    for (const word of service.words) expect(serviceMeantBy(word), word).toBe(service.name);
  }
});

test('the grant is what stands under a key', () => {
  const rds = servicesWithoutStatement.find(({ name }) => name === 'rds');
  expect(rds && grantForCaller(rds, 'deployer')).toBe(
    'grants: [{ to: deployer, can: [describe, "kms:CreateGrant"], via: rds }]',
  );
});

describe('what is meant by', () => {
  test.each([
    ['rds.amazonaws.com', 'rds'],
    ['RDS', 'rds'],
    ['Amazon RDS', 'rds'],
    ['ebs', 'ec2'],
    ['aws-secrets-manager', 'secretsmanager'],
    ['Parameter_Store', 'ssm'],
    ['cloudwatch-logs', 'logs'],
    ['CloudWatch Logs', 'logs'],
    ['logs.eu-west-1.amazonaws.com', 'logs'],
    ['logs.cn-north-1.amazonaws.com.cn', 'logs'],
    ['delivery.logs.amazonaws.com', 'delivery-logs'],
    ['AWS CloudTrail', 'cloudtrail'],
    ['Quantum Ledger', 'quantumledger'],
  ])('%s', (word, meant) => {
    expect(serviceMeantBy(word)).toBe(meant);
  });
});
