import type { Mapping } from '@keywright/core/syntax/is-mapping';

export type WrittenEnvironment = Mapping & { readonly account?: unknown; readonly region?: unknown };

/** The environments of a project, including those that its accounts define. */
export function writtenEnvironments(environments: Mapping, accounts: Mapping): ReadonlyMap<string, WrittenEnvironment> {
  const made = Object.entries(accounts).flatMap(([name, value]) => {
    const { id, regions, ...about } = value as Mapping;
    return listOf(regions).map(
      (region) => [`${name}-${region}`, { ...about, account: id, region, from: name }] as const,
    );
  });
  return new Map([...(Object.entries(environments) as (readonly [string, WrittenEnvironment])[]), ...made]);
}

/** Returns the environments that a reference names (an environment, a group or a pattern), in the order of the file. */
export function environmentNames(
  reference: string,
  environments: ReadonlyMap<string, WrittenEnvironment>,
  groups: ReadonlyMap<string, unknown>,
): readonly string[] {
  if (environments.has(reference)) return [reference];
  const all = [...environments];
  if (reference.includes('*')) return all.map(([name]) => name).filter((name) => isLike(name, reference));
  const group = groups.get(reference);
  const listed = Array.isArray(group)
    ? group.flatMap((one) => environmentNames(String(one), environments, groups))
    : [];
  const isMember = (name: string, environment: WrittenEnvironment) =>
    listed.includes(name) ||
    environment.from === reference ||
    listOf(environment.groups).includes(reference) ||
    (group !== undefined && !Array.isArray(group) && hasAll(environment, group as Mapping));
  return all.filter(([name, environment]) => isMember(name, environment)).map(([name]) => name);
}

function hasAll(environment: Mapping, wanted: Mapping): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const own = environment[name];
    if (name === 'account' && listOf(value).some((one) => isLike(String(environment.from), String(one)))) return true;
    if (name === 'tags') return hasAll((own ?? {}) as Mapping, value as Mapping);
    return own !== undefined && listOf(value).some((pattern) => isLike(String(own), String(pattern)));
  });
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** Returns a value as a list. A single value may be written without a list. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
