import { report } from '../diagnostics/diagnostic.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import type { GrantDefinition, KmsGrantDefinition } from '../language/grant.ts';
import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '../language/key.ts';
import type { PrincipalReference } from '../language/principal.ts';
import type { StatementDefinition } from '../language/statement.ts';
import { elements, entries, type Located, oneOrMore, property, retyped } from '../project/located.ts';
import { pathOfPolicy } from '../project/policy-files.ts';
import { resolveAliases } from './alias-names.ts';
import { bindPrincipals, bindReference, type Viewpoint } from './bind-principals.ts';
import type { EnvironmentSet } from './environment-sets.ts';
import { inheritedTags } from './inherited-tags.ts';
import type {
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
import { type KeyProperties, keyProperties } from './standards.ts';
import { resolveTraits } from './traits.ts';

/** The keys of a stack by name, each with its replicas, and the environments of these, sorted by region. */
export function resolveKeys(stack: StackModel, scope: Scope): Result<Pick<StackModel, 'keys' | 'replicaEnvironments'>> {
  const collector = createCollector();
  const keys = new Map<string, KeyModel>();
  const replicaEnvironments = new Map<string | undefined, Environment>();
  // By name: what is generated stays as it is when a key moves within its file.
  const definitions = [...entries<KeyDefinition>(property(stack.definition, 'keys'))].sort(byName);
  for (const definition of definitions) {
    const { name } = definition;
    const content = resolveContent(definition, definition, stack, scope);
    const replicas: KeyModel[] = [];
    const primary: KeyModel = {
      ...content,
      kind: 'key',
      id: `key/${name}`,
      stack,
      environment: stack.environment,
      traits: resolveTraits(content.properties),
      inheritedTags: stack.tags,
      definition,
      kmsGrants: collector.take(bindKmsGrants(content.properties.kmsGrants, stack, scope)),
      aliases: collector.take(resolveAliases(elements(property(definition, 'aliases')), name, name, stack.environment)),
      replicas,
    };
    keys.set(name, primary);
    for (const replica of elements<ReplicaDefinition>(property(definition, 'replicas'))) {
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
        replicaEnvironments.set(environment.name, environment);
        const holder = `${name}@${environment.name}`;
        const from = { created: stack.created, environment: stack.environment, place: placeOf(environment) };
        const ofReplica = resolveContent(replica, { name, nameSpan: reference.span }, from, scope);
        replicas.push({
          ...ofReplica,
          kind: 'replicaKey',
          id: `replicaKey/${holder}`,
          stack,
          environment,
          traits: primary.traits,
          inheritedTags: inheritedTags(stack.definition, environment, scope.project),
          definition: replica,
          kmsGrants: collector.take(bindKmsGrants(ofReplica.properties.kmsGrants, from, scope)),
          aliases: collector.take(resolveAliases(elements(property(replica, 'aliases')), holder, name, environment)),
          replicas: [],
          primary,
        });
      }
    }
  }
  const sorted = [...replicaEnvironments.values()].sort((one, other) =>
    (one.region ?? '') < (other.region ?? '') ? -1 : 1,
  );
  return collector.result({ keys, replicaEnvironments: sorted });
}

/** Where the replicas of a key live: of a group or pattern, in the environments of the key's account in other regions. */
function replicaPlaces({ kind, environments }: EnvironmentSet, home: Environment): readonly Environment[] {
  const all = [...environments.values()];
  return kind === 'name'
    ? all
    : all.filter(({ account, region }) => account === home.account && region !== home.region);
}

/** What a key, a replica or a standard says, with the properties of the standards that it builds on. */
export function resolveContent(
  definition: Located<KeyDefinition | ReplicaDefinition | StandardDefinition>,
  { name, nameSpan }: Pick<KeyContent, 'name' | 'nameSpan'>,
  from: Viewpoint,
  scope: Scope,
): KeyContent {
  const collector = createCollector();
  const { standards, settings, policyFiles } = scope.project;
  const properties = collector.take(keyProperties(definition, standards));
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
  definitions: Located<Readonly<Record<string, KmsGrantDefinition>>> | undefined,
  from: Viewpoint,
  scope: Scope,
): Result<readonly KmsGrantModel[]> {
  const collector = createCollector();
  const grants = entries(definitions).flatMap((definition): readonly KmsGrantModel[] => {
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
