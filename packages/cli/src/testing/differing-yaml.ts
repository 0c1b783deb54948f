import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';

/** Merges into a definition those entries of its `in` that apply in an environment. Entries for more environments are applied first. */
export function withDifferences(
  { in: differences, ...own }: Mapping,
  environment: string | undefined,
  named: (reference: string) => readonly string[],
): Mapping {
  if (differences === undefined || environment === undefined) return own;
  return Object.entries(differences as Mapping)
    .map(([name, value]) => ({ names: named(name), value }))
    .filter(({ names, value }) => names.includes(environment) && isMapping(value))
    .sort((one, other) => other.names.length - one.names.length)
    .reduce<Mapping>((merged, { value }) => joined(merged, value as Mapping), own);
}

/** Merges keys by name. A key in both mappings has the properties of both. */
export function mergedKeys(one: Mapping, other: Mapping): Mapping {
  const all = Object.entries(other).map(([name, value]) => {
    const own = one[name];
    return [name, isMapping(own) && isMapping(value) ? joined(own, value) : value];
  });
  return { ...one, ...Object.fromEntries(all) };
}

/** Lists are concatenated and mappings are merged. For other values, the second mapping wins. */
function joined(one: Mapping, other: Mapping): Mapping {
  const all = Object.entries(other).map(([name, value]) => {
    const own = one[name];
    if (Array.isArray(own) && Array.isArray(value)) return [name, [...own, ...value]];
    if (name === 'keys') return [name, mergedKeys((own ?? {}) as Mapping, value as Mapping)];
    return [name, isMapping(own) && isMapping(value) && name !== 'policy' ? { ...own, ...value } : value];
  });
  return { ...one, ...Object.fromEntries(all) };
}
