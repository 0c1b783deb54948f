import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ExistingResource } from './existing-resource.ts';

interface Deployed {
  readonly logicalId: string;
  readonly physicalId: string;
  /** The stack's region; absent if the answer does not name it. */
  readonly region: string | undefined;
}

/**
 * Looks up the ids that CloudFormation gave the resources of stacks, in answers of `describe-stack-resources` or `list-stack-resources`.
 * Returns `undefined` if `answers` are anything else. Source: CloudFormation API reference, StackResource and StackResourceSummary.
 */
export function deployedIds(
  answers: readonly unknown[],
): ((existing: ExistingResource) => string | undefined) | undefined {
  const deployed: Deployed[] = [];
  for (const answer of answers) {
    const list = isMapping(answer) ? (answer.StackResources ?? answer.StackResourceSummaries) : undefined;
    if (!Array.isArray(list)) return undefined;
    for (const one of list as readonly unknown[]) {
      if (!isMapping(one)) return undefined;
      const { LogicalResourceId: logicalId, PhysicalResourceId: physicalId, StackId: stackId } = one;
      if (typeof logicalId !== 'string' || typeof physicalId !== 'string') continue; // a deleted resource has no physical id
      const region = typeof stackId === 'string' ? stackId.split(':')[3] : undefined;
      deployed.push({ logicalId, physicalId, region });
    }
  }
  return ({ stack, resource, origin }) => {
    const region = resource.region ?? stack.environment.region;
    const ids = deployed.flatMap((one) =>
      one.logicalId === origin.address && (one.region === undefined || region === undefined || one.region === region)
        ? [one.physicalId]
        : [],
    );
    // A template that is deployed in several regions has the same logical ids in each, so an id is used only if it is the only one.
    return new Set(ids).size === 1 ? ids[0] : undefined;
  };
}
