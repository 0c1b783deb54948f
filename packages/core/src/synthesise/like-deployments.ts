/** Makes the deployments in accounts that are like an earlier one from the deployments there. */
import type { LikeStacks } from '../emit/stack-programs.ts';
import type { Program, Stack } from '../ir/program.ts';
import type { Likenesses } from '../resolve/like-accounts.ts';
import { orderByNeeds } from '../stacks/dependency-order.ts';

/**
 * Adds the deployments that are like another to a program of the others, in deployment order: with the id of their own account wherever
 * that one has its own. `undefined` if one names something after itself, or an account that should be like no other.
 */
export function withLikeDeployments(
  program: Program,
  likenesses: Likenesses,
): { readonly program: Program; readonly likeStacks: LikeStacks } | undefined {
  const likeStacks = new Map<Stack, Stack>();
  if (likenesses.size === 0) return { program, likeStacks };
  const byName = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const known = new Map<Stack, { readonly foreign: ReadonlySet<string>; readonly parts: ReadonlySet<unknown> }>();
  for (const [{ name, environment, siblingEnvironments }, { name: first }] of likenesses) {
    const like = byName.get(first);
    const [account, own] = [environment.account, like?.environment.account];
    if (like === undefined || account === undefined || own === undefined) return undefined;
    const { foreign, parts } = known.get(like) ?? {
      foreign: foreignIds(like, own),
      parts: partsWith(own, [like.resources, like.outputs]),
    };
    known.set(like, { foreign, parts });
    if (isNamedAfterItself(like) || foreign.has(account)) return undefined;
    const exchangedIn = <T>(value: T) => exchanged(value, own, account, parts);
    const stack = {
      ...like,
      name,
      environment,
      ...(siblingEnvironments.length > 0 && { siblingEnvironments }),
      // Each a copy: what a build knows about a resource, it knows about one of them.
      resources: like.resources.map((resource) => {
        const copy = exchangedIn(resource);
        return copy === resource ? { ...resource } : copy;
      }),
      outputs: exchangedIn(like.outputs),
    };
    byName.set(name, stack);
    likeStacks.set(stack, like);
  }
  const needsOf = ({ dependsOn }: Stack) =>
    dependsOn.flatMap((name) => {
      const to = byName.get(name);
      return to === undefined ? [] : [{ to }];
    });
  const sorted = [...byName.values()].sort(({ name: one }, { name: other }) => (one < other ? -1 : 1));
  return { program: { ...program, stacks: orderByNeeds(sorted, needsOf, () => {}) }, likeStacks };
}

/** Whether a deployment has more of its name than the program says: in a policy on a role, a created principal, an export, a parameter. */
function isNamedAfterItself({ resources, replicaEnvironments, exports, imports }: Stack): boolean {
  return (
    replicaEnvironments.length + exports.length + imports.length > 0 ||
    resources.some(({ kind }) => kind !== 'key' && kind !== 'alias' && kind !== 'kmsGrant')
  );
}

/** Every twelve digits in the texts of a deployment that are not its own account. */
function foreignIds({ resources, outputs }: Stack, own: string): ReadonlySet<string> {
  const text = JSON.stringify([resources, outputs], (name, value: unknown) => (name === 'source' ? undefined : value));
  const digits = [...text.replaceAll(own, '').matchAll(/\d{12,}/g)].flatMap(([run]) =>
    Array.from({ length: run.length - 11 }, (_, start) => run.slice(start, start + 12)),
  );
  return new Set(digits);
}

/** Everything in a value, itself included, that has an account id in one of its texts. Places in the YAML do not count: they are the same. */
function partsWith(account: string, value: unknown): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  const seen = new Set<object>();
  const visit = (part: unknown): boolean => {
    if (typeof part === 'string') return part.includes(account);
    if (typeof part !== 'object' || part === null) return false;
    if (seen.has(part)) return found.has(part);
    seen.add(part);
    for (const [name, inner] of Object.entries(part)) if (name !== 'source' && visit(inner)) found.add(part);
    return found.has(part);
  };
  visit(value);
  return found;
}

/** Copies a value with another account id in the texts that have this one. What has none in it is not copied. */
function exchanged<T>(value: T, own: string, account: string, parts: ReadonlySet<unknown>): T {
  const exchange = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replaceAll(own, account);
    if (typeof part !== 'object' || part === null || !parts.has(part)) return part;
    if (Array.isArray(part)) return part.map(exchange);
    const copy: Record<string, unknown> = { ...part };
    for (const [name, inner] of Object.entries(part)) {
      if (name !== 'source' && (typeof inner === 'string' || typeof inner === 'object')) copy[name] = exchange(inner);
    }
    return copy;
  };
  return exchange(value) as T; // of the same type, with other texts
}
