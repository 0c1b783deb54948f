import type { Resource, Stack } from '../ir/program.ts';
import type { Context } from './comparison.ts';
import type { KnownResource, KnownStack } from './inventory.ts';

/**
 * The present form of a resource of the last build. `key`: the present name of its key. A role, user or group with a fixed name may have
 * another name in the YAML; its policies then name it by that.
 */
export function presentForm(
  known: KnownStack,
  old: KnownResource,
  stack: Stack,
  key: string,
  { find }: Pick<Context, 'find'>,
): Resource | undefined {
  if (isPrincipal(old.kind)) return principalNow(known, old.id, stack);
  const policy = old.kind === 'identityPolicy' ? old.policy : undefined;
  const holder = policy && /^[a-z]+\/\$\{([^}]+)\}\//.exec(policy)?.[1];
  const now = holder && principalNow(known, holder, stack);
  if (old.kind !== 'identityPolicy' || !policy || !now) return find(stack, old, key);
  return find(stack, { ...old, policy: policy.replace(`\${${holder}}`, () => `\${${now.id}}`) }, key);
}

export function isPrincipal(kind: KnownResource['kind']): kind is 'role' | 'user' | 'group' {
  return kind === 'role' || kind === 'user' || kind === 'group';
}

function principalNow({ principals = {} }: KnownStack, id: string, { resources }: Stack): Resource | undefined {
  const same = resources.find((one) => one.id === id);
  const naming = principals[id];
  if (same !== undefined || typeof naming !== 'object') return same;
  return resources.find(
    (one) =>
      (one.kind === 'role' || one.kind === 'user' || one.kind === 'group') &&
      id.startsWith(`${one.kind}/`) &&
      one.physicalName === naming.fixed &&
      // One of the last build that gets the name of another is replaced.
      principals[one.id] === undefined,
  );
}
