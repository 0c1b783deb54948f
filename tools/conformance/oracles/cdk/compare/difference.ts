import type { Comparison } from './comparison.ts';
import type { Permission, PolicyOwner, Statement } from './policy.ts';

interface DifferenceBase {
  /** Both sides as a whole, for rules that look further than this difference. */
  readonly comparison: Comparison;
}

/** A difference between Keywright's templates and those of the CDK. */
export type Difference =
  /** Something that only one of the two policies of this owner allows or denies. */
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
      /** `key first.orders`, `role first.api`. */
      readonly of: string;
      readonly property: string;
      readonly ours: string | undefined;
      readonly cdk: string | undefined;
    })
  /** Only one side has something: a resource, an export, a dependency. */
  | (DifferenceBase & { readonly kind: 'presence'; readonly of: string; readonly side: Side });

export type Side = 'ours' | 'cdk';

/** In words, for the report. */
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
