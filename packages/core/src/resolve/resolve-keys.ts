import { report } from '../diagnostics/diagnostic.ts';
import { noEnvironmentInRegion, severalInRegion } from '../diagnostics/differences.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import type { Differing } from '../language/differing.ts';
import type { GrantDefinition, KmsGrantDefinition } from '../language/grant.ts';
import type { ReplicaDefinition } from '../language/key.ts';
import type { PrincipalReference } from '../language/principal.ts';
import { kmsDefaultPolicyId, type StatementDefinition } from '../language/statement.ts';
import { elements, type Located, type Named, oneOrMore, property, retyped } from '../project/located.ts';
import { pathOfPolicy } from '../project/policy-files.ts';
import { resolveAliases } from './alias-names.ts';
import { bindPrincipals, bindReference, type Viewpoint } from './bind-principals.ts';
import { byGenerality, type Difference, differencesIn, isThere, presence, undecided } from './differences.ts';
import { environmentsAt } from './environment-sets.ts';
import { inheritedTags } from './inherited-tags.ts';
import { type KeyProperties, type KeyText, keyProperties, settingsOf } from './key-properties.ts';
import type {
  AbsentKey,
  Grantee,
  GrantModel,
  KeyContent,
  KeyModel,
  KmsGrantModel,
  PolicyModel,
  StackModel,
  StatementModel,
} from './model.ts';
import { literalFromReplica, literalOfEnvironment, ofKey, placeOf } from './place.ts';
import type { Scope } from './scope.ts';
import { resolveServices } from './services.ts';
import { shapeDifferences } from './shape-differences.ts';
import { nameTextOf } from './stack-environments.ts';
import { standardNames } from './standard-names.ts';
import { withStandards } from './standards.ts';
import { resolveTraits } from './traits.ts';
import { changesToKeys, valueDifferences } from './value-differences.ts';

/** What resolving keys adds to a stack. */
type KeysOfStack = Pick<StackModel, 'keys' | 'absentKeys' | 'replicaEnvironments'> & {
  /** The entries of `in` that change the shape of a key or replica; some occur several times. */
  readonly differences: readonly Difference<unknown>[];
};

/** The keys of a stack by name, each with its replicas, and the environments of these, sorted by region. */
export function resolveKeys(stack: StackModel, all: Scope): Result<KeysOfStack> {
  const collector = createCollector();
  const holding: Difference<unknown>[] = [];
  const scope = { ...all, held: holding };
  const differences: Difference<unknown>[] = [];
  /** Notes the entries of `in` that change the shape, among those found since the last call. */
  const note = (layers: readonly Located<KeyText>[]) =>
    differences.push(...shapeDifferences(holding.splice(0), layers));
  const keys = new Map<string, KeyModel>();
  const absentKeys = new Map<string, AbsentKey>();
  const replicaEnvironments = new Map<string | undefined, Environment>();
  const changesOfStack = changesToKeys(stack.definition);
  const named = new Map<string, Result<Grantee>>();
  // Sorted by name: moving a key within its file must not change the output.
  for (const key of [...stack.sections.keys].sort(byName)) {
    const { name, definition } = key;
    const { environment: home } = stack;
    const groups = [
      ...(key.ofSet ? [differing(key.ofSet, home, scope)] : []),
      differing(key.ofStack, home, scope, key.differences),
    ];
    holding.push(...key.differences);
    const written = collector.take(writtenIn(groups, `key \`${name}\``));
    if ('absentBy' in written) {
      note([]);
      const of = `${stack.definition.name}.${name}`;
      const environments = scope.absences.get(of) ?? [];
      scope.absences.set(of, environments);
      environments.push(stack.environment.name ?? '');
      absentKeys.set(name, { by: written.absentBy.nameSpan, environments });
      continue;
    }
    const layers = collector.take(withStandards(written.layers, stack.environment, scope));
    note(layers);
    const seen = {
      created: stack.created,
      environment: stack.environment,
      place: ofKey(stack.place, name),
      named,
    };
    const content = resolveContent(layers, definition, seen, scope);
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
      differences: valueDifferences(layers, changesOfStack.get(name) ?? []),
      definition,
      kmsGrants: collector.take(bindKmsGrants(properties.kmsGrants.values(), seen, scope)),
      aliases: collector.take(resolveAliases(properties.aliases, name, name, stack.environment, seen.place)),
      replicas,
    };
    keys.set(name, primary);
    for (const replica of properties.replicas) {
      const reference = property(replica, 'environment') ?? property(replica, 'region');
      if (reference === undefined) continue; // the schema requires one
      if (stack.environment.region === undefined) {
        if (stack.environment.name === undefined) {
          collector.add(report(needsKnownEnvironment, replica.span, { what: 'a replica' }));
        }
        continue;
      }
      for (const environment of collector.take(replicaPlaces(replica, stack.environment, scope))) {
        const group = differing(replica, environment, scope);
        const written = collector.take(writtenIn([group], `the replica of \`${name}\``));
        if ('absentBy' in written) {
          note([]);
          continue;
        }
        replicaEnvironments.set(environment.name, environment);
        const { region } = replica.value;
        const place = region ?? environment.name ?? '';
        const holder = `${name}@${place}`;
        const names = { app: literal(stack.app), stack: nameTextOf(stack), key: literal(name) };
        const values = scope.declared.valuesIn(environment, [environment]);
        const { accounts } = scope.declared;
        const literalOf = region === undefined ? literalOfEnvironment : literalFromReplica(region);
        const from = {
          created: stack.created,
          environment: stack.environment,
          place: placeOf(environment, { names, values, accounts, literalOf }),
        };
        const ownLayers = collector.take(withStandards(written.layers, environment, scope, layers));
        note(ownLayers);
        const ofReplica = resolveContent(ownLayers, { name, nameSpan: reference.span }, from, scope);
        replicas.push({
          ...ofReplica,
          kind: 'replicaKey',
          id: `replicaKey/${holder}`,
          stack,
          environment,
          traits: primary.traits,
          inheritedTags: inheritedTags(stack.definition, stack.sections.tags, environment, scope.project, place),
          differences: valueDifferences(ownLayers, [], place),
          definition: replica,
          kmsGrants: collector.take(bindKmsGrants(ofReplica.properties.kmsGrants.values(), from, scope)),
          aliases: collector.take(resolveAliases(ofReplica.properties.aliases, holder, name, environment, from.place)),
          replicas: [],
          primary,
        });
      }
    }
  }
  const sorted = [...replicaEnvironments.values()].sort((one, other) =>
    (one.region ?? '') < (other.region ?? '') ? -1 : 1,
  );
  return collector.result({ keys, absentKeys, replicaEnvironments: sorted, differences });
}

