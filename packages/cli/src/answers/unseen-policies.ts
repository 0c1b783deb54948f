import { withAddressesOfPages } from '@keywright/core/diagnostics/addresses';

/**
 * Policies that are not part of any project. They can only take access away, so `can` means "can, unless one of these policies prevents
 * it".
 */
export const unseenPolicies = ['service control policies', 'permissions boundaries', 'session policies'] as const;

export const unseenPoliciesSentence = withAddressesOfPages(
  `Not considered: ${unseenPolicies.join(', ')}. They can only reduce access (docs/analysis.md).`,
);
