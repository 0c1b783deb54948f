import { type Context, contextKey, type LookupQuery } from '../context/context.ts';
import { contextMissing } from '../diagnostics/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  ambiguousStack,
  definedTwice,
  needsKnownEnvironment,
  sameStackName,
  stackNotInEnvironment,
  tooManyParts,
  unknownName,
  unknownRegion,
  unknownTarget,
} from '../diagnostics/resolve.ts';
import type { Environment, Tag } from '../ir/program.ts';
import { partitionOf } from '../kms/partitions.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import type { ImportDefinition } from '../language/import.ts';
import type { KeyDefinition, ReplicaDefinition } from '../language/key.ts';
import type { StackDefinition } from '../language/stack.ts';
import { elements, entries, type Located, type Named, oneOrMore, property, retyped } from '../project/located.ts';
import { pathOfPolicy } from '../project/policy-files.ts';
import type { Project } from '../project/project.ts';
import { existingAliasName, resolveAliases } from './alias-names.ts';
import { interpolate } from './interpolate.ts';
import type { CreatedModel, ImportModel, KeyModel, Model, StackModel } from './model.ts';
import { describeEnvironment, placeOf } from './place.ts';
import { arnIsOfSomewhere, partitionIsRight } from './places-exist.ts';
import { resolveServices } from './services.ts';
import { keyProperties } from './standards.ts';
import { resolveTraits } from './traits.ts';

/** A stack while its parts are being bound: what `StackModel` promises not to change is filled in here, once. */
interface StackDraft extends StackModel {
  replicaEnvironments: readonly Environment[];
  readonly created: Map<string, CreatedModel>;
  readonly keys: Map<string, KeyModel>;
  readonly imports: Map<string, ImportModel>;
}