/**
 * The places of a key's replicas: for a group or pattern, its environments in other regions of the key's account; for a region, the
 * environment of that account there. No match is KW2145, several are KW2146.
 */
function replicaPlaces(
  replica: Located<ReplicaDefinition>,
  home: Environment,
  { environments }: Scope,
): Result<readonly Environment[]> {
  const named = property(replica, 'environment');
  if (named !== undefined) {
    const { value: set, diagnostics } = environments.find(named);
    const all = [...(set?.environments.values() ?? [])];
    const isOne = set?.kind === 'name';
    return { value: isOne ? all : all.filter((one) => isReplicaPlace(one, home)), diagnostics };
  }
  const region = property(replica, 'region');
  const there = environmentsAt(environments, home.account, region?.value);
  if (there.length === 1) return { value: there, diagnostics: [] };
  const parameters = { region: region?.value ?? '' };
  const problem =
    there.length === 0
      ? report(noEnvironmentInRegion, region?.span, parameters)
      : report(severalInRegion, region?.span, parameters);
  return { value: [], diagnostics: [problem] };
}

function isReplicaPlace({ account, region }: Environment, home: Environment): boolean {
  return account === home.account && region !== home.region;
}

/** The text about a key or replica at one point in the YAML, and the entries of `in` that apply, the most specific last. */
interface DifferingText {
  readonly own: readonly Located<KeyText>[];
  readonly differences: readonly Difference<KeyText>[];
}

/** A definition together with what `in` of its stack says about it; the definition is absent if only that `in` has the key. */
function differing(
  definition: Located<Differing<KeyText> & KeyText> | undefined,
  environment: Environment,
  scope: Scope,
  ofStack: readonly Difference<KeyText>[] = [],
): DifferingText {
  if (definition === undefined) return { own: [], differences: ofStack };
  const ownDifferences = differencesIn(definition, environment, scope);
  const differences = ofStack.length === 0 ? ownDifferences : [...ownDifferences, ...ofStack].sort(byGenerality);
  return { own: [definition], differences };
}

/** The layers written for a key or replica in an environment, the nearest last; or the entry of `in` that removes it there. */
function writtenIn(
  texts: readonly DifferingText[],
  what: string,
): Result<{ readonly layers: readonly Located<KeyText>[] } | { readonly absentBy: Named<unknown> }> {
  const collector = createCollector();
  for (const { differences } of texts) collector.add(...undecided(differences, settingsOf, what));
  const { absentBy, diagnostics } = presence(
    texts.flatMap(({ differences }) => differences),
    what,
  );
  collector.add(...diagnostics);
  if (absentBy !== undefined) return collector.result({ absentBy });
  return collector.result({
    layers: texts.flatMap(({ own, differences }) => [...own, ...differences.filter(isThere).map(({ entry }) => entry)]),
  });
}

/** The content of a key, a replica or a standard, given its layers, the nearest last. */
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
    if (value === kmsDefaultPolicyId) return { kind: 'kmsDefault' };
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
    if (grantee === undefined) return []; // the schema requires one
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
