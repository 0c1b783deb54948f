import { resourceIn } from '@keywright/core/emit/references';
import type { Expression } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';

/** Returns the text of an expression in a deployed stack; `undefined` if only the deployment knows it. */
export function knownText(expression: Expression, stack: Stack, ids: ReadonlyMap<string, string>): string | undefined {
  const { account, region, partition } = stack.environment;
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat': {
      const parts = expression.parts.map((part) => knownText(part, stack, ids));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'reference': {
      const resource = resourceIn(stack, expression.resource);
      const { attribute } = expression;
      if (resource.kind === 'key' || resource.kind === 'replicaKey') {
        const id = ids.get(resource.id);
        if (id === undefined || attribute !== 'arn') return id;
        const ownRegion = resource.region ?? region;
        return [account, ownRegion, partition].includes(undefined)
          ? undefined
          : `arn:${partition}:kms:${ownRegion}:${account}:key/${id}`;
      }
      const name = 'physicalName' in resource ? resource.physicalName : undefined;
      if (name === undefined || attribute !== 'arn') return name;
      return account === undefined || partition === undefined
        ? undefined
        : `arn:${partition}:iam::${account}:${resource.kind}/${name}`;
    }
    case 'crossStack':
    case 'pseudo':
      return undefined;
  }
}