export interface Resolution {
  readonly model: Model;
  /** What the project looks up, without doubles. */
  readonly lookups: readonly LookupQuery[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Binds the names of a project: stacks to their environments, keys to their standards, imports to the context file or
 * to keys of other stacks. `targetNames` are those that a stack may name. What cannot be bound is reported and left out.
 */
export function resolveStacks(project: Project, targetNames: readonly string[], context: Context): Resolution {
  const diagnostics: Diagnostic[] = [];
  const lookups = new Map<string, LookupQuery>();

  const environmentNamed = (name: Located<string>): Named<EnvironmentDefinition> | undefined => {
    const found = project.environments.get(name.value);
    if (found === undefined) {
      const candidates = [...project.environments.keys()];
      diagnostics.push(report(unknownName, name.span, { kind: 'environment', name: name.value, candidates }));
    }
    return found;
  };

  for (const environment of project.environments.values()) {
    const region = property(environment, 'region');
    const { regions } = project.settings;
    const partition = property(environment, 'partition');
    if (region === undefined) continue;
    if (!regions.has(region.value)) {
      diagnostics.push(report(unknownRegion, region.span, { region: region.value, regions: [...regions] }));
    } else if (partition !== undefined) diagnostics.push(...partitionIsRight(partition, region.value, regions));
  }

  const tooMany = firstBeyondLimit(project);
  if (tooMany !== undefined) diagnostics.push(report(tooManyParts, tooMany.nameSpan, { limit: partLimit }));
  const definitions = tooMany === undefined ? [...project.stacks.values()] : [];
  const stacks = definitions.flatMap((definition) =>
    instancesOf(definition, project, targetNames, environmentNamed, diagnostics),
  );
  for (const stack of stacks) {
    resolveCreated(stack, project, diagnostics);
    resolveKeys(stack, project, environmentNamed, diagnostics);
  }
  checkStackNames(stacks, diagnostics);
  for (const stack of stacks) {
    for (const definition of entries(property(stack.definition, 'imports'))) {
      const clash = stack.keys.get(definition.name);
      if (clash !== undefined) {
        const related = [{ message: 'the key of this name', span: clash.nameSpan }];
        diagnostics.push(report(definedTwice, definition.nameSpan, { kind: 'key', name: definition.name }, related));
        continue;
      }
      const found = resolveImport(
        definition,
        stack,
        stacks,
        project.environments,
        project.settings.regions,
        context,
        lookups,
        environmentNamed,
        diagnostics,
      );
      if (found !== undefined) stack.imports.set(definition.name, found);
    }
  }
  return {
    model: { app: project.app, settings: project.settings, stacks },
    lookups: [...lookups.values()],
    diagnostics,
  };
}

/** How many keys, principals and imports a project may have in all its stacks and environments. */
const partLimit = 200_000;

/** The stack whose parts, in all its environments, are too many together with those of the stacks before it. */
function firstBeyondLimit(project: Project): Named<StackDefinition> | undefined {
  let parts = 0;
  for (const definition of project.stacks.values()) {
    const { keys = {}, principals = {}, imports = {}, environment } = definition.value;
    const instances = Array.isArray(environment) ? environment.length : 1;
    const replicas = Object.values(keys).reduce((sum, key) => sum + (key.replicas?.length ?? 0), 0);
    const own = [keys, principals, imports].reduce((sum, section) => sum + Object.keys(section).length, replicas);
    parts += instances * own;
    if (parts > partLimit) return definition;
  }
  return undefined;
}

function instancesOf(
  definition: Named<StackDefinition>,
  project: Project,
  targetNames: readonly string[],
  environmentNamed: (name: Located<string>) => Named<EnvironmentDefinition> | undefined,
  diagnostics: Diagnostic[],
): StackDraft[] {
  const named = oneOrMore(property(definition, 'environment'));
  const environments = named.flatMap((name) => {
    const found = environmentNamed(name);
    // An environment that does not exist has been reported; the stack stays, so that what uses it is not reported too.
    return [found === undefined ? { name: name.value } : resolveEnvironment(found)];
  });
  if (named.length === 0) environments.push({});

  const asked = elements(property(definition, 'targets'));
  for (const target of asked) {
    if (targetNames.includes(target.value)) continue;
    diagnostics.push(report(unknownTarget, target.span, { name: target.value, candidates: targetNames }));
  }
  const targets =
    asked.length === 0 ? targetNames : targetNames.filter((name) => asked.some((one) => one.value === name));

  return environments.map((environment) => {
    const place = placeOf(environment);
    return {
      name: instanceName(definition, environment.name),
      app: project.app,
      definition,
      environment,
      place,
      replicaEnvironments: [],
      siblingEnvironments: siblingsOf(environment, project),
      targets,
      tags: entries(property(definition, 'tags')).map(
        (tag): Tag => ({ name: tag.name, value: interpolate(tag, place, diagnostics) }),
      ),
      created: new Map(),
      keys: new Map(),
      imports: new Map(),
    };
  });
}

/** What a stack is called in one of its environments: `security`, or `security-prod-eu` when it has a list of them. */
export function instanceName(definition: Named<StackDefinition>, environment: string | undefined): string {
  return Array.isArray(definition.value.environment) ? `${definition.name}-${environment}` : definition.name;
}

/** The environments in other regions of an environment's account, the first of each region. */
function siblingsOf({ account, region }: Environment, project: Project): readonly Environment[] {
  if (account === undefined || region === undefined) return [];
  const byRegion = new Map<string, Environment>();
  for (const definition of project.environments.values()) {
    const { value } = definition;
    if (value.account !== account || value.region === undefined || value.region === region) continue;
    if (!byRegion.has(value.region)) byRegion.set(value.region, resolveEnvironment(definition));
  }
  return [...byRegion].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, environment]) => environment);
}

function resolveEnvironment(definition: Named<EnvironmentDefinition>): Environment {
  const { account, region, partition, purpose } = definition.value;
  const place = { name: definition.name, account, region, partition: partition ?? partitionOf(region) };
  return purpose === undefined ? place : { ...place, purpose };
}

function resolveCreated(stack: StackDraft, project: Project, diagnostics: Diagnostic[]): void {
  for (const definition of entries(property(stack.definition, 'principals'))) {
    const { name, value } = definition;
    const shadowed = project.principals.get(name);
    if (shadowed !== undefined) {
      const related = [{ message: 'the principal of the project', span: shadowed.nameSpan }];
      diagnostics.push(report(definedTwice, definition.nameSpan, { kind: 'principal', name }, related));
      continue;
    }
    const kind = 'role' in value ? 'role' : 'user' in value ? 'user' : 'group';
    stack.created.set(name, { kind, name, id: `${kind}/${name}`, definition, stack });
  }
}

