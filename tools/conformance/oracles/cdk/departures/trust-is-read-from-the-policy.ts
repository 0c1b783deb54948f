import type { PrincipalReference } from '@keywright/core/language/principal';
import type { Comparison } from '../compare/comparison.ts';
import type { Difference } from '../compare/difference.ts';
import type { Permission, PolicyOwner, Statement } from '../compare/policy.ts';
import {
  accountOf,
  allowsOn,
  delegates,
  has,
  identityPoliciesOf,
  type KeyView,
  permissionsIn,
} from '../compare/views.ts';
import { listOf } from '../source/list.ts';
import type { Source } from '../source/source.ts';
import { whoAre } from '../source/who.ts';
import { actionsOf } from '../translate/actions.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Does the key trust its account?" */
export const trustIsReadFromThePolicy: Departure = {
  name: 'whether a key trusts its account is read from its policy',
  reason: 'the CDK reads a flag: its grants on a key whose policy leaves the account root out do not work',
  matches(difference) {
    if (difference.kind === 'grouping') return repeatsTheRoot(difference);
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key') return false;
    const { comparison, owner, permission, side } = difference;
    const view = comparison.keys.find(({ label }) => label === owner.label);
    if (view === undefined || permission.effect !== 'Allow' || permission.resource !== '*') return false;
    const isRoot = permission.principal.endsWith(':root');
    // A principal of another account needs the key policy, whether or not that policy trusts the key's own account.
    if (!isRoot && accountOf(permission.principal) !== view.place.account) return false;
    // Looks at the policy before any grant: without a grant to the account itself, and without statements that only the CDK writes.
    const own = grantedToOwnAccount(view, comparison.translation.source);
    const only = isRoot && permission.condition === '' ? [permission.action] : [];
    const granted = side === 'ours' ? own : only;
    const isDelegated = (action: string) => delegates(comparison.cdk, view, action, granted);
    // A grant needs all its actions. So if some of them are not delegated, a statement names the delegated actions too.
    const trusts =
      isDelegated(permission.action) &&
      !(
        side === 'ours' &&
        [...permissionsIn(comparison.ours, owner.label).values()].some(
          (other) =>
            isSameGrant(other, permission) && !isDelegated(other.action) && !has(comparison.cdk, owner.label, other),
        )
      );
    // If the flag is set although the policy does not trust the account, only Keywright has the statement. If the flag is not set although
    // the policy trusts the account, only the CDK has it.
    if (trusts !== (side === 'cdk')) return false;
    return isOnTheGrantee(difference, view);
  },
  owed(comparison) {
    const { compared, keys, kept, ours } = comparison;
    return keys
      .filter(({ stack }) => compared.has(stack))
      .flatMap((view) =>
        [...kept.policies.values()].flatMap(({ owner }) =>
          [...permissionsIn(kept, owner.label).values()]
            .filter(({ action, resource }) => resource === view.arn && !delegates(ours, view, action))
            .flatMap((permission) => {
              const principal = holderOf(owner, comparison);
              if (principal === undefined || accountOf(principal) !== view.place.account) return [];
              const names = [principal, `AWS arn:${view.place.partition}:iam::${view.place.account}:root`];
              const inKeyPolicy = { ...permission, resource: '*' };
              return names.some((name) => has(ours, view.label, { ...inKeyPolicy, principal: name }))
                ? []
                : [`${view.label}: ${JSON.stringify({ ...inKeyPolicy, principal })} is missing`];
            }),
        ),
      );
  },
};

/** Returns the principal that a policy is attached to, in the form of key policies. */
function holderOf({ label }: PolicyOwner, { principals, translation }: Comparison): string | undefined {
  const created = principals.find(({ policy }) => policy === label);
  if (created !== undefined) return created.principal;
  const arns = new Set(translation.existingNames.flatMap(({ arn, policy }) => (policy === label ? [arn] : [])));
  const [only, another] = arns;
  return only !== undefined && another === undefined ? `AWS ${only}` : undefined;
}

function isSameGrant(one: Permission, other: Permission): boolean {
  return JSON.stringify({ ...one, action: '' }) === JSON.stringify({ ...other, action: '' });
}

/** Whether both sides have the same permission in a policy on the grantee. */
function isOnTheGrantee({ comparison, permission }: Extract<Difference, { kind: 'permission' }>, view: KeyView) {
  const both = (label: string) => {
    const stack = comparison.kept.policies.get(label)?.owner.stack;
    // Keywright generates no template for a stack of another tool, so only the CDK's side is checked for such a stack.
    const isOurs =
      stack !== undefined && (!comparison.compared.has(stack) || allowsOn(comparison.ours, label, permission, view));
    return isOurs && allowsOn(comparison.kept, label, permission, view);
  };
  if (!permission.principal.endsWith(':root')) {
    return identityPoliciesOf(comparison.kept, permission.principal).some(both);
  }
  // The key policy names a grantee by its account if it is a group, or if its stack comes after the key's stack.
  const account = accountOf(permission.principal);
  return comparison.principals.some(
    ({ stack, place, policy, created }) =>
      place.account === account &&
      (created.kind === 'group' || comparison.cdk.facts.has(`${stack} depends on ${view.stack}`)) &&
      both(policy),
  );
}

/** Whether the CDK only adds statements, which allow the account root what another statement allows already. */
function repeatsTheRoot({ ours, cdk, comparison }: Extract<Difference, { kind: 'grouping' }>): boolean {
  const texts = (statements: readonly Statement[]) => new Set(statements.map((statement) => JSON.stringify(statement)));
  const [own, other] = [texts(ours), texts(cdk)];
  const more = cdk.filter((statement) => !own.has(JSON.stringify(statement)));
  return (
    !comparison.translation.source.model.settings.defaultKeyPolicies &&
    ours.every((statement) => other.has(JSON.stringify(statement))) &&
    more.every(({ principals }) => principals.length === 1 && principals[0]?.endsWith(':root')) // and the permissions are equal
  );
}

function grantedToOwnAccount({ key, place }: KeyView, source: Source): readonly string[] {
  const isOwn = (references: PrincipalReference | readonly PrincipalReference[]) =>
    whoAre(listOf<PrincipalReference>(references), key.stack, source).some(
      (who) => who.kind === 'described' && 'account' in who.definition && who.definition.account === place.account,
    );
  const admins = key.properties.admins.some(({ value }) => isOwn(value));
  return [
    ...(admins ? actionsOf(['administer'], key.traits) : []),
    ...key.properties.grants.flatMap(({ value: { to, can, via, when } }) =>
      isOwn(to) && via === undefined && when === undefined ? actionsOf(listOf<string>(can), key.traits) : [],
    ),
  ];
}
