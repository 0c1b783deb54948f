import { type Expression, partsOf } from './expression.ts';
import type { Environment, ReplicaKey, Resource } from './program.ts';
import { rewriteWhole } from './rewrite.ts';

/**
 * Replaces ARNs of replicas in a resource by references to the replicas. A text in YAML or a template cannot refer to a replica: it
 * composes the replica's ARN from the id of the primary key, which the replica shares.
 */
export function withReplicaArns<R extends Resource>(
  resource: R,
  replicas: readonly ReplicaKey[],
  environment: Environment,
): R {
  if (replicas.length === 0) return resource;
  return rewriteWhole(resource, (expression) => {
    const replica = replicas.find((one) => isArnOf(one, expression, environment));
    return replica === undefined ? expression : { kind: 'reference', resource: replica.id, attribute: 'arn' };
  });
}

function isArnOf(
  { primary, region }: ReplicaKey,
  expression: Expression,
  { account, partition }: Environment,
): boolean {
  const parts = partsOf(expression);
  const last = parts.at(-1);
  if (last?.kind !== 'reference' || last.resource !== primary || last.attribute !== 'id') return false;
  const places = { account, partition, region: undefined, dnsSuffix: undefined };
  const texts = parts.slice(0, -1).map((part) => {
    if (part.kind === 'literal') return part.text;
    return part.kind === 'pseudo' ? (places[part.name] ?? `\${${part.name}}`) : '?';
  });
  return texts.join('') === `arn:${partition ?? '${partition}'}:kms:${region}:${account ?? '${account}'}:key/`;
}
