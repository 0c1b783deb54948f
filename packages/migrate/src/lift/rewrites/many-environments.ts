import type { Program } from '@keywright/core/ir/program';
import type { EnvironmentDefinition } from '@keywright/core/language/environment';
import type { KeyDefinition } from '@keywright/core/language/key';
import type { StackDefinition } from '@keywright/core/language/stack';
import type { Draft } from '../draft/draft.ts';
import { changeIfEquivalent, type Sense } from './keep.ts';
import { mapTexts } from './texts.ts';

/**
 * Writes stacks that are equal in several environments as one stack with a list of the environments. Leaves a stack alone if a target finds
 * its resources by addresses.
 */
export function uniteEnvironments(draft: Draft, program: Program, sense: Sense): Draft {
  const { environments = {} } = draft;
  const stacks = Object.fromEntries(
    Object.entries(draft.stacks ?? {}).map(([name, stack]) => [name, anywhere(stack, environments)]),
  );
  const groups = new Map<string, string[]>();
  for (const [name, { environment }] of Object.entries(stacks)) {
    if (typeof environment !== 'string' || !name.endsWith(`-${environment}`)) continue;
    if (hasAddresses(name, program, sense)) continue;
    const base = name.slice(0, -environment.length - 1);
    // Stacks count as equal if they are the same after references to stacks of their own environment are replaced by references to
    // definitions.
    const shape = JSON.stringify([base, shapeOf(stacks[name] ?? {}, environment)]);
    groups.set(shape, [...(groups.get(shape) ?? []), name]);
  }
  // If stacks of several shapes would get the same name, the stacks of the most common shape get that name, and the other stacks stay
  // separate.
  const largest = new Map<string, readonly string[]>();
  for (const [shape, names] of groups) {
    const [base] = JSON.parse(shape) as [string]; // stringified above
    const most = largest.get(base)?.length ?? 1;
    if (names.length > most && !(base in stacks)) largest.set(base, names);
  }
  const united = [...largest].map(([base, names]) => ({ base, names }));
  if (united.length === 0) return draft;
  const baseOf = new Map(united.flatMap(({ base, names }) => names.map((name) => [name, base] as const)));
  return changeIfEquivalent(
    draft,
    (changed) => {
      const result: Record<string, StackDefinition> = {};
      for (const [name, definition] of Object.entries(changed.stacks ?? {})) {
        const base = baseOf.get(name);
        const named = renamed(
          base === undefined ? definition : (stacks[name] ?? definition),
          baseOf,
          (stack) => stacks[stack]?.environment,
        );
        if (base === undefined) result[name] = named;
        else if (result[base] === undefined) {
          const environment = united.find((one) => one.base === base)?.names.map((one) => stacks[one]?.environment);
          result[base] = { ...named, environment: (environment ?? []).flatMap((one) => one ?? []) };
        }
      }
      changed.stacks = result;
    },
    sense,
  );
}

/**
 * Whether a target finds the resources of a stack by addresses that change when the stack becomes part of a program. If so, Terraform would
 * destroy `aws_kms_key.orders` and create `module.core.aws_kms_key.orders`.
 */
export function hasAddresses(name: string, { stacks }: Program, { targets }: Sense): boolean {
  const stack = stacks.find((one) => one.name === name);
  if (stack === undefined || stack.definition !== undefined) return false;
  const affected = targets.filter((target) => target.prefixOf !== undefined && stack.targets.includes(target.name));
  return stack.resources.some(({ names }) => affected.some((target) => names[target.name] !== undefined));
}

/** Replaces a definition's own account and region in descriptions and tags with placeholders. */
export function anywhere(
  definition: StackDefinition,
  environments: Readonly<Record<string, EnvironmentDefinition>>,
): StackDefinition {
  const { environment } = definition;
  const place = typeof environment === 'string' ? environments[environment] : undefined;
  if (place === undefined) return definition;
  const general = (text: string) =>
    text.replaceAll(place.account, () => '${account}').replaceAll(place.region, () => '${region}');
  const { keys = {}, tags: ofStack } = definition;
  const described = Object.entries(keys).map(([name, { description, tags, ...key }]): [string, KeyDefinition] => [
    name,
    {
      ...(description !== undefined && { description: general(description) }),
      ...key,
      ...(tags !== undefined && { tags: mapTexts(tags, general) }),
    },
  ]);
  return {
    ...definition,
    ...(ofStack !== undefined && { tags: mapTexts(ofStack, general) }),
    ...(definition.keys !== undefined && { keys: Object.fromEntries(described) }),
  };
}

/** Returns a definition without its environment. In its references, stacks of that environment have the names of their definitions. */
function shapeOf({ environment: _, ...definition }: StackDefinition, environment: string): unknown {
  return mapTexts(definition, (text) => text.replace(new RegExp(`^([A-Za-z][A-Za-z0-9-]*)-${environment}\\.`), '$1.'));
}

/** Renames united stacks in the references of a definition, if the stacks are in the environment of the definition. */
export function renamed(
  definition: StackDefinition,
  baseOf: ReadonlyMap<string, string>,
  environmentOf: (stack: string) => StackDefinition['environment'],
): StackDefinition {
  return mapTexts(definition, (text) => {
    const [, stack = '', rest = ''] = /^([A-Za-z][A-Za-z0-9-]*)(\.[A-Za-z][\w-]*)$/.exec(text) ?? [];
    const base = baseOf.get(stack);
    return base !== undefined && environmentOf(stack) === definition.environment ? `${base}${rest}` : text;
  });
}
