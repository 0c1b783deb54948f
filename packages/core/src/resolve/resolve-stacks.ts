import type { Context, LookupQuery } from '../context/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import { resultInStack } from '../diagnostics/in-stack.ts';
import { definedTwice, sameStackName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { isServiceHost, type PrincipalReference } from '../language/principal.ts';
import { type Located, oneOrMore, property, retyped } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { bindReference, everyoneInAccount } from './bind-principals.ts';
import { asShapeDifference, type Draft, deploymentsOf } from './deployments.ts';
import { differencesHold } from './differences-hold.ts';
import { createEnvironmentSets, type EnvironmentSets, environmentsAt } from './environment-sets.ts';
import { declaredNames } from './environment-values.ts';
import { environmentsExist } from './environments.ts';
import { givenNameAt } from './given-names.ts';
import { keySetsAreUsed } from './key-sets-are-used.ts';
import { likenesses, noLikenesses } from './like-accounts.ts';
import type { BoundReference, CreatedBody, CreatedModel, IdentityPolicyModel, Model, StackModel } from './model.ts';
import { lookupsOf, resolveImports } from './resolve-imports.ts';
import { resolveKeys } from './resolve-keys.ts';
import { resolveRequirements } from './resolve-requirements.ts';
import { createScope, type Scope } from './scope.ts';
import { serviceIsNamedRight } from './service-hosts.ts';
import { stacksAreInPlace } from './stacks-are-in-place.ts';
import { resolveUnused } from './unused.ts';

export interface Resolution {
  readonly model: Model;
  /** The project's lookups, without duplicates. */
  readonly lookups: readonly LookupQuery[];
}

/**
 * Binds the names of a project: stacks to their environments, keys to their standards, references to principals, and imports to the context
 * file or to keys of other stacks. Names in unused standards and groups are bound too. `targetNames` are the targets that a stack may name.
 * What cannot be bound is reported and left out. `isOnceForLike`: whether only the first of several accounts that are like each other is
 * resolved.
 */
export function resolveStacks(
  project: Project,
  targetNames: readonly string[],
  context: Context | undefined,
  isOnceForLike = false,
): Result<Resolution> {
  const collector = createCollector();
  collector.add(...environmentsExist(project));
  const environments = collector.take(createEnvironmentSets(project));
  const declarations = { project, environments, usedDifferences: new Map(), declared: declaredNames(project) };
  const expanded = collector.take(deploymentsOf(declarations, targetNames));
  const { deployments, usedKeySets } = expanded;
  const like = isOnceForLike ? likenesses(project, environments, deployments) : noLikenesses;
  const stacks = deployments.filter((deployment) => !like.has(deployment));
  const scope = createScope(declarations, stacks, deployments);
  collector.add(...bindStacks(stacks, scope));
  for (const deployment of deployments) {
    const first = like.get(deployment);
    if (first !== undefined && first.replicaEnvironments.length > 0) {
      deployment.replicaEnvironments = inSameRegions(first.replicaEnvironments, deployment, environments);
    }
  }
  collector.add(...stackNamesAreUnique(deployments));
  for (const stack of stacks) {
    stack.imports = collector.take(resultInStack(stack, resolveImports(stack, scope, context)));
  }
  collector.add(...stacksAreInPlace(stacks, project, environments));
  // An invalid file, or a stack that was left out, may be the only user of a name.
  const isWhole = project.isWhole && expanded.isWhole;
  if (isWhole) collector.add(...differencesHold(scope), ...keySetsAreUsed(project, usedKeySets));
  const unusedStandards = isWhole ? collector.take(resolveUnused(scope, usedKeySets)) : [];
  const requirements = collector.take(resolveRequirements(scope, isWhole));
  const model = {
    app: project.app,
    settings: project.settings,
    environments,
    stacks,
    deployments,
    likenesses: like,
    unusedStandards,
    requirements,
    trustedFiles: trustedFilesOf(project),
  };
  return collector.result({ model, lookups: lookupsOf(stacks) });
}

/** Binds the names in stacks, except those of imports; returns the problems with these names. */
function bindStacks(stacks: readonly Draft<StackModel>[], scope: Scope): readonly Diagnostic[] {
  const collector = createCollector();
  // Created principals come first, since every stack can name them.
  const created = stacks.flatMap((stack) => {
    const ofStack = collector.take(resultInStack(stack, createdIn(stack, scope.project)));
    stack.created = ofStack;
    return [...ofStack.values()];
  });
  for (const principal of created) {
    principal.assumedBy = collector.take(resultInStack(principal.stack, bindTrusted(principal, scope)));
  }
  for (const stack of stacks) {
    stack.identityPolicies = collector.take(resultInStack(stack, bindIdentityPolicies(stack, scope)));
  }
  for (const stack of stacks) {
    const { differences, ...keys } = collector.take(resultInStack(stack, resolveKeys(stack, scope)));
    const all = [...stack.differences, ...differences.map(asShapeDifference)];
    // Keys that build on one standard repeat its differences.
    Object.assign(stack, { ...keys, differences: all.length < 2 ? all : eachOnce(all) });
  }
  return collector.diagnostics;
}

function trustedFilesOf({ access }: Project): ReadonlySet<string> {
  return new Set([...access].flatMap(([path, { isTrusted }]) => (isTrusted ? [path] : [])));
}

/** The environments of a deployment's account in the regions of `others`, one for each region. */
function inSameRegions(
  others: readonly Environment[],
  { environment: { account } }: StackModel,
  sets: EnvironmentSets,
): readonly Environment[] {
  return others.flatMap(({ region }) => environmentsAt(sets, account, region).slice(0, 1));
}

/** The roles, users and groups that a stack creates, by name. The principals that roles trust are bound once all of these exist. */
function createdIn(stack: StackModel, project: Project): Result<ReadonlyMap<string, Draft<CreatedModel>>> {
  const collector = createCollector();
  const created = new Map<string, Draft<CreatedModel>>();
  for (const definition of stack.sections.principals) {
    const { name, value } = definition;
    const shadowed = project.principals.get(name);
    if (shadowed !== undefined) {
      const related = [{ message: 'the principal of the project', span: shadowed.nameSpan }];
      collector.add(report(definedTwice, definition.nameSpan, { kind: 'principal', name }, related));
      continue;
    }
    // References to the name in other files would change their meaning.
    if (name === everyoneInAccount && project.access.get(definition.span.file)?.isTrusted !== true) {
      collector.add(report(definedTwice, definition.nameSpan, { kind: 'principal', name }));
      continue;
    }
    const kind = 'role' in value ? 'role' : 'user' in value ? 'user' : 'group';
    const body: Located<CreatedBody> =
      property(definition as Located<Partial<Record<typeof kind, CreatedBody>>>, kind) ?? retyped(definition, {}); // a principal has the property of its kind
    const written = property(body, 'name');
    const givenName = written && collector.take(givenNameAt(written, stack.place));
    const principal = { kind, name, id: `${kind}/${name}`, definition, body, assumedBy: [], stack } as const;
    created.set(name, { ...principal, ...(givenName !== undefined && { givenName }) });
  }
  return collector.result(created);
}

function bindIdentityPolicies(stack: StackModel, scope: Scope): Result<readonly IdentityPolicyModel[]> {
  const collector = createCollector();
  const policies = stack.sections.identityPolicies.flatMap((definition) => {
    const reference = property(definition, 'attachTo');
    if (reference === undefined) return []; // the schema requires one
    return [{ definition, attachTo: collector.take(bindReference(reference, stack, scope)) }];
  });
  return collector.result(policies);
}

function bindTrusted({ definition, stack }: CreatedModel, scope: Scope): Result<readonly BoundReference[]> {
  const { value } = definition;
  if (!('role' in value)) return { value: [], diagnostics: [] };
  const collector = createCollector();
  const role = property(retyped(definition, value), 'role');
  const trusted = oneOrMore<PrincipalReference>(role && property(role, 'assumedBy')).map(
    (reference): BoundReference => {
      if (typeof reference.value !== 'string' || !isServiceHost(reference.value)) {
        return collector.take(bindReference(reference, stack, scope));
      }
      const host = retyped(reference, reference.value);
      collector.add(...serviceIsNamedRight(host, stack.place, scope.project.settings.regions));
      const principal = { kind: 'service', host: literal(host.value) } as const;
      const { value: label, span } = host;
      return {
        reference,
        grantees: [{ kind: 'outside', category: 'service', label, span, principal, conditions: [] }],
      };
    },
  );
  return collector.result(trusted);
}

function stackNamesAreUnique(stacks: readonly StackModel[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<string, StackModel>();
  const claim = (name: string, kind: string, stack: StackModel) => {
    const owner = owners.get(name.toLowerCase());
    if (owner === undefined) owners.set(name.toLowerCase(), stack);
    else if (owner.definition === stack.definition && owner.name === stack.name && kind === 'stacks') {
      const { name: environment = '' } = stack.environment;
      const again = oneOrMore(property(stack.definition, 'environment')).findLast(({ value }) => value === environment);
      diagnostics.push(report(sameStackName, again?.span, { name, kind, areTwo: false, environment }));
    } else {
      const related = [{ message: `stack \`${owner.name}\``, span: owner.definition.nameSpan }];
      diagnostics.push(report(sameStackName, stack.definition.nameSpan, { name, kind, areTwo: true }, related));
    }
  };
  for (const stack of stacks) claim(stack.name, 'stacks', stack);
  for (const stack of stacks) {
    for (const { name } of stack.replicaEnvironments) {
      claim(`${stack.name}-${name}`, 'stacks or replica templates', stack);
    }
  }
  return diagnostics;
}
