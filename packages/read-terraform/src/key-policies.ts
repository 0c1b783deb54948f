/** Finds out which `aws_kms_key_policy` each key of a source has. */
import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { Unknown } from '@keywright/core/reading/source-value';
import { peek } from './attributes.ts';
import { unplacedPolicy } from './diagnostics.ts';
import { isAnywhere, unclearRegion } from './groups.ts';
import { createKeyIndex, isKey, type KeyIndex } from './key-index.ts';
import type { Places } from './places.ts';
import type { SourceResource } from './source/resource.ts';

/**
 * Makes the policy of a key unknown if it is unclear which `aws_kms_key_policy` the key has. The policy that a state has in the key itself
 * may be older, and a plan may have none. A policy whose key a plan does not know yet may be for any key without a policy in the
 * configuration.
 */
export function withDoubtfulPolicies(resources: readonly SourceResource[], places: Places): readonly SourceResource[] {
  const policies = resources.filter(({ type }) => type === 'aws_kms_key_policy');
  if (policies.length === 0) return resources;
  const keys = createKeyIndex(resources, places);
  const keyOf = new Map(policies.map((policy) => [policy, keys.named(policy)]));
  const unplaced = policies.filter((policy) => keyOf.get(policy) === undefined);
  const anyKey = unplaced.find((policy) => peek(policy, 'key_id') === undefined);
  return resources.map((resource) => {
    if (!isKey(resource)) return resource;
    const doubled = policies.filter((policy) => keyOf.get(policy) === resource);
    if (doubled.length > 1)
      return withoutPolicy(
        resource,
        new Unknown('it has several policies of its own', 'leave one `aws_kms_key_policy` for it, and apply'),
      );
    const ids = [peek(resource, 'key_id'), peek(resource, 'id')];
    const ambiguous = unplaced.find((policy) => ids.some((id) => id !== undefined && id === peek(policy, 'key_id')));
    if (ambiguous !== undefined) return withoutPolicy(resource, notClear(ambiguous, 'read the state file itself'));
    const { configured } = resource;
    if (anyKey === undefined || configured?.('policy') !== 'absent') return resource;
    const isConfigured = (name: string) => (name === 'policy' ? [] : configured(name));
    const whyNoPolicy = notClear(anyKey, 'read the state, which has the policy of each key');
    return { ...resource, whyNoPolicy, configured: isConfigured };
  });
}

function notClear({ address }: SourceResource, advice: string): Unknown {
  return new Unknown(`it is not clear which key ${address} is for`, advice);
}

/** Makes the policy of a key unknown. `why` says why the policy in the source may not be the key's. */
function withoutPolicy(key: SourceResource, why: Unknown): SourceResource {
  return {
    ...key,
    unknown: new Set([...key.unknown, 'policy']),
    why: (attribute) => (attribute === 'policy' ? why : key.why?.(attribute)),
  };
}

/**
 * Returns the `aws_kms_key_policy` of each key that has one. Reports a policy that is for no key of the source, and two policies for one
 * key.
 */
export function keyPoliciesOf(
  resources: readonly SourceResource[],
  places: Places,
  keys: KeyIndex,
): Result<ReadonlyMap<SourceResource, SourceResource>> {
  const collector = createCollector();
  const policies = new Map<SourceResource, SourceResource>();
  const doubled = new Set<SourceResource>();
  for (const policy of resources) {
    if (policy.type !== 'aws_kms_key_policy') continue;
    const { address } = policy;
    const key = keys.named(policy);
    const other = key && policies.get(key);
    if (key === undefined) {
      collector.add(
        report(unplacedPolicy, policy.spanOf('key_id'), {
          resource: address,
          problem: policy.unknown.has('key_id')
            ? 'is for a key that is known only after apply'
            : 'is for a key that is not in this state',
          advice: 'read the state that has both, or leave the policy to Terraform',
          ...(isAnywhere(places.of(policy), places) && unclearRegion),
        }),
      );
    } else if (other !== undefined) {
      doubled.add(key);
      collector.add(
        report(
          unplacedPolicy,
          policy.spanOf('key_id'),
          {
            resource: address,
            problem: `and ${other.address} are for the same key, ${key.address}`,
            advice: 'remove one of them: each apply overwrites the other',
          },
          [{ message: 'the other one', span: other.span }],
        ),
      );
    } else policies.set(key, policy);
  }
  for (const key of doubled) policies.delete(key);
  return collector.result(policies);
}
