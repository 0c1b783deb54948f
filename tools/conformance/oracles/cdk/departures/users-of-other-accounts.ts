import type { Comparison } from '../compare/comparison.ts';
import type { Policy } from '../compare/deployed.ts';
import type { Difference } from '../compare/difference.ts';
import type { Permission, PolicyOwner } from '../compare/policy.ts';
import { has, permissionsIn } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands": a user is writable only in the account of the stack that has the policy. */
export const usersOfOtherAccounts: Departure = {
  name: 'nothing is attached to a user of another account',
  reason: 'the CDK attaches the policy to the user of that name in its own account',
  matches(difference) {
    if (difference.kind === 'presence') return isForSuchAUser(difference);
    if (difference.kind !== 'permission' || difference.side !== 'cdk') return false;
    const { comparison, owner, permission } = difference;
    return usersMistakenFor(owner, comparison).some((arn) => isInKeyPolicy(arn, permission, comparison));
  },
};

/** Returns the ARNs of users in other accounts with the same name as the owner of a policy. The CDK takes such a user for the owner. */
function usersMistakenFor({ kind, label, stack }: PolicyOwner, { places, translation }: Comparison): readonly string[] {
  if (kind !== 'identity') return [];
  return translation.existingNames.flatMap(({ arn, policy }) => {
    const [, account] = /^arn:[^:]+:iam::(\d{12}):user\//.exec(arn) ?? [];
    return policy === label && account !== undefined && account !== places.get(stack)?.account ? [arn] : [];
  });
}

/** Whether the key policy allows the same to the user. True for a key that is not compared. */
function isInKeyPolicy(arn: string, permission: Permission, { compared, keys, ours }: Comparison): boolean {
  const view = keys.find((one) => one.arn === permission.resource);
  if (view === undefined || !compared.has(view.stack)) return true;
  return has(ours, view.label, { ...permission, sid: '', principal: `AWS ${arn}`, resource: '*' });
}

/** Whether the CDK shares the ARN of a key only because it attaches the policy of another account's user to a user of the same name. */
function isForSuchAUser({ comparison, of, side }: Extract<Difference, { kind: 'presence' }>): boolean {
  if (side !== 'cdk') return false;
  const { cdk, keys } = comparison;
  return keys.some(({ arn, stack: owner }) => {
    const using = [...cdk.policies.values()].filter(
      (policy) =>
        policy.owner.stack !== owner &&
        [...permissionsIn(cdk, policy.owner.label).values()].some(({ resource }) => resource === arn),
    );
    const isMistaken = (policy: Policy) => usersMistakenFor(policy.owner, comparison).length > 0;
    if (of === `${owner} exports ${arn}`) return using.length > 0 && using.every(isMistaken);
    return using.some(({ owner: { stack: reader } }) => {
      const facts = [`${reader} reads ${arn} of ${owner}`, `${reader} depends on ${owner}`];
      return facts.includes(of) && using.filter((policy) => policy.owner.stack === reader).every(isMistaken);
    });
  });
}
