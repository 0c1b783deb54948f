import { describe, expect, it } from 'vitest';
import type { KeyFacts } from './clients.ts';
import { entryOfId, entryOfKey } from './entry.ts';
import { here, query } from './fake-clients.test-support.ts';

const facts: KeyFacts = {
  keyId: 'mrk-1',
  arn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1',
  spec: 'RSA_2048',
  usage: 'SIGN_VERIFY',
  manager: 'CUSTOMER',
  multiRegion: true,
  state: 'Enabled',
};

describe('the entry of a key', () => {
  it('has the facts that KMS returns about the key, and no time stamp', () => {
    const { account, region } = here;
    const { state: _, ...kept } = facts;
    expect(entryOfKey(query('alias/a'), facts)).toEqual({ account, region, alias: 'alias/a', ...kept });
  });

  it.each(['Disabled', 'PendingImport', 'Unavailable', 'Creating', 'Updating'])(
    'is recorded in state %s, which can end',
    (state) => {
      expect(entryOfKey(query('alias/a'), { ...facts, state })).toHaveProperty('keyId', 'mrk-1');
    },
  );

  it.each(['PendingDeletion', 'PendingReplicaDeletion'])('is not recorded in state %s', (state) => {
    expect(entryOfKey(query('alias/a'), { ...facts, state })).toMatchObject({
      code: 'KW5122',
      severity: 'error',
      message:
        '`alias/a` in account 111122223333, eu-west-1 points to arn:aws:kms:eu-west-1:111122223333:key/mrk-1, which is pending deletion',
      span: query('alias/a').span,
    });
  });

  it.each([
    ['ML_DSA_1024', 'SIGN_VERIFY'],
    ['RSA_2048', 'KEY_AGREEMENT'],
    ['RSA_2048', 'WRAP'],
  ])('is not recorded for the unknown kind of key %s × %s', (spec, usage) => {
    expect(entryOfKey(query('alias/a'), { ...facts, spec, usage })).toMatchObject({
      code: 'KW5123',
      message: `the key of \`alias/a\` has spec ${spec} and usage ${usage}, which this version of Keywright does not know`,
    });
  });
});

describe('the entry of a key id', () => {
  it.each([
    ['alias/a', '1', { manager: 'CUSTOMER', multiRegion: false }],
    ['alias/aws/s3', '1', { manager: 'AWS', multiRegion: false }],
    ['alias/a', 'mrk-1', { manager: 'CUSTOMER', multiRegion: true }],
  ])('has what the alias %s and the id %s imply', (alias, keyId, expected) => {
    expect(entryOfId({ ...here, alias }, keyId)).toMatchObject({ spec: 'SYMMETRIC_DEFAULT', keyId, ...expected });
  });
});
