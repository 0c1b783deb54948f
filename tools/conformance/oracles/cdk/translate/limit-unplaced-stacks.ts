/**
 * If a stack without an environment shares values with a stack in an environment, it is compared as if it were deployed in that environment
 * (see `environmentsOf`). The CDK then knows the account, and Keywright does not.
 */
import { type KeyModel, keysOf, type StackModel } from '@keywright/core/resolve/model';
import type { Comparison } from '../compare/comparison.ts';
import type { Difference } from '../compare/difference.ts';
import type { Permission } from '../compare/policy.ts';
import { accountOf, allowsOn, has, identityPoliciesOf, permissionsIn, withoutTest } from '../compare/views.ts';
import { placeOf } from '../source/places.ts';
import type { ExistingName } from '../source/translated.ts';
import { keyLabel } from '../source/who.ts';
import type { Translation } from './translation.ts';

/**
 * Records a limit: an explicit account may turn out to be the account of the stack, which Keywright cannot know. So Keywright assumes that
 * the key does not trust its account, and does not notice that two statements are about the same principal.
 */
export function limitOwnAccount(stack: StackModel, translation: Translation): void {
  const { environments, limits, source } = translation;
  const account = environments.get(stack)?.account;
  if (stack.environment.account !== undefined || account === undefined) return;
  limitGrouping(stack, translation);
  const common = JSON.stringify([...source.principals.values()].map(({ value }) => value));
  for (const key of keysOf(stack)) {
    const texts = common + JSON.stringify(writtenOf(key));
    if (!texts.includes(`"account":"${account}"`) && !texts.includes(`:${account}:root`)) continue;
    limits.push({
      name: 'sameAccount',
      covers: (difference) => {
        if (difference.kind !== 'permission' && difference.kind !== 'grouping') return false;
        if (difference.owner.label !== keyLabel(key)) return false;
        if (difference.kind === 'grouping') return true;
        const { comparison, permission, side } = difference;
        const view = comparison.keys.find(({ label }) => label === difference.owner.label);
        if (side !== 'ours' || view === undefined || accountOf(permission.principal) !== account) return false;
        // The grantee has the access anyway, through an identity policy.
        const isRoot = permission.principal.endsWith(':root');
        const own = identityPoliciesOf(comparison.cdk, permission.principal);
        return [...comparison.cdk.policies.values()].some(
          ({ owner: { kind, label } }) =>
            kind === 'identity' && (isRoot || own.includes(label)) && allowsOn(comparison.cdk, label, permission, view),
        );
      },
    });
  }
}

/**
 * Records a limit: the ARN of an import may have the stack's region and account, which Keywright cannot know. Another stack may have the
 * same ARN as literal text.
 */
function limitGrouping(stack: StackModel, { environments, limits }: Translation): void {
  const { partition, region, account } = placeOf(environments.get(stack) ?? {});
  if (![...stack.imports.values()].some(({ kind }) => kind === 'alias' || kind === 'arn')) return;
  const prefix = `arn:${partition}:kms:${region}:${account}:key/`;
  limits.push({
    name: 'sameAccount',
    covers: (difference) =>
      difference.kind === 'grouping' &&
      difference.owner.kind === 'identity' &&
      difference.ours.some(({ resources }) => resources.some((resource) => resource.startsWith(prefix))),
  });
}

/**
 * Records a limit: the ARN of a role or user has an account, and the stack may be deployed to another account. A policy that is attached in
 * that account would go to a stranger with the same name, so Keywright names the ARN in key policies instead. The CDK attaches a policy.
 */
export function limitNamedAccount({ arn, policy, stack }: ExistingName, { environments, limits }: Translation): void {
  const model = [...environments.keys()].find(({ name }) => name === stack);
  if (model === undefined || !isForAnyAccount(model, arn)) return;
  limits.push({ name: 'namedAccount', covers: (difference) => isAbout(difference, `AWS ${arn}`, policy, stack) });
}

/** Whether a stack may be deployed to an account other than the one in the ARN of a role or user. */
export function isForAnyAccount({ environment }: StackModel, arn: string): boolean {
  return environment.account === undefined && /^arn:[^:]+:iam::\d{12}:/.test(arn);
}

/** Whether Keywright writes a permission into a key policy that the CDK writes on a role or user. */
export function isInKeyPolicy(onGrantee: Permission, principal: string, comparison: Comparison): boolean {
  return comparison.keys.some(({ arn, wildcard, aliasTest, label, stack }) => {
    if (![arn, wildcard, '*'].includes(onGrantee.resource)) return false;
    if (!comparison.compared.has(stack)) return true; // another tool creates its policy
    const condition = withoutTest(onGrantee.condition, aliasTest) ?? onGrantee.condition;
    return has(comparison.ours, label, { ...onGrantee, principal, resource: '*', condition });
  });
}

function isAbout(difference: Difference, principal: string, policy: string, stack: string): boolean {
  const { comparison } = difference;
  switch (difference.kind) {
    case 'permission': {
      const { owner, permission, side } = difference;
      if (owner.kind === 'key') {
        const view = comparison.keys.find(({ label }) => label === owner.label);
        return (
          side === 'ours' &&
          permission.principal === principal &&
          view !== undefined &&
          allowsOn(comparison.kept, policy, permission, view)
        );
      }
      if (side !== 'cdk' || owner.label !== policy) return false;
      return (
        // The CDK drops conditions in identity policies.
        [...permissionsIn(comparison.kept, policy).values()].some(
          (kept) =>
            kept.action === permission.action &&
            kept.resource === permission.resource &&
            (permission.condition === '' || kept.condition === permission.condition) &&
            isInKeyPolicy(kept, principal, comparison),
        ) ||
        // Nobody can change the policy of a key that is imported by ARN or by alias.
        comparison.imports.some((imported) => imported.stack === stack && imported.arn === permission.resource) ||
        permission.condition.includes('kms:ResourceAliases')
      );
    }
    case 'presence': {
      // Returns the ARN in the policy, if it is of another stack.
      const { of, side } = difference;
      return (
        side === 'cdk' &&
        comparison.keys.some(({ arn, stack: owner }) =>
          [`${owner} exports ${arn}`, `${stack} reads ${arn} of ${owner}`, `${stack} depends on ${owner}`].includes(of),
        )
      );
    }
    default:
      return difference.kind === 'grouping' && difference.owner.label === policy;
  }
}

function writtenOf({ properties }: KeyModel): readonly unknown[] {
  return Object.values(properties).flatMap((property): readonly unknown[] =>
    'span' in property ? [property.value] : [...property.values()].map(({ value }) => value),
  );
}
