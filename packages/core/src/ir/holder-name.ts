import { nameInId } from './name-in-id.ts';
import type { IdentityPolicy } from './program.ts';

/**
 * The name, for messages, of the principal that a policy is attached to. An entry of `identityPolicies` has a name of its own, which is not
 * the principal's.
 */
export function holderName(policy: IdentityPolicy): string {
  const { name } = policy.attachTo;
  if (!isUnderIdentityPolicies(policy)) return policy.name;
  if (name.kind === 'literal') return name.text;
  return name.kind === 'reference' ? nameInId(name.resource) : policy.name;
}

/** Whether the YAML has a policy under `identityPolicies`. The id of a policy made from grants also contains the holder's kind. */
export function isUnderIdentityPolicies({ id }: IdentityPolicy): boolean {
  return id.split('/').length === 2;
}
