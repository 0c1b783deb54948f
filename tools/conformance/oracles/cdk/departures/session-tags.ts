import { has, permissionsIn } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/**
 * The services that need more than `sts:AssumeRole` to assume a role, with the additional actions. A stack without an environment has no
 * suffix.
 */
const others: Readonly<Record<string, readonly string[]>> = {
  'Service pods.eks.amazonaws.com': ['sts:TagSession'],
  'Service pods.eks.<suffix>': ['sts:TagSession'],
  'Service rolesanywhere.amazonaws.com': ['sts:TagSession', 'sts:SetSourceIdentity'],
  'Service rolesanywhere.<suffix>': ['sts:TagSession', 'sts:SetSourceIdentity'],
};

/** docs/semantics.md: EKS Pod Identity and IAM Roles Anywhere also need `sts:TagSession` to assume a role. */
export const sessionTags: Departure = {
  name: 'a trust policy allows the session tags of EKS Pod Identity and IAM Roles Anywhere',
  reason: 'the CDK writes only sts:AssumeRole, so that neither can assume the role',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'trust' || difference.side !== 'ours')
      return false;
    const { comparison, owner, permission } = difference;
    const needed = others[permission.principal] ?? [];
    return (
      needed.includes(permission.action) &&
      has(comparison.cdk, owner.label, { ...permission, action: 'sts:AssumeRole' })
    );
  },
  owed({ compared, ours }) {
    return [...ours.policies.values()].flatMap(({ owner }) => {
      if (owner.kind !== 'trust' || !compared.has(owner.stack)) return [];
      const permissions = [...permissionsIn(ours, owner.label).values()].filter(({ principal }) => principal in others);
      return permissions.flatMap((permission) =>
        (others[permission.principal] ?? [])
          .filter((action) => !has(ours, owner.label, { ...permission, action }))
          .map((action) => `${owner.label}: no ${action} for ${permission.principal}`),
      );
    });
  },
};
