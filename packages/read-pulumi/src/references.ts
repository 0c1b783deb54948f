import type { Expression, Reference } from '@keywright/core/ir/expression';

/** What a text refers to, if it is the ARN of a resource that is read. */
export type ReferenceTo = (text: string) => Expression | undefined;

/** A resource that others refer to. */
export interface Target {
  /** Its id in the program. */
  readonly id: string;
  /** Its place in the order of creation. */
  readonly position: number;
  readonly arn: string;
}

/**
 * An export has no references: they became text when it was deployed. What equals the ARN of a resource that comes before is one
 * again; so there is never a circle, and a key policy that names its own key stays text.
 */
export function createReferences(targets: readonly Target[]): (position: number) => ReferenceTo {
  const byArn = new Map(targets.map((target) => [target.arn, target]));
  return (position) => (text) => {
    const target = byArn.get(text);
    return target === undefined || target.position >= position ? undefined : referenceTo(target.id, 'arn');
  };
}

export function referenceTo(resource: string, attribute: Reference['attribute']): Reference {
  return { kind: 'reference', resource, attribute };
}
