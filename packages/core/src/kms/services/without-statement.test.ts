import { expect, test } from 'vitest';
import { viaServiceNames } from '../via-service.ts';
import { servicePresets } from './presets.ts';
import { grantForCaller, servicesWithoutStatement } from './without-statement.ts';

const names = servicesWithoutStatement.map(({ name }) => name);

test('services without a statement are in alphabetical order, without duplicates, and have no preset', () => {
  expect(names).toEqual([...new Set(names)].sort());
  expect(names.filter((name) => servicePresets.some((preset) => preset.name === name))).toEqual([]);
});

test('kms:ViaService supports each service that acts for its caller', () => {
  const asCaller = servicesWithoutStatement.filter(({ asRole }) => !asRole);
  expect(asCaller.filter(({ name, via = name }) => !viaServiceNames.includes(via))).toEqual([]);
});

test('the suggested grant is limited to the service, unless the service uses the key through a role', () => {
  const rds = servicesWithoutStatement.find(({ name }) => name === 'rds');
  expect(rds && grantForCaller(rds, 'deployer')).toBe(
    'grants: [{ to: deployer, can: [describe, "kms:CreateGrant"], via: rds }]',
  );
  const build = servicesWithoutStatement.find(({ name }) => name === 'codebuild');
  expect(build && grantForCaller(build, 'deployer')).toBe(
    'grants: [{ to: deployer, can: [encryptDecrypt, describe] }]',
  );
});
