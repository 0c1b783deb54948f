import type { Expression, Reference } from '@keywright/core/ir/expression';

/** Returns a reference if the text is the ARN of a resource that is read. */
export type ReferenceTo = (text: string) => Expression | undefined;

/** A resource that other resources refer to. */
export interface Target {
  readonly id: string;
  /** The position in the order of creation. */
  readonly position: number;
  readonly arn: string;
}

/**
 * Restores references, which are text once they are deployed. Text that equals the ARN of an earlier resource becomes a reference to that
 * resource. So there are no cycles, and a key policy that names its own key keeps the text.
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
