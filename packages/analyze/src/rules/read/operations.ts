/** Translates the actions of statements into KMS operations. */
import { covers } from '@keywright/core/policy/trust';
import { operations } from '../../facts/actions.ts';
import type { PolicyStatement } from '../../picture.ts';

/** The operations, such as `Decrypt`, that an action pattern (`kms:De*`) matches; none if KMS has no such action. */
export function operationsOf(pattern: string): readonly string[] {
  const cached = byPattern.get(pattern);
  if (cached !== undefined) return cached;
  const isEverything = /^(kms:)?\*+$/i.test(pattern);
  const matching = isEverything ? operations : operations.filter((operation) => covers(pattern, `kms:${operation}`));
  // Policies use few patterns. The size of the cache is limited, so that a hostile policy cannot fill the memory.
  if (byPattern.size < 10_000) byPattern.set(pattern, matching);
  return matching;
}

const byPattern = new Map<string, readonly string[]>();

export function operationsIn(statement: PolicyStatement): ReadonlySet<string> {
  const { actions, notActions } = statement;
  const patterns = actions ?? notActions ?? [];
  const text = `${actions === undefined ? 'not ' : ''}${patterns.join(' ')}`;
  const cached = byPatterns.get(text);
  if (cached !== undefined) return cached;
  const matching = new Set(actions === undefined ? allBut(patterns) : patterns.flatMap(operationsOf));
  if (byPatterns.size < 10_000) byPatterns.set(text, matching);
  return matching;
}

function allBut(patterns: readonly string[]): readonly string[] {
  const excluded = new Set(patterns.flatMap(operationsOf));
  return operations.filter((operation) => !excluded.has(operation));
}

/** Cached: most rules need the operations of each statement, and many statements are alike. */
const byPatterns = new Map<string, ReadonlySet<string>>();

/** Whether a statement allows or denies every operation. */
export function isAboutEverything(statement: PolicyStatement): boolean {
  return operationsIn(statement).size === operations.length;
}

export function hasAny(operations: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((operation) => operations.has(operation));
}
