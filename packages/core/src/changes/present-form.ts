import { isPrincipal } from '../ir/is-principal.ts';
import type { Resource, Stack } from '../ir/program.ts';
import type { Context } from './comparison.ts';
import type { KnownResource, KnownStack } from './inventory.ts';

/**
 * The present form of a resource of the last build. `key`: the present name of its key. A role, user or group with a fixed name in IAM is
 * found under another name in the YAML too, and so are its policies.
 */
export function presentForm(
  known: KnownStack,
  old: KnownResource,
  stack: Stack,
  key: string,
  { find }: Pick<Context, 'find'>,
): Resource | undefined {
  if (isPrincipal(old)) return principalNow(known, old.id, stack);
  if (old.kind !== 'identityPolicy' || old.policy === undefined) return find(stack, old, key);
  const [, holder = ''] = /^[a-z]+\/\$\{([^}]+)\}\//.exec(old.policy) ?? [];
  const now = principalNow(known, holder, stack);
  if (now === undefined) return find(stack, old, key);
  return find(stack, { ...old, policy: old.policy.replace(`\${${holder}}`, () => `\${${now.id}}`) }, key);
}

function principalNow({ principals = {} }: KnownStack, id: string, { resources }: Stack): Resource | undefined {
  const same = resources.find((one) => one.id === id);
  const naming = principals[id];
  if (same !== undefined || typeof naming !== 'object') return same;
  return resources.find(
    (one) =>
      isPrincipal(one) &&
      id.startsWith(`${one.kind}/`) &&
      one.physicalName === naming.fixed &&
      // A principal of the last build that takes this name over is replaced (KW5171).
      principals[one.id] === undefined,
  );
}
