import type { Located } from './located.ts';
import type { Project } from './project.ts';

/** The ids under `accounts` and `environments`, with or without regions: the project's own accounts. `isDeclaredBy` limits them to some declarations. */
export function declaredAccounts(
  { accounts, environments }: Project,
  isDeclaredBy: (declaration: Located<unknown>) => boolean = () => true,
): ReadonlySet<string> {
  return new Set([
    ...[...environments.values()].filter(isDeclaredBy).map(({ value }) => value.account),
    ...[...accounts.values()].filter(isDeclaredBy).map(({ value }) => value.id),
  ]);
}
