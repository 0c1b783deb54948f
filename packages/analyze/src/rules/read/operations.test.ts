import { kmsActions } from '@keywright/core/kms/actions';
import { expect, test } from 'vitest';
import { operationsOf } from './operations.ts';

test('patterns of actions stand for what they match', () => {
  expect(operationsOf('kms:*')).toHaveLength(kmsActions.length);
  expect(operationsOf('*')).toHaveLength(kmsActions.length);
  expect(operationsOf('KMS:reencrypt*')).toEqual(['ReEncryptFrom', 'ReEncryptTo']);
  expect(operationsOf('kms:Nothing')).toEqual([]);
  expect(operationsOf('s3:*')).toEqual([]);
});
