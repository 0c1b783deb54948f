import type { KeyMetadata } from './key-record.ts';

/** Whether a key is pending deletion, or will be once its last replica is deleted. Source: AWS KMS Developer Guide, "Key states". */
export function isLeaving({ state }: Pick<KeyMetadata, 'state'>): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}

/**
 * Whether KMS can rotate a key. It can rotate symmetric encryption keys whose key material it generated. A replica rotates with its
 * primary. Source: API Reference, EnableKeyRotation.
 */
export function rotates({ spec, origin, primaryArn }: Pick<KeyMetadata, 'spec' | 'origin' | 'primaryArn'>): boolean {
  return spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS' && primaryArn === undefined;
}
