import { accessInterrupted } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Target } from '../emit/emitter.ts';
import { targetsOf } from '../emit/targets-of.ts';
import type { Expression } from '../ir/expression.ts';
import { nameInId } from '../ir/name-in-id.ts';
import type { Environment, IdentityPolicy, Stack } from '../ir/program.ts';
import type { Context } from './comparison.ts';
import { contentOfGrant, type KnownResource, type KnownStack, policyInIam } from './inventory.ts';
import { keepsName } from './principals-are-kept.ts';

/**
 * Reports inline policies with a new name in IAM, and KMS grants with new content, if a tool deletes the old policy or KMS grant before it
 * creates the new one (KW5176). `known`: the stack in the last build, possibly under another name.
 */
export function accessIsKept(stack: Stack, known: KnownStack | undefined, context: Context): readonly Diagnostic[] {
  if (known === undefined) return [];
  const its = targetsOf(stack, context.targets).filter(
    ({ name, deletesFirst, renamesStacks }) =>
      deletesFirst &&
      (renamesStacks || known.name === stack.name) &&
      known.targets.includes(name) &&
      context.scope.targets.has(name),
  );
  if (its.length === 0) return [];
  const isThere = known.environment.name === stack.environment.name;
  const policies = stack.resources.flatMap((one) => (one.kind === 'identityPolicy' ? [policyInIam(one)] : []));
  const kept = new Set(isThere ? policies : []);
  const problems = known.resources.flatMap((old): readonly Diagnostic[] => {
    if (old.kind === 'identityPolicy') return kept.has(old.policy ?? '') ? [] : ofPolicy(old, stack, known, its);
    return old.kind === 'kmsGrant' ? ofGrant(old, stack, known, its, context) : [];
  });
  return inStack(stack, problems);
}

function ofPolicy(
  old: Extract<KnownResource, { kind: 'identityPolicy' }>,
  stack: Stack,
  known: KnownStack,
  targets: readonly Target<unknown>[],
): readonly Diagnostic[] {
  if (old.policy === undefined) return [];
  const { policy } = old;
  const [holder, before] = holderAndName(policy, known);
  const replacementIn = ({ name, nameOf }: Target<unknown>) =>
    stack.resources.find((one): one is IdentityPolicy => {
      if (one.kind !== 'identityPolicy' || nameOf(one, stack) !== old.names[name]) return false;
      const [its, after] = holderAndName(policyInIam(one), stack);
      // If a role gets another name, the role is replaced together with its policies (KW5171).
      return its === holder && after !== before && staysIn(one.attachTo.name, stack, known);
    });
  const replacing = targets.flatMap((target) => {
    const now = replacementIn(target);
    return now === undefined ? [] : [{ title: target.title, now }];
  });
  const [first] = replacing;
  if (first === undefined) return [];
  const { now } = first;
  const { what, name: written } = describePolicy(policy);
  return [
    report(accessInterrupted, now.source.span, { what, titles: replacing.map(({ title }) => title), before: written }),
  ];
}

/** A policy in words, and its name. Placeholders stay, since the name can differ by environment. `policy`: as `policyInIam` returns it. */
export function describePolicy(policy: string): { readonly what: string; readonly name: string } {
  const [holder, name] = holderAndName(policy, { environment: {} });
  return { what: `the policy \`${name}\` on the ${holder.split('/', 1)[0]} \`${nameInHolder(holder)}\``, name };
}

function ofGrant(
  old: Extract<KnownResource, { kind: 'kmsGrant' }>,
  stack: Stack,
  known: KnownStack,
  targets: readonly Target<unknown>[],
  context: Context,
): readonly Diagnostic[] {
  const where = context.follow(known, old.key);
  const key = where.kind === 'there' && where.stack === stack ? where.key : old.key;
  const now = context.find(stack, old, key);
  if (now?.kind !== 'kmsGrant' || old.content === undefined || old.content === contentOfGrant(now)) return [];
  const principals = [now.grantee, now.retiringPrincipal ?? now.grantee];
  // If a role gets another name, the role is reported instead (KW5171, KW5175).
  if (!principals.every((one) => staysIn(one, stack, known))) return [];
  const what = `the KMS grant \`${now.name}\` of \`${now.keyName}\``;
  return [report(accessInterrupted, now.source.span, { what, titles: targets.map(({ title }) => title) })];
}

/**
 * Whether a principal that a stack creates was in the last build, under the same name in IAM. True for every principal that no stack
 * creates.
 */
function staysIn(principal: Expression, stack: Stack, known: KnownStack): boolean {
  return principal.kind !== 'reference' || keepsName(principal.resource, stack, known);
}

/** The name of a role, user or group: in IAM, `Api` of `role/Api`, or under `principals`, `api` of `role/${role/api}`. */
function nameInHolder(holder: string): string {
  const [, id = holder] = /^[a-z]+\/\$\{([a-z]+\/.*)\}$/.exec(holder) ?? [];
  return nameInId(id);
}

/** Splits `role/Api/keywright-shop-${environment}` into `role/Api` and `keywright-shop-prod`, if `prod` is the environment of the stack. */
function holderAndName(
  policy: string,
  { environment: { name } }: { readonly environment: Pick<Environment, 'name'> },
): readonly [string, string] {
  const there = name === undefined ? policy : policy.replaceAll('${environment}', () => name);
  const slash = there.lastIndexOf('/');
  return [there.slice(0, slash), there.slice(slash + 1)];
}