function resolveKeys(
  stack: StackDraft,
  project: Project,
  environmentNamed: (name: Located<string>) => Named<EnvironmentDefinition> | undefined,
  diagnostics: Diagnostic[],
): void {
  const replicaEnvironments = new Map<string, Environment>();
  for (const definition of entries<KeyDefinition>(property(stack.definition, 'keys'))) {
    const properties = resolveProperties(definition, project, diagnostics);
    const { name } = definition;
    const replicas: KeyModel[] = [];
    const primary: KeyModel = {
      kind: 'key',
      id: `key/${name}`,
      name,
      stack,
      environment: stack.environment,
      place: stack.place,
      traits: resolveTraits(properties.properties),
      definition,
      nameSpan: definition.nameSpan,
      ...properties,
      aliases: resolveAliases(elements(property(definition, 'aliases')), name, name, stack.environment, diagnostics),
      replicas,
    };
    stack.keys.set(name, primary);
    for (const replica of elements<ReplicaDefinition>(property(definition, 'replicas'))) {
      const reference = property(replica, 'environment');
      const found = reference === undefined ? undefined : environmentNamed(reference);
      if (found === undefined || reference === undefined) continue;
      if (stack.environment.region === undefined) {
        if (stack.environment.name === undefined) {
          diagnostics.push(report(needsKnownEnvironment, replica.span, { what: 'a replica' }));
        }
        continue;
      }
      const environment = resolveEnvironment(found);
      replicaEnvironments.set(found.name, environment);
      const holder = `${name}@${found.name}`;
      replicas.push({
        kind: 'replicaKey',
        id: `replicaKey/${holder}`,
        name,
        stack,
        environment,
        place: placeOf(environment),
        traits: primary.traits,
        definition: replica,
        nameSpan: reference.span,
        ...resolveProperties(replica, project, diagnostics),
        aliases: resolveAliases(elements(property(replica, 'aliases')), holder, name, environment, diagnostics),
        replicas: [],
        primary,
      });
    }
  }
  stack.replicaEnvironments = [...replicaEnvironments.values()].sort((one, other) =>
    (one.region ?? '') < (other.region ?? '') ? -1 : 1,
  );
}

/** What holds for a key or replica, with the services and the policy file that it names. */
export function resolveProperties(
  definition: Located<KeyDefinition | ReplicaDefinition>,
  { standards, settings, policyFiles }: Project,
  diagnostics: Diagnostic[],
): Pick<KeyModel, 'properties' | 'services' | 'policyFile'> {
  const { value: properties, diagnostics: ofStandards } = keyProperties(definition, standards);
  const services = resolveServices(properties.services, settings.regions);
  diagnostics.push(...ofStandards, ...services.diagnostics);
  const { policy } = properties;
  const policyFile =
    policy === undefined || Array.isArray(policy.value)
      ? undefined
      : policyFiles.get(pathOfPolicy(policy, policy.value));
  return { properties, services: services.value, ...(policyFile && { policyFile }) };
}

function checkStackNames(stacks: readonly StackModel[], diagnostics: Diagnostic[]): void {
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
}

