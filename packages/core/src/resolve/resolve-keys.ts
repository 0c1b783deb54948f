import { report } from '../diagnostics/diagnostic.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import type { Differing } from '../language/differing.ts';
import type { GrantDefinition, KmsGrantDefinition } from '../language/grant.ts';
import type { KeyDefinition } from '../language/key.ts';
import type { PrincipalReference } from '../language/principal.ts';
import type { StatementDefinition } from '../language/statement.ts';
import { elements, entries, type Located, type Named, oneOrMore, property, retyped } from '../project/located.ts';
import { pathOfPolicy } from '../project/policy-files.ts';
import { resolveAliases } from './alias-names.ts';
import { bindPrincipals, bindReference, type Viewpoint } from './bind-principals.ts';
import { type Difference, differencesIn, isThere, presence, undecided } from './differences.ts';
import type { EnvironmentSet } from './environment-sets.ts';
import { inheritedTags } from './inherited-tags.ts';
import { type KeyProperties, type KeyText, keyProperties, settingsOf } from './key-properties.ts';
import type {
  AbsentKey,
  GrantModel,
  KeyContent,
  KeyModel,
  KmsGrantModel,
  PolicyModel,
  StackModel,
  StatementModel,
} from './model.ts';
import { placeOf } from './place.ts';
import type { Scope } from './scope.ts';
import { resolveServices } from './services.ts';
import { standardNames, withStandards } from './standards.ts';
import { resolveTraits } from './traits.ts';

/** What stacks have of their keys, when these are resolved. */
type KeysOfStack = Pick<StackModel, 'keys' | 'absentKeys' | 'replicaEnvironments'>;

/** The keys of a stack by name, each with its replicas, and the environments of these, sorted by region. */
export function resolveKeys(stack: StackModel, scope: Scope): Result<KeysOfStack> {
  const collector = createCollector();
  const keys = new Map<string, KeyModel>();
  const absentKeys = new Map<string, AbsentKey>();
  const replicaEnvironments = new Map<string | undefined, Environment>();
  // By name: what is generated stays as it is when a key moves within its file.
  const definitions = [...entries<KeyDefinition>(property(stack.definition, 'keys'))].sort(byName);
  for (const definition of definitions) {
    const { name } = definition;
    const written = collector.take(writtenIn([definition], stack.environment, `key \`${name}\``, scope));
    if ('absentBy' in written) {
      const of = `${stack.definition.name}.${name}`;
      const environments = scope.absences.get(of) ?? [];
      scope.absences.set(of, environments);
      environments.push(stack.environment.name ?? '');
      absentKeys.set(name, { by: written.absentBy.nameSpan, environments });
      continue;
    }
    const layers = collector.take(withStandards(written.layers, stack.environment, scope));
    const content = resolveContent(layers, definition, stack, scope);
    const { properties } = content;
    const replicas: KeyModel[] = [];
    const primary: KeyModel = {
      ...content,
      kind: 'key',
      id: `key/${name}`,
      stack,
      environment: stack.environment,
      traits: resolveTraits(properties),
      inheritedTags: stack.tags,
      definition,
      kmsGrants: collector.take(bindKmsGrants(properties.kmsGrants.values(), stack, scope)),
      aliases: collector.take(resolveAliases(properties.aliases, name, name, stack.environment)),
      replicas,
    };
    keys.set(name, primary);
    for (const replica of properties.replicas) {
      const reference = property(replica, 'environment');
      if (reference === undefined) continue;
      const set = collector.take(scope.environments.find(reference));
      if (set === undefined) continue;
      if (stack.environment.region === undefined) {
        if (stack.environment.name === undefined) {
          collector.add(report(needsKnownEnvironment, replica.span, { what: 'a replica' }));
        }
        continue;
      }
      for (const environment of replicaPlaces(set, stack.environment)) {
        const own = collector.take(writtenIn([replica], environment, `the replica of \`${name}\``, scope));
        if ('absentBy' in own) continue;
        replicaEnvironments.set(environment.name, environment);
        const holder = `${name}@${environment.name}`;
        const from = { created: stack.created, environment: stack.environment, place: placeOf(environment) };
        const ofReplica = resolveContent(
          collector.take(withStandards(own.layers, environment, scope)),
          { name, nameSpan: reference.span },
          from,
          scope,
        );
        replicas.push({
          ...ofReplica,
          kind: 'replicaKey',
          id: `replicaKey/${holder}`,
          stack,
          environment,
          traits: primary.traits,
          inheritedTags: inheritedTags(stack.definition, environment, scope.project),
          definition: replica,
          kmsGrants: collector.take(bindKmsGrants(ofReplica.properties.kmsGrants.values(), from, scope)),
          aliases: collector.take(resolveAliases(ofReplica.properties.aliases, holder, name, environment)),
          replicas: [],
          primary,
        });
      }
    }
  }
  const sorted = [...replicaEnvironments.values()].sort((one, other) =>
    (one.region ?? '') < (other.region ?? '') ? -1 : 1,
  );
  return collector.result({ keys, absentKeys, replicaEnvironments: sorted });
}

