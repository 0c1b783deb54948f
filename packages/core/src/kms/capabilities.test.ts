import { describe, expect, test } from 'vitest';
import { kmsActions } from './actions.ts';
import { actionsOf } from './capabilities.ts';
import type { KeyTraits } from './key-specs.ts';

const symmetric: KeyTraits = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
};

describe('administer', () => {
  test.each([
    ['a symmetric encryption key', {}, true],
    ['a key with imported material', { origin: 'EXTERNAL' }, true],
    ['a key in a CloudHSM cluster', { origin: 'AWS_CLOUDHSM' }, false],
    ['a key in an external key store', { origin: 'EXTERNAL_KEY_STORE' }, false],
    ['an HMAC key', { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }, false],
    ['an asymmetric key', { spec: 'RSA_2048' }, false],
  ] as const)('rotates %s on demand only if KMS does', (_, traits, possible) => {
    const actions = actionsOf('administer', { ...symmetric, ...traits });
    expect(actions.includes('kms:RotateKeyOnDemand')).toBe(possible);
  });

  test('includes reading everything about a key', () => {
    const patterns = actionsOf('administer', symmetric);
    const allowed = (action: string) =>
      patterns.some((pattern) =>
        pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern,
      );
    const reads = kmsActions.filter((action) => /^kms:(Describe|Get|List)/.test(action));
    expect(reads).toContain('kms:ListKeyRotations');
    expect(reads.filter((action) => !allowed(action))).toEqual([]);
  });
});
