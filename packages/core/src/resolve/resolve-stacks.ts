import type { Context, LookupQuery } from '../context/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import { resultInStack } from '../diagnostics/in-stack.ts';
import { definedTwice, sameStackName, tooManyParts, unknownTarget } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import type { KeyDefinition } from '../language/key.ts';
import { isServiceHost, type PrincipalReference } from '../language/principal.ts';
import type { StackDefinition, StackDifference } from '../language/stack.ts';
import { elements, type Located, type Named, oneOrMore, property, retyped } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { bindReference, everyoneInAccount } from './bind-principals.ts';
import { type Difference, differencesIn, presence } from './differences.ts';
import { differencesHold } from './differences-hold.ts';
import { createEnvironmentSets, type EnvironmentSets, environmentsAt } from './environment-sets.ts';
import { declaredNames } from './environment-values.ts';
import { environmentsExist } from './environments.ts';
import { givenNameAt } from './given-names.ts';
import { inheritedTags } from './inherited-tags.ts';
import { interpolate } from './interpolate.ts';
import { keysOfSets } from './key-sets.ts';
import { keySetsAreUsed } from './key-sets-are-used.ts';
import { likenesses, noLikenesses } from './like-accounts.ts';
import type {
  BoundReference,
  CreatedBody,
  CreatedModel,
  IdentityPolicyModel,
  Model,
  ShapeDifference,
  StackModel,
} from './model.ts';
import { placeOf } from './place.ts';
import { lookupsOf, resolveImports } from './resolve-imports.ts';
import { resolveKeys } from './resolve-keys.ts';
import { resolveRequirements } from './resolve-requirements.ts';
import { createScope, type Declarations, type Scope } from './scope.ts';
import { sectionsOf } from './sections.ts';
import { serviceIsNamedRight } from './service-hosts.ts';
import { shapeDifferencesOfStack } from './shape-differences.ts';
import { collectEnvironments, deploymentName, nameTextOf } from './stack-environments.ts';
import { stacksAreInPlace } from './stacks-are-in-place.ts';
import { resolveUnused } from './unused.ts';

/** A part of the model under construction: its readonly properties are set here, once. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface Resolution {
  readonly model: Model;
  /** The project's lookups, without duplicates. */
  readonly lookups: readonly LookupQuery[];
}

/**
 * Binds the names of a project: stacks to their environments, keys to their standards, references to principals,
 * imports to the context file or to keys of other stacks; unused standards and groups too. `targetNames` are the
 * targets that a stack may name. What cannot be bound is reported and left out. `isOnceForLike`: whether only the first
 * of several accounts that are like each other is resolved.
 */
