import type { AccountDefinition } from '@keywright/core/language/environment';
import type { Organization, OrganizationAccount, OrganizationUnit } from './ask-organization.ts';

/** The accounts of an organization, in the language of `accounts:`. */
export interface AccountsFound {
  readonly accounts: readonly FoundAccount[];
  /** The groups made from organizational units. The organization alone decides which accounts are in these groups. */
  readonly groups: ReadonlySet<string>;
  /** Accounts that are suspended or closed. */
  readonly inactive: readonly { readonly id: string; readonly name: string; readonly state: string }[];
}

export interface FoundAccount {
  /** The name of the account if it is added to `accounts:`. */
  readonly name: string;
  readonly id: string;
  /** The groups of the account's units, outermost first. */
  readonly groups: readonly string[];
  readonly purpose?: NonNullable<AccountDefinition['purpose']>;
}

/**
 * Turns accounts into definitions with names that the language accepts. Groups are made from units. The purpose is that of the account's
 * tags or, if they have none, of a unit.
 */
export function accountsOf({ units, accounts }: Organization): AccountsFound {
  const active = accounts.filter(({ state }) => state === 'ACTIVE');
  const groupOf = groupNames(units);
  const names = accountNames(active, new Set(groupOf.values()));
  const slugOf = new Map(units.map(({ id, name }) => [id, slug(name)]));
  return {
    accounts: active.map((account) => {
      const purpose = purposeOf(account, slugOf);
      return {
        name: names.get(account.id) ?? account.id,
        id: account.id,
        groups: account.units.flatMap((unit) => groupOf.get(unit) ?? []),
        ...(purpose !== undefined && { purpose }),
      };
    }),
    groups: new Set(groupOf.values()),
    inactive: accounts.flatMap(({ id, name, state }) => (state === 'ACTIVE' ? [] : [{ id, name, state }])),
  };
}

/** Returns lower-case words joined by `-`; '' if nothing is left. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '')
    .toLowerCase();
}

/** The maximum length of the name of an account or group. Source: `accountName` and `stackName` of the language. */
const longestAccountName = 47;
const longestGroupName = 63;

/** Names the group of each unit after the unit, and also after its parents if several units have the same name. */
function groupNames(units: readonly OrganizationUnit[]): ReadonlyMap<string, string> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const pathOf = (unit: OrganizationUnit): readonly string[] => {
    const above = unit.parent === undefined ? undefined : byId.get(unit.parent);
    return [...(above === undefined ? [] : pathOf(above)), slug(unit.name) || `unit-${slug(unit.id)}`];
  };
  const paths = units.map((unit) => ({ id: unit.id, path: pathOf(unit) }));
  const named = (path: readonly string[], length: number) => path.slice(-length).join('-');
  const names = paths.map(({ id, path }) => {
    let length = 1;
    const others = paths.filter((other) => other.id !== id);
    while (length < path.length && others.some((other) => named(other.path, length) === named(path, length)))
      length += 1;
    return [id, named(path, length).slice(0, longestGroupName).replace(/-+$/, '')] as const;
  });
  const taken = new Set<string>();
  return new Map(
    names.map(([id, name]) => {
      const free = taken.has(name) ? `${name.slice(0, longestGroupName - 20)}-${slug(id)}` : name;
      taken.add(free);
      return [id, free];
    }),
  );
}

/** Names each account. The name ends in the account's id if two accounts, or an account and a group, would have the same name. */
function accountNames(
  accounts: readonly OrganizationAccount[],
  groups: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const slugs = accounts.map(({ id, name }) => ({
    id,
    name: slug(name).slice(0, longestAccountName).replace(/-+$/, ''),
  }));
  const counts = new Map<string, number>();
  for (const { name } of slugs) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    slugs.map(({ id, name }) => {
      const isFree = name !== '' && counts.get(name) === 1 && !groups.has(name);
      return [id, isFree ? name : `${name.slice(0, longestAccountName - id.length - 1) || 'account'}-${id}`];
    }),
  );
}

const purposes: Readonly<Record<string, NonNullable<AccountDefinition['purpose']>>> = {
  prod: 'production',
  production: 'production',
  prd: 'production',
  live: 'production',
  test: 'test',
  testing: 'test',
  qa: 'test',
  uat: 'test',
  stage: 'test',
  staging: 'test',
  preprod: 'test',
  'pre-prod': 'test',
  dev: 'development',
  development: 'development',
  sandbox: 'development',
  sandboxes: 'development',
};

/** The names of tags that say what an account is for, in upper or lower case. */
const purposeTags = ['purpose', 'environment', 'env', 'stage'];

/** Returns the purpose in an account's tags or, without one, that of the innermost unit whose whole name is a purpose. */
function purposeOf({ units, tags }: OrganizationAccount, slugOf: ReadonlyMap<string, string>) {
  const byTag = purposeTags.flatMap((wanted) => tags.filter(({ name }) => name.toLowerCase() === wanted));
  const words = [
    ...byTag.map(({ value }) => slug(value)),
    ...[...units].reverse().map((unit) => slugOf.get(unit) ?? ''),
  ];
  return words.flatMap((word) => (Object.hasOwn(purposes, word) ? (purposes[word] ?? []) : []))[0];
}
