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
  const foreign = new Map<Stack, ReadonlySet<string>>();
  for (const [{ name, environment, siblingEnvironments }, { name: first }] of likenesses) {
    const like = byName.get(first);
    const [account, own] = [environment.account, like?.environment.account];
    if (like === undefined || account === undefined || own === undefined) return undefined;
    const idsIn = foreign.get(like) ?? foreignIds(like, own);
    foreign.set(like, idsIn);
    if (isNamedAfterItself(like) || idsIn.has(account)) return undefined;
    const inAccount = exchange(own, account);
    const stack = {
      ...like,
      name,
      environment,
      ...(siblingEnvironments.length > 0 && { siblingEnvironments }),
      resources: like.resources.map((resource) => ({ ...inAccount(resource) })),
      outputs: inAccount(like.outputs),
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

/** Returns a function that copies a value with another account id in all its texts. What has none in it is not copied. */
function exchange(own: string, account: string): <T>(value: T) => T {
  const exchanged = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes(own) ? value.replaceAll(own, account) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const copy = value.map(exchanged);
      return copy.some((inner, index) => inner !== value[index]) ? copy : value;
    }
    let isOther = false;
    const copy: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) {
      // Places in the YAML are the same; a path in one may have digits.
      copy[name] = name === 'source' ? inner : exchanged(inner);
      isOther ||= copy[name] !== inner;
    }
    return isOther ? copy : value;
  };
  return (value) => exchanged(value) as typeof value; // of the same type, with other texts
}
