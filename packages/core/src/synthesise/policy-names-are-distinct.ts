import { reportClaim } from '../diagnostics/claimed-twice.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { policyNameInEveryRegion, policyNameTwice } from '../diagnostics/policy.ts';
import { type Expression, expressionKey, literal } from '../ir/expression.ts';
import { holderName, isUnderIdentityPolicies } from '../ir/holder-name.ts';
import type { IdentityPolicy, Stack } from '../ir/program.ts';

/**
 * Reports inline policies with one name on one role, user or group (KW3071), since the second would replace the first. Keywright's own
 * names are distinct, so either the YAML gives one of the two names, or a stack names a principal in two ways. Deployments of a stack to
 * several regions clash too, since a role is the same in all regions (KW3074).
 */
export function policyNamesAreDistinct(stacks: readonly Stack[]): readonly Diagnostic[] {
  const owners = new Map<string, { readonly stack: string; readonly policy: IdentityPolicy }>();
  return stacks.flatMap((stack) =>
    stack.resources.flatMap((resource): readonly Diagnostic[] => {
      if (resource.kind !== 'identityPolicy') return [];
      const { policyName, attachTo } = resource;
      const { name, environment } = stack;
      const holder = `${attachTo.kind} \`${holderName(resource)}\``;
      const isOwn = attachTo.name.kind === 'reference';
      // Keywright's own names are not literal here, since they end in the deployment's region.
      if (!isOwn && environment.region === undefined && policyName.kind === 'literal') {
        const parameters = { policy: policyName.text, holder, stack: name };
        return inStack(stack, [report(policyNameInEveryRegion, resource.source.span, parameters)]);
      }
      const iamName = iamNameOf(attachTo.name, stack);
      // If the tool generates a principal's name, only the principal's own stack attaches policies to it.
      const home = iamName.kind === 'reference' ? `stack ${name}` : (environment.account ?? '');
      const identity = JSON.stringify([home, attachTo.kind, expressionKey(iamName), expressionKey(policyName)]);
      const owner = owners.get(identity);
      if (owner === undefined) {
        owners.set(identity, { stack: name, policy: resource });
        return [];
      }
      const isWritten = isUnderIdentityPolicies(owner.policy);
      const message = isWritten ? 'this policy has that name too' : 'this grant is in a policy of that name too';
      const policy = policyName.kind === 'literal' ? policyName.text : `keywright-${stack.app}-${name}.<region>`;
      const areNamedApart = !isUnderIdentityPolicies(resource) && !isWritten && owner.policy.name !== resource.name;
      const other = owner.stack === name && areNamedApart ? owner.policy.name : undefined;
      const both = owner.stack === name && other === undefined ? [resource, owner.policy] : [];
      const written = both.flatMap((one) => (isUnderIdentityPolicies(one) ? [one.name] : []));
      const parameters = { policy, holder, ...(other !== undefined && { other }), written };
      const claim = { stack, span: resource.source.span };
      const first = { stack: { name: owner.stack }, span: owner.policy.source.span };
      return [reportClaim(policyNameTwice, claim, first, parameters, message)];
    }),
  );
}

/** The IAM name, if known, of the principal that a policy is attached to. */
function iamNameOf(name: Expression, { resources }: Stack): Expression {
  if (name.kind !== 'reference') return name;
  const created = resources.find(({ id }) => id === name.resource);
  const physicalName = created !== undefined && 'physicalName' in created ? created.physicalName : undefined;
  return physicalName === undefined ? name : literal(physicalName);
}
