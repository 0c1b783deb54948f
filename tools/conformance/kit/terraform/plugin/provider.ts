import type { Cloud, Place } from './cloud.ts';
import { choices, companions, limits, replacing } from './facts.ts';
import type { Block, ProviderSchema } from './schema.ts';
import { isList, isUnknown, textOf, unknown, type Value, type Values } from './values.ts';

/** A provider: its schema, and the cloud that carries out its changes. */
export interface Provider {
  readonly schema: ProviderSchema;
  readonly cloud: Cloud;
}

/**
 * Returns the place that a provider block configures. A part that the block does not set has the default value that is used for reading the
 * IR.
 */
export function placeOf(config: Values): Place {
  const { region, allowed_account_ids: accounts } = config;
  const [account] = isList(accounts) ? accounts : [];
  return { region: textOf(region) ?? 'xx-test-1', account: textOf(account) ?? '000000000000' };
}

/** Returns the place of a resource. Since version 6 of the provider, a resource may have its own region. */
export function placeOfResource(values: Values, place: Place): Place {
  return { ...place, region: textOf(values.region) ?? place.region };
}

export function problemsOf(type: string, config: Values): readonly string[] {
  const written = (argument: string) => config[argument] !== null && config[argument] !== undefined;
  const problems: string[] = [];
  for (const { argument, check } of limits[type] ?? []) {
    const value = config[argument];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const problem = check(value);
    if (problem !== undefined) problems.push(`${argument} ${problem}`);
  }
  const choice = choices[type];
  const chosen = choice?.of.filter(written) ?? [];
  if (chosen.length > 1) problems.push(`only one of ${chosen.join(' and ')} may be there`);
  if (choice?.atLeastOne === true && chosen.length === 0)
    problems.push(`one of ${choice.of.join(', ')} has to be there`);
  for (const [argument, companion] of Object.entries(companions[type] ?? {})) {
    if (written(argument) && !written(companion)) problems.push(`${argument} needs ${companion}`);
  }
  return problems;
}

export interface PlannedChange {
  readonly planned: Values | undefined;
  readonly replacedBecauseOf: readonly string[];
}

/**
 * Returns the known part of the state after a change. Terraform proposes configured values, and previous values where nothing is
 * configured. A provider adds the values that it computes.
 */
export function plan(
  block: Block,
  type: string,
  prior: Values | undefined,
  proposed: Values | undefined,
): PlannedChange {
  if (proposed === undefined) return { planned: undefined, replacedBecauseOf: [] };
  const planned: Record<string, Value> = { ...proposed };
  for (const { name, computed } of block.attributes) {
    if (computed && prior === undefined && planned[name] === null) planned[name] = unknown;
  }
  // `tags_all` equals `tags`, because the test double has no default tags.
  if ('tags_all' in planned) planned.tags_all = planned.tags === null ? {} : (planned.tags ?? {});
  const replacedBecauseOf = prior === undefined ? [] : (replacing[type] ?? []).filter(differs(prior, planned));
  return { planned, replacedBecauseOf };
}

function differs(prior: Values, planned: Values) {
  return (name: string) =>
    isUnknown(planned[name]) || JSON.stringify(prior[name] ?? null) !== JSON.stringify(planned[name] ?? null);
}

/** Returns a block in which only the given values are known. */
export function blank(block: Block, known: Values): Values {
  const names = block.attributes.map(({ name }) => [name, null] as const);
  const blocks = block.blocks.map(({ name, nesting }) => [name, nesting === 'SINGLE' ? null : []] as const);
  return { ...Object.fromEntries([...names, ...blocks]), ...known };
}
