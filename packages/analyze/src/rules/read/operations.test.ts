import { kmsActions } from '@keywright/core/kms/actions';
import { expect, test } from 'vitest';
import { operationsOf } from './operations.ts';

test('an action pattern expands to the operations that it matches', () => {
  expect(operationsOf('kms:*')).toHaveLength(kmsActions.length);
  expect(operationsOf('*')).toHaveLength(kmsActions.length);
  expect(operationsOf('KMS:reencrypt*')).toEqual(['ReEncryptFrom', 'ReEncryptTo']);
  expect(operationsOf('kms:Nothing')).toEqual([]);
  expect(operationsOf('s3:*')).toEqual([]);
});
