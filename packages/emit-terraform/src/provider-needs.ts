import type { Resource, Stack } from '@keywright/core/ir/program';

export type ProviderMajor = 5 | 6;

/** A feature that the AWS provider gained after the first release of a major version. */
export interface ProviderNeed {
  /** For example `a key with the spec ML_DSA_65`. */
  readonly what: string;
  /** The first minor version with the feature, by major version; absent if no version has it. */
  readonly since: { readonly [major in ProviderMajor]?: number };
}

/** The features that a resource needs from the provider. The versions are from the provider's changelog. */
export function providerNeedsOf(resource: Resource): readonly ProviderNeed[] {
  if (resource.kind !== 'key') return [];
  const { spec, origin } = resource;
  const needs: ProviderNeed[] = [];
  // hashicorp/terraform-provider-aws#37140
  if (resource.rotation.enabled) needs.push({ what: 'a key with a rotation period', since: { 5: 49, 6: 0 } });
  // hashicorp/terraform-provider-aws#44011
  if (origin === 'EXTERNAL' && spec !== 'SYMMETRIC_DEFAULT')
    needs.push({ what: 'a key with imported material and a spec other than SYMMETRIC_DEFAULT', since: { 6: 11 } });
  // hashicorp/terraform-provider-aws#43128; version 6.1 was withdrawn.
  if (spec.startsWith('ML_DSA_')) needs.push({ what: `a key with the spec ${spec}`, since: { 6: 2 } });
  // hashicorp/terraform-provider-aws#45007. The provider accepts the specs that its version of the AWS SDK has.
  if (spec === 'ECC_NIST_EDWARDS25519') needs.push({ what: `a key with the spec ${spec}`, since: { 6: 21 } });
  return needs;
}

/** Returns the version constraint of a stack's module: at least the lowest minor version that has all features. */
export function providerConstraint(stack: Stack, major: ProviderMajor): string {
  const minors = stack.resources.flatMap(providerNeedsOf).map(({ since }) => since[major] ?? 0);
  return `~> ${major}.${Math.max(0, ...minors)}`;
}
