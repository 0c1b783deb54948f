import type { CreatedModel, KeyModel } from '@keywright/core/resolve/model';
import { principalName } from '../compare/deployed.ts';
import type { Difference } from '../compare/difference.ts';
import { permissionsIn } from '../compare/views.ts';
import { placeOf } from '../source/places.ts';
import { keyLabel } from '../source/who.ts';
import type { Translation } from './translation.ts';

/** Records a limit: the CDK has no replicas. A key in a separate stack represents each replica. */
export function limitReplica(replica: KeyModel, { limits }: Translation): void {
  limits.push({ name: 'replica', covers: (difference) => isPassedOn(difference, replica) });
}

/**
 * Whether a difference results from this limit: Keywright passes the ARN of a principal to the stack of a replica, and from that stack to
 * the replica's template. In the CDK, the key that represents the replica uses a fixed name instead.
 */
function isPassedOn(difference: Difference, replica: KeyModel): boolean {
  if (difference.kind !== 'presence' || difference.side !== 'ours') return false;
  const { comparison, of } = difference;
  // Keywright's side has the same permissions as the CDK's, but none for a stack of another tool. So they are taken from the CDK's side.
  const named = [...permissionsIn(comparison.cdk, keyLabel(replica)).values()].map(({ principal }) => principal);
  const consumer = replica.stack.name;
  return comparison.principals.some(({ stack, principal }) => {
    if (!named.includes(principal)) return false;
    const arn = principal.slice('AWS '.length);
    return [
      `${stack} exports ${arn}`,
      `${consumer} reads ${arn} of ${stack}`,
      `${consumer} depends on ${stack}`,
    ].includes(of);
  });
}

/**
 * Records a limit: in the CDK, a replica and a grantee in the same place are in two stacks, and one of these depends on the other. So the
 * CDK may name the account instead.
 */
export function limitReplicaNear(
  replica: KeyModel,
  created: CreatedModel,
  { environments, limits }: Translation,
): void {
  const { account, partition } = placeOf(environments.get(created.stack) ?? {});
  const root = `AWS arn:${partition}:iam::${account}:root`;
  const own = `AWS arn:${partition}:iam::${account}:${created.kind}/${principalName(created)}`;
  const label = `${created.kind} ${created.stack.name}.${created.name}`;
  limits.push({
    name: 'replicaNear',
    covers: (difference) => {
      if (difference.kind === 'permission') {
        return difference.owner.label === keyLabel(replica) && [root, own].includes(difference.permission.principal);
      }
      if (difference.kind === 'presence') {
        return difference.side === 'ours' && difference.of === `${replica.stack.name} depends on ${created.stack.name}`;
      }
      return (
        difference.kind === 'property' &&
        difference.of === label &&
        ['RoleName', 'UserName'].includes(difference.property)
      );
    },
  });
}
