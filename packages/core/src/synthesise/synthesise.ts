/**
 * Turns the model into the IR. In: stacks with names bound. Out: a program whose policies are decided and whose stacks are
 * in deployment order. A cycle between stacks is KW2009.
 */
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Target } from '../emit/emitter.ts';
import { policiesOf } from '../ir/policies-of.ts';
import type { Program, Resource, SharedParameter, Stack } from '../ir/program.ts';
import { decidePolicies } from '../policy/decide-policies.ts';
import { fitIdentityPolicies } from '../policy/identity-policy-sizes.ts';
import { charactersAreAccepted } from '../policy/policy-characters.ts';
import { createTidy } from '../policy/tidy.ts';
import { decideTrustPolicies } from '../policy/trust-policies.ts';
import { provenance } from '../project/located.ts';
import { keysOf, type Model, type StackModel } from '../resolve/model.ts';
import { createLinks, type Links } from '../stacks/links.ts';
import { orderStacks } from '../stacks/stack-order.ts';
import { synthesiseAlias, synthesiseImportAlias } from './aliases.ts';
import { synthesiseIdentityPolicy, synthesiseWrittenIdentityPolicy } from './identity-policies.ts';
import { synthesiseKey } from './keys.ts';
import { synthesiseImportKmsGrants, synthesiseKmsGrants } from './kms-grants.ts';
import { synthesiseOutputs } from './outputs.ts';
import { policyNamesAreDistinct } from './policy-names-are-distinct.ts';
import { orderPrincipals } from './principal-order.ts';
import { synthesisePrincipal } from './principals.ts';

export function synthesise(model: Model, targets: readonly Target<unknown>[]): Result<Program> {
  const collector = createCollector();
  const links = createLinks(targets);
  const tidy = createTidy(model.settings);
  const trustPolicies = collector.take(decideTrustPolicies(model, links));
  const policies = collector.take(decidePolicies(model, links, tidy));

  // Policies, resources and outputs say what they use of other stacks, so all of them come before any stack's exports.
  const bodies = new Map(
    model.stacks.map((stack) => {
      const keys = [...stack.keys.values()].flatMap((key) =>
        [key, ...key.replicas].flatMap((member): Resource[] => [
          collector.take(synthesiseKey(member, policies.keyPolicies)),
          ...member.aliases.map((alias) => synthesiseAlias(alias, member)),
        ]),
      );
      const resources = [
        ...keys,
        ...[...stack.imports.values()].flatMap((imported) => synthesiseImportAlias(imported, links)),
        ...policies.identityPolicies.of(stack).map((attached) => synthesiseIdentityPolicy(attached, stack, tidy)),
        ...(policies.writtenIdentityPolicies.get(stack) ?? []).map((policy) =>
          synthesiseWrittenIdentityPolicy(policy, stack, tidy),
        ),
        ...keysOf(stack).flatMap((key) => collector.take(synthesiseKmsGrants(key, links))),
        ...[...stack.imports.values()].flatMap((imported) =>
          collector.take(synthesiseImportKmsGrants(imported, links)),
        ),
      ];
      const outputs = collector.take(synthesiseOutputs(stack, links));
      return [stack, { resources, outputs }] as const;
    }),
  );

  const ordered = collector.take(orderStacks(model.stacks, links));
  const stacks = ordered.map((stack): Stack => {
    const { resources = [], outputs = [] } = bodies.get(stack) ?? {};
    const created = collector
      .take(orderPrincipals(stack.created.values(), trustPolicies))
      .map((principal) => collector.take(synthesisePrincipal(principal, trustPolicies, links)));
    return {
      name: stack.name,
      app: model.app,
      environment: stack.environment,
      replicaEnvironments: stack.replicaEnvironments,
      ...(stack.siblingEnvironments.length > 0 && { siblingEnvironments: stack.siblingEnvironments }),
      targets: stack.targets,
      resources: [...created, ...resources, ...synthesiseParameters(stack, links)],
      outputs,
      exports: links.exportsOf(stack),
      imports: links.importsOf(stack),
      dependsOn: links
        .edgesOf(stack)
        .map((edge) => edge.to.name)
        .sort(),
      span: stack.definition.nameSpan,
    };
  });
  const fitted = collector.take(fitIdentityPolicies(stacks, model.settings));
  const documents = fitted.flatMap(({ resources }) => resources.flatMap(policiesOf));
  collector.add(...links.diagnostics, ...policyNamesAreDistinct(fitted), ...documents.flatMap(charactersAreAccepted));
  return collector.result({ app: model.app, stacks: fitted });
}

function synthesiseParameters(stack: StackModel, links: Links): readonly SharedParameter[] {
  return [...links.parametersOf(stack)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([parameterName, shared]) => ({
      kind: 'sharedParameter',
      id: `sharedParameter/${shared.id}`,
      names: {},
      dependsOn: [],
      source: provenance(shared.source),
      parameterName,
      value: shared.value,
    }));
}
