import type { ProjectDefinition } from '@keywright/core/language/project';
import type { StackDefinition } from '@keywright/core/language/stack';

/** The content of a `keywright.yaml` before it is printed. */
export type Draft = ProjectDefinition;

/** The sections of a stack whose entries are independent, so that an entry can be left out without the others. */
export const stackSections = ['principals', 'keys', 'imports', 'identityPolicies', 'outputs'] as const;
export type StackSection = (typeof stackSections)[number];

export interface Entry {
  readonly stack: string;
  readonly section: StackSection;
  readonly name: string;
}

export function entryKey({ stack, section, name }: Entry): string {
  return JSON.stringify([stack, section, name]);
}

export function mapStacks(draft: Draft, change: (stack: StackDefinition, name: string) => StackDefinition): Draft {
  const stacks = Object.entries(draft.stacks ?? {}).map(([name, stack]) => [name, change(stack, name)] as const);
  return { ...draft, stacks: Object.fromEntries(stacks) };
}

export function withoutEntries(draft: Draft, isLeftOut: (entry: Entry) => boolean): Draft {
  return mapStacks(draft, (stack, name) => {
    const remaining = stackSections.flatMap((section) => {
      const entries = Object.entries(stack[section] ?? {});
      const keptEntries = entries.filter(([entry]) => !isLeftOut({ stack: name, section, name: entry }));
      if (keptEntries.length === entries.length) return [];
      return [[section, keptEntries.length === 0 ? undefined : Object.fromEntries(keptEntries)] as const];
    });
    return withoutUndefined({ ...stack, ...Object.fromEntries(remaining) });
  });
}

/** Removes some stacks from a draft, and the environments that only these stacks use. */
export function withoutStacks(draft: Draft, isLeftOut: ReadonlySet<string>): Draft {
  if (isLeftOut.size === 0) return draft;
  const { stacks = {}, environments = {}, ...rest } = draft;
  const remaining = Object.entries(stacks).filter(([name]) => !isLeftOut.has(name));
  const used = new Set(remaining.flatMap(([, stack]) => environmentsOf(stack)));
  const places = Object.entries(environments).filter(([name]) => used.has(name));
  return {
    ...rest,
    ...(places.length > 0 && { environments: Object.fromEntries(places) }),
    stacks: Object.fromEntries(remaining),
  };
}

/** The environments of a stack and its replicas. */
export function environmentsOf({ environment, keys = {} }: StackDefinition): readonly string[] {
  const replicas = Object.values(keys).flatMap((key) => key.replicas ?? []);
  return [environment, ...replicas.map((replica) => replica.environment)].flatMap((one) => one ?? []);
}

export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T; // absent instead of undefined
}
