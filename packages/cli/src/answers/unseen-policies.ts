import { withAddressesOfPages } from '@keywright/core/diagnostics/addresses';

/** Not part of any project. These can only take access away, so `can` means: unless one of these prevents it. */
export const unseenPolicies = ['service control policies', 'permission boundaries', 'session policies'] as const;

export const unseenPoliciesSentence = withAddressesOfPages(
  `Not considered: ${unseenPolicies.join(', ')}. They can only reduce access (docs/analysis.md).`,
);
