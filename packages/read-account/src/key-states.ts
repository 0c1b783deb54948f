import type { KeyMetadata } from './key-calls.ts';

/** Whether a key is pending deletion, or waits for its last replica before that. Source: AWS KMS Developer Guide, "Key states". */
export function isLeaving({ state }: Pick<KeyMetadata, 'state'>): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}

/**
 * Whether KMS can rotate a key: it can rotate symmetric keys whose key material it generated, except replicas, which rotate with their
 * primary. Source: API Reference, EnableKeyRotation.
 */
export function rotates({ spec, origin, primaryArn }: Pick<KeyMetadata, 'spec' | 'origin' | 'primaryArn'>): boolean {
  return spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS' && primaryArn === undefined;
}
