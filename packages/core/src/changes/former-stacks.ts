/** Finds where a deployment that skipped earlier builds may still have a resource or a stack. */
import { eachOnce } from '../diagnostics/each-once.ts';
import type { Target } from '../emit/emitter.ts';
import type { FormerStack, FormerStackOfResource, Stack } from '../ir/program.ts';
import type { KnownResource, KnownStack } from './inventory.ts';

/** The stacks of a resource up to the last build, oldest first, each with the names that the resource had there. */
export function stacksUntilLastBuild(
  known: KnownStack,
  old: KnownResource,
): readonly [...(readonly FormerStackOfResource[]), FormerStackOfResource] {
  const replica = replicaEnvironment(known, old);
  const last = { ...identityOf(known), ...(replica !== undefined && { replicaEnvironment: replica }) };
  const { formerStack, formerStacks, formerNames = {} } = old;
  const { name: _, definition: __, ...environments } = last;
  return [
    // Earlier versions left out environments that had not changed.
    ...(formerStacks ?? (formerStack === undefined ? [] : [{ ...environments, ...formerStack }])),
    ...Object.entries(formerNames).flatMap(([target, names]) =>
      names.map((name) => ({ ...last, names: { [target]: name } })),
    ),
    { ...last, names: old.names },
  ];
}

/** The environment in a resource's region. Of several environments there, it is the first by name, as in `Stack.replicaEnvironments`. */
function replicaEnvironment({ resources }: KnownStack, old: KnownResource): string | undefined {
  if (old.region === undefined) return undefined;
  let first: string | undefined;
  for (const one of resources) {
    if (one.kind !== 'replicaKey' || one.region !== old.region) continue;
    if (first === undefined || one.environment < first) first = one.environment;
  }
  return first;
}

/**
 * The former stacks of a resource that tools have to know, up to the last one that differs from its present stack. If only the name of a
 * replica's environment has changed, a tool that can rename resources does not need the former stack.
 */
export function formerStacksOfResource(
  until: readonly FormerStackOfResource[],
  { name, definition, replicaEnvironments }: Stack,
  region: string | undefined,
  targets: readonly Target<unknown>[],
): readonly FormerStackOfResource[] {
  const replica = replicaEnvironments.find((one) => one.region === region)?.name;
  const withoutRenames = new Set(targets.filter(({ renames }) => !renames).map((target) => target.name));
  const candidates = until.map((former) => {
    const isSameStack = former.name === name && former.definition === definition;
    const isSame = isSameStack && (region === undefined || former.replicaEnvironment === replica);
    if (!isSameStack || isSame) return { former, isSame };
    const names = Object.fromEntries(Object.entries(former.names).filter(([target]) => withoutRenames.has(target)));
    return { former: { ...former, names }, isSame: Object.keys(names).length === 0 };
  });
  const last = candidates.findLastIndex(({ isSame }) => !isSame);
  return eachOnce(candidates.slice(0, last + 1).map(({ former }) => former));
}

/** The stacks that a resource has left: those in `until` that differ from the last entry, which is the stack of the last build. */
export function formerStacksApart(until: readonly FormerStackOfResource[]): readonly FormerStackOfResource[] {
  const identity = ({ names: _, ...stack }: FormerStackOfResource) => JSON.stringify(Object.entries(stack).sort());
  const last = until.at(-1);
  return eachOnce(until.filter((one) => last !== undefined && identity(one) !== identity(last)));
}

/**
 * The former names and definitions of a stack, oldest first, up to the last one that differs from the present. `known`: the stack in the
 * last build.
 */
export function formerStacksOf({ name, definition }: Stack, known: KnownStack): readonly FormerStack[] {
  const all = [...(known.formerStacks ?? []), identityOf(known)];
  const last = all.findLastIndex((one) => one.name !== name || one.definition !== definition);
  return eachOnce(all.slice(0, last + 1));
}

export function identityOf({ name, definition, environment }: KnownStack): FormerStack {
  return {
    name,
    ...(definition !== undefined && { definition }),
    ...(environment.name !== undefined && { environment: environment.name }),
  };
}
