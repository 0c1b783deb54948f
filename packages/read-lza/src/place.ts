import { type Expression, literal, type PlaceExpressions } from '@keywright/core/ir/expression';
import type { Environment } from '@keywright/core/ir/program';
import { dnsSuffixOf, partitionOf } from '@keywright/core/kms/partitions';
import type { Account, Surroundings } from './configuration.ts';

/** An account and region where the accelerator creates a key. Unknown parts are absent. */
export interface Place {
  readonly account?: Account;
  readonly region?: string;
}

/** Returns the account, region, partition and DNS suffix of a place: text if it is known, otherwise a value that the deployment decides. */
export function valuesOf({ account, region }: Place): PlaceExpressions {
  const textOrPseudo = (name: keyof PlaceExpressions, text: string | undefined): Expression =>
    text === undefined ? { kind: 'pseudo', name } : literal(text);
  const partition = region === undefined ? undefined : partitionOf(region);
  return {
    account: textOrPseudo('account', account?.id),
    region: textOrPseudo('region', region),
    partition: textOrPseudo('partition', partition),
    dnsSuffix: textOrPseudo('dnsSuffix', partition && dnsSuffixOf(partition)),
  };
}

export function environmentOf({ account, region }: Place): Environment {
  if (account === undefined || region === undefined) return {};
  const name = `${account.name}-${region}`.replaceAll(/[^A-Za-z0-9-]+/g, '-');
  return {
    name: /^[A-Za-z]/.test(name) ? name : `account-${name}`,
    ...(account.id !== undefined && { account: account.id }),
    region,
    partition: partitionOf(region),
  };
}

/** The `deploymentTargets` of a key set. */
export interface Targets {
  readonly accounts: readonly string[];
  readonly organizationalUnits: readonly string[];
  readonly excludedAccounts: readonly string[];
  readonly excludedRegions: readonly string[];
}

/**
 * Returns the places that a key set is deployed to; `undefined` if the files do not list the accounts or regions. A unit does not include
 * the units below it; `Root` includes everything. Source: awslabs/landing-zone-accelerator-on-aws, accelerator-stack.ts, isIncluded.
 */
export function placesOf(targets: Targets, surroundings: Surroundings): readonly Place[] | undefined {
  const { accounts, regions, ignoredUnits } = surroundings;
  if (accounts === undefined || regions === undefined) return undefined;
  const included = accounts.filter(({ name, unit }) => {
    if (targets.excludedAccounts.includes(name) || ignoredUnits.has(unit)) return false;
    const units = targets.organizationalUnits;
    return targets.accounts.includes(name) || units.includes(unit) || units.includes('Root');
  });
  const open = regions.filter((region) => !targets.excludedRegions.includes(region));
  return included.flatMap((account) => open.map((region) => ({ account, region })));
}
