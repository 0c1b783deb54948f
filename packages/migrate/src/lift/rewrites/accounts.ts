import { groupBy } from '@keywright/core/collections/group-by';
import type { Program } from '@keywright/core/ir/program';
import type { AccountDefinition, EnvironmentDefinition } from '@keywright/core/language/environment';
import { type Draft, mapStacks } from '../draft/draft.ts';
import { printYaml } from '../draft/print-yaml.ts';
import { oneOrMany } from '../raw/text.ts';
import { changeIfEquivalent, type Sense } from './keep.ts';

interface Account {
  readonly name: string;
  readonly environments: readonly string[];
  readonly definition: AccountDefinition;
}

/** Writes environments that are named after an account and their region as `accounts`, if that is shorter. */
export function useAccounts(draft: Draft, _: Program, sense: Sense): Draft {
  const accounts = accountsIn(draft.environments ?? {});
  if (accounts.length === 0) return draft;
  const next = changeIfEquivalent(draft, (changed) => replace(changed, accounts), sense);
  return printYaml(next).length < printYaml(draft).length ? next : draft;
}

/** Returns the accounts of the environments; none if any environment cannot be written as part of an account. */
function accountsIn(environments: Readonly<Record<string, EnvironmentDefinition>>): readonly Account[] {
  const all = Object.entries(environments).map(([name, { account, region, ...about }]) => ({
    name,
    account,
    region,
    about,
    accountName: name.endsWith(`-${region}`) ? name.slice(0, -region.length - 1) : undefined,
  }));
  const groups = [...groupBy(all, ({ accountName, account }) => JSON.stringify([accountName, account])).values()];
  const accounts = groups.flatMap((group): Account[] => {
    const [{ accountName: name, account: id, about }] = group;
    const isOne = group.every((one) => JSON.stringify(one.about) === JSON.stringify(about));
    if (name === undefined || name.length > longestName || !isOne) return [];
    const definition: AccountDefinition = { id, regions: group.map(({ region }) => region), ...about };
    return [{ name, environments: group.map((one) => one.name), definition }];
  });
  const names = new Set([...accounts.map(({ name }) => name), ...Object.keys(environments)]);
  return accounts.length === groups.length && names.size === accounts.length + all.length ? accounts : [];
}

/** The maximum length of an account's name in the language. */
const longestName = 47;

function replace(draft: Draft, accounts: readonly Account[]): void {
  delete draft.environments;
  draft.accounts = Object.fromEntries(accounts.map(({ name, definition }) => [name, definition]));
  const { stacks } = mapStacks(draft, (stack) => {
    const { environment, keys } = stack;
    const environments = [environment ?? []].flat();
    return {
      ...stack,
      ...(stack.in !== undefined && { in: differencesInAccounts(stack.in, environments, accounts) }),
      ...(Array.isArray(environment) && { environment: inAccounts(environment, accounts) }),
      ...(keys !== undefined && {
        keys: Object.fromEntries(
          Object.entries(keys).map(([name, key]) => {
            if (key.in === undefined) return [name, key];
            return [name, { ...key, in: differencesInAccounts(key.in, environments, accounts) }];
          }),
        ),
      }),
    };
  });
  draft.stacks = stacks;
}

/** Returns a list of environments, where the name of an account replaces all of its environments. */
function inAccounts(environments: readonly string[], accounts: readonly Account[]): string | string[] {
  const whole = accounts.filter((account) => account.environments.every((name) => environments.includes(name)));
  const names = environments.map((name) => whole.find((one) => one.environments.includes(name))?.name ?? name);
  return oneOrMany([...new Set(names)]);
}

/**
 * Returns entries of `in`. If the entries for all of a stack's environments in one account are the same, one entry names the account.
 * Otherwise, if the entries for one region are the same in all accounts, one entry names the region.
 */
function differencesInAccounts<T>(
  differences: Readonly<Record<string, T>>,
  environments: readonly string[],
  accounts: readonly Account[],
): Record<string, T> {
  const alikeIn = (names: readonly string[]) =>
    names.length > 1 &&
    names.every((one) => JSON.stringify(differences[one]) === JSON.stringify(differences[names[0] ?? '']));
  const ofAccount = (name: string) => {
    const account = accounts.find((one) => one.environments.includes(name));
    const members = account?.environments.filter((one) => environments.includes(one)) ?? [];
    return alikeIn(members) ? account?.name : undefined;
  };
  const ofRegion = (name: string) => {
    const account = accounts.find((one) => one.environments.includes(name));
    const end = name.slice(account?.name.length);
    const ending = environments.filter((one) => one.endsWith(end));
    return alikeIn(ending) && ending.every((one) => ofAccount(one) === undefined) ? `*${end}` : undefined;
  };
  const renamed = Object.entries(differences).map(([name, difference]) => [
    ofAccount(name) ?? ofRegion(name) ?? name,
    difference,
  ]);
  return Object.fromEntries(renamed);
}
