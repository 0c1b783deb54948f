import type { Located } from './located.ts';
import type { Project } from './project.ts';

/**
 * The ids of the project's own accounts: those under `accounts`, with or without regions, and under `environments`. `isDeclaredBy` selects
 * declarations.
 */
export function declaredAccounts(
  { accounts, environments }: Project,
  isDeclaredBy: (declaration: Located<unknown>) => boolean = () => true,
): ReadonlySet<string> {
  return new Set([
    ...[...environments.values()].filter(isDeclaredBy).map(({ value }) => value.account),
    ...[...accounts.values()].filter(isDeclaredBy).map(({ value }) => value.id),
  ]);
}
