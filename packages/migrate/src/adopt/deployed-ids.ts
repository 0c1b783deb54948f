import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Found } from './found.ts';

/** What CloudFormation calls a resource of a deployed stack. */
interface Deployed {
  readonly logicalId: string;
  readonly physicalId: string;
  /** Of the stack; absent where the answer does not say it. */
  readonly region: string | undefined;
}

/**
 * The ids that CloudFormation gave the resources of stacks: answers of `describe-stack-resources` or `list-stack-resources`. Undefined for
 * anything else. Source: CloudFormation API reference, StackResource and StackResourceSummary.
 */
export function deployedIds(answers: readonly unknown[]): ((found: Found) => string | undefined) | undefined {
  const deployed: Deployed[] = [];
  for (const answer of answers) {
    const list = isMapping(answer) ? (answer.StackResources ?? answer.StackResourceSummaries) : undefined;
    if (!Array.isArray(list)) return undefined;
    for (const one of list as readonly unknown[]) {
      if (!isMapping(one)) return undefined;
      const { LogicalResourceId: logicalId, PhysicalResourceId: physicalId, StackId: stackId } = one;
      if (typeof logicalId !== 'string' || typeof physicalId !== 'string') continue; // one that was deleted has none
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
    // Templates for several regions have the same logical ids.
    return new Set(ids).size === 1 ? ids[0] : undefined;
  };
}
