import type { Comparison } from './comparison.ts';
import type { Permission, PolicyOwner, Statement } from './policy.ts';

interface DifferenceBase {
  /** The comparison that found this difference, for rules that need more than the difference itself. */
  readonly comparison: Comparison;
}

/** A difference between Keywright's templates and those of the CDK. */
export type Difference =
  /** A permission that only one of the two policies of this owner gives or denies. */
  | (DifferenceBase & {
      readonly kind: 'permission';
      readonly owner: PolicyOwner;
      readonly side: Side;
      readonly permission: Permission;
    })
  /** Two policies mean the same, but their statements are grouped differently. */
  | (DifferenceBase & {
      readonly kind: 'grouping';
      readonly owner: PolicyOwner;
      readonly ours: readonly Statement[];
      readonly cdk: readonly Statement[];
    })
  /** A value is `undefined` if that side lacks the property. */
  | (DifferenceBase & {
      readonly kind: 'property';
      /** For example `key first.orders` or `role first.api`. */
      readonly of: string;
      readonly property: string;
      readonly ours: string | undefined;
      readonly cdk: string | undefined;
    })
  /** A resource, an export or a dependency that only one side has. */
  | (DifferenceBase & { readonly kind: 'presence'; readonly of: string; readonly side: Side });

export type Side = 'ours' | 'cdk';

/** Puts a difference into words, for the report. */
export function describe(difference: Difference): string {
  switch (difference.kind) {
    case 'permission':
      return `${difference.owner.label}: only ${difference.side}: ${JSON.stringify(difference.permission)}`;
    case 'grouping':
      return `${difference.owner.label}: grouped differently\nours: ${JSON.stringify(difference.ours)}\ncdk:  ${JSON.stringify(difference.cdk)}`;
    case 'property':
      return `${difference.of}: ${difference.property}: ours ${difference.ours}, cdk ${difference.cdk}`;
    case 'presence':
      return `${difference.of}: only ${difference.side}`;
  }
}
