/** What statements allow, as the operations that KMS has, and what the operations are good for. */
import { kmsActions } from '@keywright/core/kms/actions';
import { type KeyUsage, usagesOfSpec } from '@keywright/core/kms/key-specs';
import { covers } from '@keywright/core/policy/trust';
import { usageFor } from '../../facts/actions.ts';
import type { PolicyStatement } from '../../picture.ts';

const operations: readonly string[] = kmsActions.map((action) => action.slice('kms:'.length));

/** `Decrypt` and the others that a pattern of actions (`kms:De*`) stands for. None for a pattern that KMS has no action for. */
export function operationsOf(pattern: string): readonly string[] {
  const known = byPattern.get(pattern);
  if (known !== undefined) return known;
  const all = /^(kms:)?\*+$/i.test(pattern);
  const found = all ? operations : operations.filter((operation) => covers(pattern, `kms:${operation}`));
  // Policies are made of few patterns; one with made-up ones does not fill the memory.
  if (byPattern.size < 10_000) byPattern.set(pattern, found);
  return found;
}

const byPattern = new Map<string, readonly string[]>();

/** The operations that a statement is about. */
export function operationsIn(statement: PolicyStatement): ReadonlySet<string> {
  const known = byStatement.get(statement);
  if (known !== undefined) return known;
  const { actions, notActions } = statement;
  const patterns = actions ?? notActions ?? [];
  const text = `${actions === undefined ? 'not ' : ''}${patterns.join(' ')}`;
  const found =
    byPatterns.get(text) ?? new Set(actions === undefined ? allBut(patterns) : patterns.flatMap(operationsOf));
  if (byPatterns.size < 10_000) byPatterns.set(text, found);
  byStatement.set(statement, found);
  return found;
}

function allBut(patterns: readonly string[]): readonly string[] {
  const named = new Set(patterns.flatMap(operationsOf));
  return operations.filter((operation) => !named.has(operation));
}

/** Most rules ask this of each statement, and many statements are about the same. */
const byStatement = new WeakMap<PolicyStatement, ReadonlySet<string>>();
const byPatterns = new Map<string, ReadonlySet<string>>();

/** Whether a statement allows or denies everything that there is. */
export function isAboutEverything(statement: PolicyStatement): boolean {
  return operationsIn(statement).size === operations.length;
}

/**
 * What makes someone an administrator of a key: who can do one of these can take it away from others, or give it to them.
 * Source: AWS KMS Developer Guide, "Allows key administrators to administer the KMS key".
 */
export const administering: readonly string[] = ['PutKeyPolicy', 'ScheduleKeyDeletion', 'DisableKey'];

/**
 * What makes someone a user of a key: what needs its secret part. Verifying does not. Source: AWS KMS Developer Guide, "Allows
 * key users to use the KMS key".
 */
export const using: readonly string[] = [
  'Decrypt',
  'DeriveSharedSecret',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
];

/** What of that a key of this usage can do. */
export function usesOf(usage: KeyUsage | undefined): readonly string[] {
  return usage === undefined ? using : (byUsage[usage] ?? []);
}

const byUsage: Readonly<Partial<Record<KeyUsage, readonly string[]>>> = Object.fromEntries(
  [...new Set(Object.values(usagesOfSpec).flat())].map((usage) => [
    usage,
    using.filter((operation) => usageFor(operation) === usage),
  ]),
);

export function hasAny(operations: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((operation) => operations.has(operation));
}
