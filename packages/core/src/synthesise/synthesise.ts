/**
 * Turns the model into the IR. In: stacks with names bound. Out: a program whose policies are decided and whose stacks are
 * in deployment order. A cycle between stacks is KW2009.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Target } from '../emit/emitter.ts';
import { policiesOf } from '../ir/policies-of.ts';
import type { Program, Resource, SharedParameter, Stack } from '../ir/program.ts';
import { decidePolicies } from '../policy/decide-policies.ts';
import { fitIdentityPolicies } from '../policy/identity-policy-sizes.ts';
import { charactersAreAccepted } from '../policy/policy-characters.ts';
import { createTidy } from '../policy/tidy.ts';
import { provenance } from '../project/located.ts';
import type { Project } from '../project/project.ts';
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
import { decideTrustPolicies, synthesisePrincipal } from './principals.ts';

export function synthesise(
  model: Model,
  project: Project,
  targets: readonly Target<unknown>[],
): {
  readonly program: Program;
  readonly usedNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const links = createLinks(targets, diagnostics);
  const tidy = createTidy(model.settings);
  const scope = {
    principals: project.principals,
    environments: project.environments,
    stacks: model.stacks,
    usedNames: new Set<string>(),
    regions: project.settings.regions,
  };
  const trustPolicies = decideTrustPolicies(model.stacks, scope, links, diagnostics);
  const policies = decidePolicies(model, { scope, links, tidy, diagnostics });

  // Policies, resources and outputs say what they use of other stacks, so all of them come before any stack's exports.
  const bodies = new Map(
    model.stacks.map((stack) => {
      const keys = [...stack.keys.values()].flatMap((key) =>
        [key, ...key.replicas].flatMap((member): Resource[] => [
          synthesiseKey(member, policies.keyPolicies, diagnostics),
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
        ...keysOf(stack).flatMap((key) => synthesiseKmsGrants(key, scope, links, diagnostics)),
        ...[...stack.imports.values()].flatMap((imported) =>
          synthesiseImportKmsGrants(imported, scope, links, diagnostics),
        ),
      ];
      const outputs = synthesiseOutputs(stack, links, diagnostics);
      return [stack, { resources, outputs }] as const;
    }),
  );

  const ordered = orderStacks(model.stacks, links, diagnostics);
  const stacks = ordered.map((stack): Stack => {
    const { resources = [], outputs = [] } = bodies.get(stack) ?? {};
    const created = orderPrincipals(stack.created.values(), trustPolicies, diagnostics).map((principal) =>
      synthesisePrincipal(principal, trustPolicies, links, diagnostics),
    );
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
  const fitted = fitIdentityPolicies(stacks, model.settings);
  diagnostics.push(...fitted.diagnostics, ...policyNamesAreDistinct(fitted.stacks));
  const documents = fitted.stacks.flatMap(({ resources }) => resources.flatMap(policiesOf));
  diagnostics.push(...documents.flatMap(charactersAreAccepted));
  return { program: { app: model.app, stacks: fitted.stacks }, usedNames: scope.usedNames, diagnostics };
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
