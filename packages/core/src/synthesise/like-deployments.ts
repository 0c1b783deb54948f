/** Makes the deployments in accounts that are like an earlier account, from the deployments in that account. */
import type { LikeStacks } from '../emit/stack-programs.ts';
import type { Literal } from '../ir/expression.ts';
import { givenName, withNameOrigins } from '../ir/given-name.ts';
import type { Program, Resource, Stack } from '../ir/program.ts';
import { stackNameText } from '../ir/stack-name.ts';
import type { Likenesses } from '../resolve/like-accounts.ts';
import { orderByNeeds } from '../stacks/dependency-order.ts';
import { policyNameOf } from './identity-policies.ts';
import { aliasesAreAlike, hasOwnName } from './like-aliases.ts';
import { hasEnvironment, type OwnEnvironments, ownEnvironments, withEnvironments } from './own-environments.ts';

/**
 * Adds to a program the deployments that are like one of its deployments. Each is a copy of that deployment, with its own account id and
 * environments. The result is in deployment order. `requiredAliases` are the patterns that requirements have for aliases. The result is
 * `undefined` if a deployment cannot be copied: it names something after itself, it mentions the account of a copy, or the names of its
 * aliases would lead to other decisions in a copy.
 */
export function withLikeDeployments(
  program: Program,
  likenesses: Likenesses,
  requiredAliases: readonly string[],
): { readonly program: Program; readonly likeStacks: LikeStacks } | undefined {
  const likeStacks = new Map<Stack, Stack>();
  if (likenesses.size === 0) return { program, likeStacks };
  const byName = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const inspected = new Map<Stack, Inspected>();
  for (const [{ name, environment, replicaEnvironments }, { name: first }] of likenesses) {
    const like = byName.get(first);
    const [account, likeAccount] = [environment.account, like?.environment.account];
    if (like === undefined || account === undefined || likeAccount === undefined) return undefined;
    const { isNamedAfterItself, foreign, parts } = inspected.get(like) ?? inspect(like, likeAccount);
    inspected.set(like, { isNamedAfterItself, foreign, parts });
    if (isNamedAfterItself || foreign.has(account)) return undefined;
    const place = { ...like, name, environment, replicaEnvironments };
    const other = { account, environments: ownEnvironments(place) };
    const exchangedIn = <T>(value: T) => exchanged(value, likeAccount, other, parts);
    const stack = {
      ...place,
      // Every resource is copied, even if nothing in it changes, since what a build notes about one resource must not apply to another.
      resources: like.resources.map((resource) => withOwnName(exchangedIn(resource), resource, like, place)),
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
  if (!aliasesAreAlike(sorted, likeStacks, requiredAliases)) return undefined;
  return { program: { ...program, stacks: orderByNeeds(sorted, needsOf, () => {}) }, likeStacks };
}

/** The copy of a resource, renamed for its new stack if the name is made from the name of the stack or of an environment. */
function withOwnName(copy: Resource, resource: Resource, like: Stack, stack: Stack): Resource {
  switch (copy.kind) {
    case 'alias': {
      const name = givenName(copy);
      if (name === undefined || !hasEnvironment(name)) return { ...copy };
      const { account: likeAccount = '' } = like.environment;
      const { account = '' } = stack.environment;
      const ownName = withEnvironments(givenName(resource as typeof copy) ?? name, ownEnvironments(stack), (text) =>
        text.replaceAll(likeAccount, account),
      );
      return withNameOrigins({ ...copy, aliasName: ownName.text }, ownName);
    }
    case 'replicaKey': {
      const { name = '' } = stack.replicaEnvironments.find(({ region }) => region === copy.region) ?? {};
      return { ...copy, environmentName: name };
    }
    case 'identityPolicy': {
      const isNamedAfterStack =
        resource.kind === 'identityPolicy' &&
        resource.policyName.kind === 'literal' &&
        resource.policyName.text === policyNameOf(like.app, stackNameText(like)).text;
      return { ...copy, ...(isNamedAfterStack && { policyName: policyNameOf(stack.app, stackNameText(stack)) }) };
    }
    default:
      return { ...copy };
  }
}

/** The facts that decide whether a deployment can be copied, and how. */
interface Inspected {
  /**
   * Whether the deployment imports something, or something besides policies on existing roles is named after the stack or an environment: a
   * created principal, an export, a parameter, a replica.
   */
  readonly isNamedAfterItself: boolean;
  /** Every number of twelve digits in the deployment's texts, except for its own account. */
  readonly foreign: ReadonlySet<string>;
  readonly parts: Parts;
}

function inspect(stack: Stack, ownAccount: string): Inspected {
  const { name, resources, outputs, imports } = stack;
  const nameless = ownEnvironments({ environment: {}, replicaEnvironments: [] });
  const named = resources.map((resource) =>
    resource.kind === 'alias' ? { ...resource, aliasName: givenName(resource) } : resource,
  );
  const text = JSON.stringify([named, outputs], (key, value: unknown) =>
    key === 'source' ? undefined : isLiteral(value) ? withEnvironments(value, nameless) : value,
  );
  const digits = [...text.replaceAll(ownAccount, ' ').matchAll(/\d{12,}/g)].flatMap(([run]) =>
    Array.from({ length: run.length - 11 }, (_, start) => run.slice(start, start + 12)),
  );
  return {
    isNamedAfterItself:
      imports.length > 0 ||
      resources.some(({ kind }) => !['key', 'replicaKey', 'alias', 'kmsGrant', 'identityPolicy'].includes(kind)) ||
      resources.some((resource) => resource.kind === 'replicaKey' && resource.byRegion !== true) ||
      text.replaceAll(policyNameOf(stack.app, stackNameText(stack)).text, '').includes(name) ||
      // A text can repeat the name of an alias that contains the environment's name, without a mark that this part comes from the
      // environment.
      resources.some(
        (resource) => resource.kind === 'alias' && hasOwnName(resource) && text.includes(resource.aliasName),
      ),
    foreign: new Set(digits),
    parts: partsWith(ownAccount, [resources, outputs]),
  };
}

/** Maps an object to those of its properties with a text that contains an account id or the name of an environment. */
type Parts = ReadonlyMap<unknown, readonly string[]>;

/**
 * Collects the parts of a value to change in a copy. Leaves out spans: they are the same in the copy, and the path in a span may contain
 * the digits of an account id.
 */
function partsWith(account: string, value: unknown): Parts {
  const texts = new Map<unknown, readonly string[]>();
  const has = (part: unknown): boolean => {
    if (typeof part === 'string') return part.includes(account);
    if (typeof part !== 'object' || part === null) return false;
    if (texts.has(part)) return true;
    const isOwn = isLiteral(part) && hasEnvironment(part);
    const names = Object.entries(part).flatMap(([name, inner]) =>
      name !== 'source' && (has(inner) || isOwn) ? name : [],
    );
    if (names.length > 0) texts.set(part, names);
    return names.length > 0;
  };
  has(value);
  return texts;
}

/**
 * Copies a value, with another deployment's account id and environment in place of this deployment's. Parts that contain neither are not
 * copied.
 */
function exchanged<T>(
  value: T,
  ownAccount: string,
  other: { readonly account: string; readonly environments: OwnEnvironments },
  parts: Parts,
): T {
  const inAccount = (text: string) => text.replaceAll(ownAccount, other.account);
  const exchange = (part: unknown): unknown => {
    if (typeof part === 'string') return inAccount(part);
    const names = parts.get(part);
    if (names === undefined) return part;
    if (isLiteral(part) && hasEnvironment(part)) return withEnvironments(part, other.environments, inAccount);
    const copy = (Array.isArray(part) ? [...part] : { ...(part as object) }) as Record<string, unknown>; // only lists and mappings are in `parts`
    for (const name of names) copy[name] = exchange(copy[name]);
    return copy;
  };
  return exchange(value) as T; // of the same type, with other texts
}

function isLiteral(part: unknown): part is Literal {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'literal';
}