export function resolveStacks(
  project: Project,
  targetNames: readonly string[],
  context: Context,
  isOnceForLike = false,
): Result<Resolution> {
  const collector = createCollector();
  collector.add(...environmentsExist(project));
  const environments = collector.take(createEnvironmentSets(project));
  const declarations = { project, environments, usedDifferences: new Map(), declared: declaredNames(project) };
  const usedKeySets = new Set<string>();
  const keysOfSet = new Map(
    [...project.stacks.values()].map((stack) => [stack, collector.take(keysOfSets(stack, project, usedKeySets))]),
  );
  const tooMany = firstBeyondLimit(project, environments, keysOfSet);
  if (tooMany !== undefined) collector.add(report(tooManyParts, tooMany.nameSpan, { limit: partLimit }));
  const definitions = tooMany === undefined ? [...project.stacks.values()] : [];
  const deployments = definitions.flatMap((definition) =>
    collector.take(deploymentsOf(definition, keysOfSet.get(definition) ?? [], declarations, targetNames)),
  );
  const like = isOnceForLike ? likenesses(project, environments, deployments) : noLikenesses;
  const stacks = deployments.filter((deployment) => !like.has(deployment));
  const scope = createScope(declarations, stacks, deployments);
  // Created principals come first, since every stack can name them.
  const created = stacks.flatMap((stack) => {
    const ofStack = collector.take(resultInStack(stack, createdIn(stack, project)));
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
  collector.add(...stacksAreInPlace(stacks, project, scope.environments));
  // An invalid file, or a stack that was left out, may be the only user of a name.
  const isWhole = project.isWhole && tooMany === undefined;
  if (isWhole) collector.add(...differencesHold(scope), ...keySetsAreUsed(project, usedKeySets));
  const unusedStandards = isWhole ? collector.take(resolveUnused(scope, usedKeySets)) : [];
  const requirements = collector.take(resolveRequirements(scope, isWhole));
  const { app, settings } = project;
  const trustedFiles = new Set([...project.access].flatMap(([path, { isTrusted }]) => (isTrusted ? [path] : [])));
  const model = {
    app,
    settings,
    environments,
    stacks,
    deployments,
    likenesses: like,
    unusedStandards,
    requirements,
    trustedFiles,
  };
  return collector.result({ model, lookups: lookupsOf(stacks) });
}

/** The environments of a deployment's account in the regions of `others`, one for each region. */
function inSameRegions(
  others: readonly Environment[],
  { environment: { account } }: StackModel,
  sets: EnvironmentSets,
): readonly Environment[] {
  return others.flatMap(({ region }) => environmentsAt(sets, account, region).slice(0, 1));
}

function asShapeDifference({ entry, set: { kind } }: Difference<unknown>): ShapeDifference {
  return { environments: entry.name, kind, span: entry.nameSpan };
}

/** The maximum number of keys, principals and imports in all stacks and environments of a project. */
const partLimit = 200_000;

/** The first stack that takes the number of parts over the limit, counting all environments of it and of the stacks before it. */
function firstBeyondLimit(
  project: Project,
  sets: EnvironmentSets,
  keysOfSet: ReadonlyMap<Named<StackDefinition>, readonly Named<KeyDefinition>[]>,
): Named<StackDefinition> | undefined {
  let parts = 0;
  for (const definition of project.stacks.values()) {
    const { principals = {}, imports = {} } = definition.value;
    const ofSets = Object.fromEntries((keysOfSet.get(definition) ?? []).map(({ name, value }) => [name, value]));
    const keys = { ...ofSets, ...definition.value.keys };
    const deployments = collectEnvironments(definition, sets).value.length;
    const replicas = Object.values(keys).reduce((sum, key) => sum + (key.replicas?.length ?? 0), 0);
    const count = [keys, principals, imports].reduce((sum, section) => sum + Object.keys(section).length, replicas);
    parts += deployments * count;
    if (parts > partLimit) return definition;
  }
  return undefined;
}

function deploymentsOf(
  definition: Named<StackDefinition>,
  ofSets: readonly Named<KeyDefinition>[],
  declarations: Declarations,
  targetNames: readonly string[],
): Result<readonly Draft<StackModel>[]> {
  const { project, declared } = declarations;
  const collector = createCollector();
  const environments = collector.take(collectEnvironments(definition, declarations.environments));

  const selected = elements(property(definition, 'targets'));
  for (const target of selected) {
    if (targetNames.includes(target.value)) continue;
    collector.add(report(unknownTarget, target.span, { name: target.value, candidates: targetNames }));
  }
  const targets =
    selected.length === 0 ? targetNames : targetNames.filter((name) => selected.some((one) => one.value === name));

  const unchanged = sectionsOf(definition, [], ofSets);
  const deployments = environments.flatMap((environment): readonly Draft<StackModel>[] => {
    const differences = differencesIn<StackDifference>(definition, environment, declarations);
    const { absentBy, diagnostics } = presence(differences, `stack \`${definition.name}\``);
    collector.add(...diagnostics);
    if (absentBy !== undefined) return [];
    const sections = collector.take(differences.length === 0 ? unchanged : sectionsOf(definition, differences, ofSets));
    const name = deploymentName(definition, environment.name);
    const names = { app: literal(project.app), stack: nameTextOf({ name, definition, environment }) };
    const values = declared.valuesIn(environment, environments);
    const place = placeOf(environment, { names, values, accounts: declared.accounts });
    const tags = inheritedTags(definition, sections.tags, environment, project);
    // Checked here because the stack may have nothing to tag.
    for (const tag of tags.values()) collector.take(interpolate(tag, place));
    const deployment = {
      name,
      app: project.app,
      definition,
      environment,
      place,
      replicaEnvironments: [],
      differences: shapeDifferencesOfStack(differences, definition).map(asShapeDifference),
      targets,
      tags,
      sections,
      created: new Map(),
      keys: new Map(),
      absentKeys: new Map(),
      imports: new Map(),
      identityPolicies: [],
    };
    return [deployment];
  });
  return collector.result(deployments);
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
      property(definition as Located<Partial<Record<typeof kind, CreatedBody>>>, kind) ?? retyped(definition, {}); // has the property of its kind
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

/** Who may assume a role: principals, and services by their hosts. */
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
    else {
      const related = [{ message: `stack \`${owner.name}\``, span: owner.definition.nameSpan }];
      diagnostics.push(report(sameStackName, stack.definition.nameSpan, { name, kind }, related));
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
