/** Compares the names of aliases in accounts that are like each other, once the names are known. */

import { groupBy } from '../collections/group-by.ts';
import type { LikeStacks } from '../emit/stack-programs.ts';
import { givenName } from '../ir/given-name.ts';
import type { Alias, Stack } from '../ir/program.ts';
import { withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { isLike } from '../language/like.ts';
import { hasEnvironment } from './own-environments.ts';

/**
 * Whether the names of aliases lead to the same decisions in accounts that are like each other, although some of these names contain the
 * name of the environment. In each account, the same names have to be equal, the other names have to sort in the same order, and the same
 * names have to match the patterns of requirements. No name may be reserved for AWS or be the name of an alias in another account.
 * `stacks`: all stacks of the program.
 */
export function aliasesAreAlike(
  stacks: readonly Stack[],
  likeStacks: LikeStacks,
  requiredPatterns: readonly string[],
): boolean {
  const alike = new Set([...likeStacks.keys(), ...likeStacks.values()]);
  if (![...likeStacks.values()].some((stack) => aliasesOf(stack).some(hasOwnName))) return true;
  const isMet = (name: string) =>
    requiredPatterns.map((pattern) => isLike(withoutAliasPrefix(name), withoutAliasPrefix(pattern)));
  const orders = new Map<string | undefined, readonly (readonly [number, number, number])[]>();
  for (const pairs of groupBy(likeStacks, ([{ environment }]) => environment.account).values()) {
    const names = pairs.flatMap(([stack]) => aliasNamesOf(stack));
    const firstNames = pairs.flatMap(([, first]) => aliasNamesOf(first));
    const [[, { environment: first }]] = pairs;
    const order = orders.get(first.account) ?? orderOf(firstNames);
    orders.set(first.account, order);
    const isSame =
      order.every(([one, next, sign]) => compared(names[one], names[next]) === sign) &&
      names.every((name, index) => `${isMet(name)}` === `${isMet(firstNames[index] ?? '')}`) &&
      !names.some((name) => name.startsWith('alias/aws/'));
    if (!isSame) return false;
  }
  return ownNamesAreOfOneAccount(stacks, alike);
}

function ownNamesAreOfOneAccount(stacks: readonly Stack[], alike: ReadonlySet<Stack>): boolean {
  const accounts = new Map<string, string | undefined>();
  for (const stack of alike) {
    const { account } = stack.environment;
    for (const { aliasName } of aliasesOf(stack).filter(hasOwnName)) {
      if ((accounts.get(aliasName) ?? account) !== account) return false;
      accounts.set(aliasName, account);
    }
  }
  return stacks.every((stack) => {
    const { account } = stack.environment;
    // In all other stacks, the aliases that policies name are compared too.
    const names = alike.has(stack)
      ? aliasNamesOf(stack)
      : [...JSON.stringify(stack.resources).matchAll(/"(alias\/[^"]*)"/g)].map(([, name = '']) => name);
    return names.every((name) => (accounts.get(name) ?? account) === account);
  });
}

/** For each pair of neighbours in the sorted list of names, their indexes in `names` and how the two names compare (-1 or 0). */
function orderOf(names: readonly string[]): readonly (readonly [number, number, number])[] {
  const sorted = names.map((_, index) => index).sort((one, other) => compared(names[one], names[other]));
  return sorted.slice(1).map((next, index) => {
    const one = sorted[index] ?? 0;
    return [one, next, compared(names[one], names[next])];
  });
}

function compared(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function aliasesOf({ resources }: Stack): readonly Alias[] {
  return resources.filter((resource) => resource.kind === 'alias');
}

function aliasNamesOf(stack: Stack): readonly string[] {
  return aliasesOf(stack).map(({ aliasName }) => aliasName);
}

/** Whether the name of an alias contains the name of an environment. */
export function hasOwnName(alias: Alias): boolean {
  const name = givenName(alias);
  return name !== undefined && hasEnvironment(name);
}