/** Where the replicas of a key live: of a group or pattern, in the environments of the key's account in other regions. */
function replicaPlaces({ kind, environments }: EnvironmentSet, home: Environment): readonly Environment[] {
  const all = [...environments.values()];
  return kind === 'name'
    ? all
    : all.filter(({ account, region }) => account === home.account && region !== home.region);
}

/** What is written of a key or replica in an environment, the nearest last; or the entry of `in` by which it is absent there. */
function writtenIn(
  definitions: readonly Located<Differing<KeyText> & KeyText>[],
  environment: Environment,
  what: string,
  scope: Scope,
): Result<{ readonly layers: readonly Located<KeyText>[] } | { readonly absentBy: Named<unknown> }> {
  const collector = createCollector();
  const all: Difference<KeyText>[] = [];
  const layers = definitions.flatMap((definition): readonly Located<KeyText>[] => {
    const differences = differencesIn(definition, environment, scope);
    collector.add(...undecided(differences, settingsOf, what));
    all.push(...differences);
    return [definition, ...differences.filter(isThere).map(({ entry }) => entry)];
  });
  const { absentBy, diagnostics } = presence(all, what);
  collector.add(...diagnostics);
  return collector.result(absentBy === undefined ? { layers } : { absentBy });
}

/** What a key, a replica or a standard says of which these are the layers, the nearest last. */
export function resolveContent(
  layers: readonly Located<KeyText>[],
  { name, nameSpan }: Pick<KeyContent, 'name' | 'nameSpan'>,
  from: Viewpoint,
  scope: Scope,
): KeyContent {
  const collector = createCollector();
  const { settings, policyFiles } = scope.project;
  const properties = keyProperties(layers);
  const bind = (references: Located<PrincipalReference | readonly PrincipalReference[]> | undefined) =>
    collector.take(bindPrincipals(oneOrMore(references), from, scope));
  const statement = (written: Located<StatementDefinition>): StatementModel => ({
    definition: written,
    principals: bind(property(written, 'principals')),
    notPrincipals: bind(property(written, 'notPrincipals')),
  });
  const policy = (of: NonNullable<KeyProperties['policy']>): PolicyModel => {
    const { value } = of;
    if (!Array.isArray(value)) {
      return { kind: 'file', file: policyFiles.get(pathOfPolicy(of, value)), because: value.because };
    }
    const statements = elements(retyped<readonly StatementDefinition[]>(of, value)).map(statement);
    return { kind: 'statements', statements };
  };
  const content = {
    name,
    nameSpan,
    place: from.place,
    properties,
    standards: standardNames(layers),
    ...(properties.policy && { policy: policy(properties.policy) }),
    statements: properties.statements.map(statement),
    admins: properties.admins.map((reference) => collector.take(bindReference(reference, from, scope))),
    services: collector.take(resolveServices(properties.services, settings.regions)),
    grants: collector.take(bindGrants(properties.grants, from, scope)),
  };
  return { ...content, diagnostics: collector.diagnostics };
}

export function bindGrants(
  definitions: readonly Located<GrantDefinition>[],
  from: Viewpoint,
  scope: Scope,
): Result<readonly GrantModel[]> {
  const collector = createCollector();
  const grants = definitions.map((definition) => ({
    definition,
    grantees: collector.take(bindPrincipals(oneOrMore<PrincipalReference>(property(definition, 'to')), from, scope)),
  }));
  return collector.result(grants);
}

export function bindKmsGrants(
  definitions: Iterable<Named<KmsGrantDefinition>>,
  from: Viewpoint,
  scope: Scope,
): Result<readonly KmsGrantModel[]> {
  const collector = createCollector();
  const grants = [...definitions].flatMap((definition): readonly KmsGrantModel[] => {
    const grantee = property(definition, 'grantee');
    const retiring = property(definition, 'retiringPrincipal');
    if (grantee === undefined) return []; // the schema asks for one
    return [
      {
        definition,
        grantee: collector.take(bindReference(grantee, from, scope)),
        ...(retiring && { retiringPrincipal: collector.take(bindReference(retiring, from, scope)) }),
      },
    ];
  });
  return collector.result(grants);
}

function byName({ name: one }: { readonly name: string }, { name: other }: { readonly name: string }): number {
  return one < other ? -1 : 1;
}
