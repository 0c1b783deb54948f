/** The `values` of environments and accounts, and the accounts that texts can name. */
import type { Environment } from '../ir/program.ts';
import { partitionOfPlace } from '../kms/partitions.ts';
import { entries, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { isOfProject } from './is-of-project.ts';

/** The values that `${values.…}` can name at a place. */
export interface EnvironmentValues {
  /** By name. If no particular environment reads the texts, each value that some environment has is `undefined`. */
  readonly byName: ReadonlyMap<string, Named<string> | undefined>;
  /** The environments that lack a value, among those in which the texts of this place are read. */
  readonly lacking: (name: string) => readonly string[];
  /** The names that have a value in some environment. */
  readonly known: ReadonlySet<string>;
}

/** A declared account, or the account of a declared environment. */
export interface DeclaredAccount {
  readonly id: string;
  /** Absent if the account is declared with neither a partition nor regions. */
  readonly partition?: string;
}

/** Maps the id of an account to the account's partition. An id in two partitions is left out. */
export function partitionsOfAccounts(accounts: DeclaredNames['accounts']): ReadonlyMap<string, string> {
  const partitions = new Map<string, string>();
  for (const { id, partition } of accounts.values()) {
    if (partition !== undefined) partitions.set(id, partition);
  }
  for (const { id, partition } of accounts.values()) {
    if (partition !== undefined && partitions.get(id) !== partition) partitions.delete(id);
  }
  return partitions;
}

export interface DeclaredNames {
  readonly accounts: ReadonlyMap<string, DeclaredAccount>;
  /** The values in an environment. `together`: all environments in which the texts that name these values are read. */
  valuesIn(environment: Environment, together: readonly Environment[]): EnvironmentValues;
  /** The names of the values of all environments, without texts. */
  anywhere(): EnvironmentValues;
}

export function declaredNames({ accounts, environments }: Project): DeclaredNames {
  const values = new Map(
    [...environments.values()].map((environment) => [
      environment.name,
      new Map(entries(property(environment, 'values')).map((value) => [value.name, value])),
    ]),
  );
  const valueNames = new Set([...values.values()].flatMap((byName) => [...byName.keys()]));
  const none: ReadonlyMap<string, Named<string>> = new Map();
  const valuesOf = ({ name }: Environment) => values.get(name ?? '') ?? none;
  return {
    accounts: new Map([
      ...[...environments.values()].map(({ name, value: { account, region, partition } }) => {
        return [name, { id: account, partition: partitionOfPlace(region, partition) }] as const;
      }),
      ...[...accounts.values()].map(({ name, value: { id, regions = [], partition } }) => {
        const accountPartition = regions[0] === undefined ? partition : partitionOfPlace(regions[0], partition);
        return [name, { id, ...(accountPartition !== undefined && { partition: accountPartition }) }] as const;
      }),
    ]),
    valuesIn: (environment, together) => ({
      byName: valuesOf(environment),
      lacking: (name) =>
        together.flatMap((one) => (isOfProject(one) && !valuesOf(one).has(name) ? (one.name ?? []) : [])),
      known: valueNames,
    }),
    anywhere: () => ({
      byName: new Map([...valueNames].map((name) => [name, undefined])),
      lacking: () => [],
      known: valueNames,
    }),
  };
}
