/** Turns the model into the IR, once the policies are decided and the links between stacks are known. */
import { inStack, resultInStack } from '../diagnostics/in-stack.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { policiesOf } from '../ir/policies-of.ts';
import type { Program, Resource, Stack } from '../ir/program.ts';
import { withReplicaArns } from '../ir/replica-arns.ts';
import type { Policies } from '../policy/decide-policies.ts';
import { fitIdentityPolicies } from '../policy/identity-policy-sizes.ts';
import { charactersAreAccepted } from '../policy/policy-characters.ts';
import { keysOf, type Model } from '../resolve/model.ts';
import { isOfSeveral } from '../resolve/stack-environments.ts';
import { synthesiseAlias } from './aliases.ts';
import { synthesiseIdentityPolicy } from './identity-policies.ts';
import { synthesiseKey } from './keys.ts';
import type { LinkedStack } from './link-stacks.ts';
import { policyNamesAreDistinct } from './policy-names-are-distinct.ts';
import { orderPrincipals } from './principal-order.ts';
import { synthesisePrincipal } from './principals.ts';

export function synthesise(model: Model, linked: readonly LinkedStack[], policies: Policies): Result<Program> {
  const collector = createCollector();
  const { keyPolicies, identityPolicies, trustPolicies } = policies;
  const stacks = linked.map(({ model: stack, aliases, kmsGrants, parameters, physicalNameOf, ...links }): Stack => {
    const principals = collector
      .take(resultInStack(stack, orderPrincipals(stack.created.values(), trustPolicies)))
      .map((principal) => {
        const synthesised = synthesisePrincipal(principal, trustPolicies, physicalNameOf(principal));
        return collector.take(resultInStack(stack, synthesised));
      });
    const keys = keysOf(stack).flatMap((key): readonly Resource[] => [
      collector.take(resultInStack(stack, synthesiseKey(key, keyPolicies))),
      ...key.aliases.map((alias) => synthesiseAlias(alias, key)),
    ]);
    const replicas = keys.filter((resource) => resource.kind === 'replicaKey');
    const attached = (identityPolicies.get(stack) ?? []).map((policy) =>
      withReplicaArns(synthesiseIdentityPolicy(policy, stack), replicas, stack.environment),
    );
    return {
      name: stack.name,
      app: model.app,
      ...(isOfSeveral(stack) && { definition: stack.definition.name }),
      environment: stack.environment,
      replicaEnvironments: stack.replicaEnvironments,
      ...(isOfSeveral(stack) && stack.differences.length > 0 && { differences: stack.differences }),
      targets: stack.targets,
      resources: [...principals, ...keys, ...aliases, ...attached, ...kmsGrants, ...parameters],
      ...links,
      span: stack.definition.nameSpan,
    };
  });
  const fitted = collector.take(fitIdentityPolicies(stacks, model.settings));
  const ofCharacters = fitted.flatMap((stack) =>
    inStack(stack, stack.resources.flatMap(policiesOf).flatMap(charactersAreAccepted)),
  );
  collector.add(...policyNamesAreDistinct(fitted), ...ofCharacters);
  return collector.result({ app: model.app, stacks: fitted });
}