function resolveImport(
  definition: Named<ImportDefinition>,
  stack: StackModel,
  stacks: readonly StackModel[],
  environments: Project['environments'],
  regions: ReadonlySet<string>,
  context: Context,
  lookups: Map<string, LookupQuery>,
  environmentNamed: (name: Located<string>) => Named<EnvironmentDefinition> | undefined,
  diagnostics: Diagnostic[],
): ImportModel | undefined {
  const { value, name } = definition;
  const aliasesIn = (environment: Environment) =>
    resolveAliases(elements(property(definition, 'aliases')), `imports.${name}`, name, environment, diagnostics);

  if ('arn' in value) {
    const arn = property<{ arn: string }, 'arn'>({ ...definition, value }, 'arn');
    if (arn === undefined) return undefined;
    diagnostics.push(...arnIsOfSomewhere(arn, regions));
    const environment = environmentOfArn(value.arn, stack.environment);
    return {
      kind: 'arn',
      name,
      stack,
      definition,
      place: placeOf(environment),
      arn: interpolate(arn, stack.place, diagnostics),
      id: interpolate(retyped(arn, arn.value.replace(/^.*:key\//, '')), stack.place, diagnostics),
      aliases: aliasesIn(environment),
    };
  }

  if ('alias' in value) {
    const alias = property<{ alias: string }, 'alias'>({ ...definition, value }, 'alias');
    if (alias === undefined) return undefined;
    diagnostics.push(...arnIsOfSomewhere(alias, regions));
    const environment = value.alias.startsWith('arn:')
      ? environmentOfArn(value.alias, stack.environment)
      : stack.environment;
    return {
      kind: 'alias',
      name,
      stack,
      definition,
      place: placeOf(environment),
      alias: existingAliasName(retyped(alias, alias.value.replace(/^arn:.*?:(?=alias\/)/, '')), diagnostics),
      aliases: aliasesIn(environment),
    };
  }

  if ('lookup' in value) {
    const lookup = property<{ lookup: typeof value.lookup }, 'lookup'>({ ...definition, value }, 'lookup');
    const aliasText = lookup && property(lookup, 'alias');
    if (lookup === undefined || aliasText === undefined) return undefined;
    const alias = existingAliasName(aliasText, diagnostics);
    const asked = property(lookup, 'environment');
    const found = asked === undefined ? undefined : environmentNamed(asked);
    if (asked !== undefined && found === undefined) return undefined;
    const environment = found === undefined ? stack.environment : resolveEnvironment(found);
    const { account, region, partition } = environment;
    if (account === undefined || region === undefined || partition === undefined) {
      if (environment.name === undefined) {
        diagnostics.push(report(needsKnownEnvironment, lookup.span, { what: 'a lookup' }));
      }
      return undefined;
    }
    const whenMissing = lookup.value.whenMissing ?? 'error';
    const { lookupRole, profile } = environments.get(environment.name ?? '')?.value ?? {};
    const query: LookupQuery = {
      account,
      region,
      partition,
      alias,
      whenMissing,
      ...(lookupRole !== undefined && { lookupRole }),
      ...(profile !== undefined && { profile }),
      span: aliasText.span,
    };
    const contextId = contextKey(query);
    const other = lookups.get(contextId);
    // Two imports of one alias are one lookup; where one of them insists on the alias, it has to be there.
    if (other === undefined || (other.whenMissing === 'dummy' && whenMissing === 'error'))
      lookups.set(contextId, query);
    const entry = context.get(contextId);
    if (entry === undefined) diagnostics.push(report(contextMissing, aliasText.span, { alias, account, region }));
    const place = placeOf(environment);
    const aliases = aliasesIn(environment);
    return { kind: 'lookup', name, stack, definition, place, alias, aliases, ...(entry && { entry }) };
  }

  const reference = property<{ key: string }, 'key'>({ ...definition, value }, 'key');
  if (reference === undefined) return undefined;
  const key = findKey(
    reference,
    property<{ environment?: string | undefined }, 'environment'>({ ...definition, value }, 'environment'),
    stack,
    stacks,
    environments,
    diagnostics,
  );
  if (key === undefined) return undefined;
  const aliases = aliasesIn(key.environment);
  return { kind: 'key', name, stack, definition, place: key.place, key, reference, aliases };
}

/** Where the key or alias of an ARN lives. Parts that are placeholders are the stack's own, or not known. */
function environmentOfArn(arn: string, own: Environment): Environment {
  const [, partition, , region, account] = arn.split(':');
  return {
    ...own,
    ...knownPart('account', account),
    ...knownPart('region', region),
    ...knownPart('partition', partition),
  };
}

function knownPart<K extends string>(name: K, part: string | undefined): { readonly [Name in K]?: string } {
  if (part === undefined || part.includes('$')) return {};
  return { [name]: part } as { readonly [Name in K]?: string }; // a computed name loses its type
}

/** The key of another stack that `stack.key` means, seen from a stack; see `findStack` for which of several. */
function findKey(
  reference: Located<string>,
  environment: Located<string> | undefined,
  from: StackModel,
  stacks: readonly StackModel[],
  environments: Project['environments'],
  diagnostics: Diagnostic[],
): KeyModel | undefined {
  const [stackName = '', keyName = ''] = reference.value.split('.');
  const form = (inStack: string, inEnvironment: string) =>
    `{ key: ${inStack}.${keyName}, environment: ${inEnvironment} }`;
  const named = { stack: retyped(reference, stackName), environment, text: reference.value, form };
  const stack = findStack(named, from, stacks, environments, diagnostics);
  if (stack === undefined) return undefined;
  const key = stack.keys.get(keyName);
  if (key === undefined) {
    const candidates = [...stack.keys.keys()].map((name) => `${stackName}.${name}`);
    diagnostics.push(report(unknownName, reference.span, { kind: 'key', name: reference.value, candidates }));
  }
  return key;
}

/** How something names a stack. */
export interface StackReference {
  readonly stack: Located<string>;
  /** The environment of that stack, where the reference names one. */
  readonly environment: Located<string> | undefined;
  /** The whole reference, as messages show it. */
  readonly text: string;
  /** The same reference with an environment. */
  readonly form: (stack: string, environment: string) => string;
}

/**
 * The stack that a reference means, seen from another one: the one in the environment that it names; without that the only one
 * of the name, or the one in the same environment. No such stack or environment is KW2003, a stack that is not in that environment
 * KW2023, several stacks without one in the same environment KW2005.
 */
export function findStack(
  { stack: { value: name, span }, environment, text, form }: StackReference,
  from: StackModel,
  stacks: readonly StackModel[],
  environments: Project['environments'],
  diagnostics: Diagnostic[],
): StackModel | undefined {
  const formIn = (instance: StackModel) => form(instance.definition.name, instance.environment.name ?? '');
  const { byDefinition, byName } = indexOf(stacks);
  const instances = byDefinition.get(name) ?? [];
  const [only] = instances;
  if (only === undefined) {
    const candidates = [...new Set(stacks.map((stack) => stack.definition.name))];
    // The outputs have the names of instances, which are not those of the YAML.
    const instance = byName.get(name);
    const parameters = { kind: 'stack', name, candidates, form: instance && formIn(instance) };
    diagnostics.push(report(unknownName, span, parameters));
    return undefined;
  }
  const has = instances.flatMap((stack) => stack.environment.name ?? []);
  if (environment !== undefined) {
    const found = instances.find((stack) => stack.environment.name === environment.value);
    if (found !== undefined) return found;
    const parameters = { stack: name, environment: environment.value, has };
    const related = [{ message: `stack \`${name}\``, span: only.definition.nameSpan }];
    diagnostics.push(
      environments.has(environment.value) || has.length === 0
        ? report(stackNotInEnvironment, environment.span, parameters, related)
        : report(unknownName, environment.span, { kind: 'environment', name: environment.value, candidates: has }),
    );
    return undefined;
  }
  if (instances.length === 1) return only;
  const sameEnvironment = instances.find((stack) => stack.environment.name === from.environment.name);
  if (sameEnvironment === undefined) {
    diagnostics.push(
      report(ambiguousStack, span, {
        reference: text,
        instances: instances.map((stack) => stack.name),
        environment: describeEnvironment(from.environment),
        form: formIn(only),
      }),
    );
  }
  return sameEnvironment;
}

/** The stacks of one model by the name of their definition and by their own: they are looked for as often as something refers to them. */
interface StackIndex {
  readonly byDefinition: ReadonlyMap<string, readonly StackModel[]>;
  readonly byName: ReadonlyMap<string, StackModel>;
}

const indexes = new WeakMap<readonly StackModel[], StackIndex>();

function indexOf(stacks: readonly StackModel[]): StackIndex {
  const known = indexes.get(stacks);
  if (known !== undefined) return known;
  const byDefinition = new Map<string, StackModel[]>();
  for (const stack of stacks) {
    const instances = byDefinition.get(stack.definition.name);
    if (instances === undefined) byDefinition.set(stack.definition.name, [stack]);
    else instances.push(stack);
  }
  const index = { byDefinition, byName: new Map(stacks.map((stack) => [stack.name, stack])) };
  indexes.set(stacks, index);
  return index;
}
