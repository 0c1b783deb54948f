import { report } from '../diagnostics/diagnostic.ts';
import { noEnvironmentInRegion, severalInRegion } from '../diagnostics/differences.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import type { Collector, Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import type { ReplicaDefinition } from '../language/key.ts';
import { type Located, property } from '../project/located.ts';
import { resolveAliases } from './alias-names.ts';
import { environmentsAt } from './environment-sets.ts';
import { inheritedTags } from './inherited-tags.ts';
import { bindKmsGrants, resolveContent } from './key-content.ts';
import type { KeyText } from './key-properties.ts';
import type { KeyModel, StackModel } from './model.ts';
import { literalFromReplica, literalOfEnvironment, placeOf } from './place.ts';
import type { Scope } from './scope.ts';
import { nameTextOf } from './stack-environments.ts';
import { withStandards } from './standards.ts';
import { valueDifferences } from './value-differences.ts';
import type { Viewpoint } from './viewpoint.ts';
import { differing, writtenIn } from './written-layers.ts';

/** The state that the keys of one stack share while they are resolved. */
export interface KeyResolution {
  readonly stack: StackModel;
  readonly scope: Scope;
  readonly collector: Collector;
  /** Notes the entries of `in` that change the shape of a key or replica, among those found since the last call. */
  noteShape(layers: readonly Located<KeyText>[]): void;
}

/** The replicas of a key, given the key's layers, in the order of the YAML; those that `in` removes are left out. */
export function resolveReplicas(
  primary: KeyModel,
  layers: readonly Located<KeyText>[],
  resolution: KeyResolution,
): readonly KeyModel[] {
  const { stack, scope, collector } = resolution;
  return primary.properties.replicas.flatMap((replica) => {
    if (stack.environment.region === undefined) {
      if (stack.environment.name === undefined) {
        collector.add(report(needsKnownEnvironment, replica.span, { what: 'a replica' }));
      }
      return [];
    }
    const environments = collector.take(replicaPlaces(replica, stack.environment, scope));
    return environments.flatMap(
      (environment) => resolveReplica(replica, primary, environment, layers, resolution) ?? [],
    );
  });
}

/** A replica in one environment; `undefined` if `in` removes it there. `layers`: the layers of the primary key. */
function resolveReplica(
  replica: Located<ReplicaDefinition>,
  primary: KeyModel,
  environment: Environment,
  layers: readonly Located<KeyText>[],
  { stack, scope, collector, noteShape }: KeyResolution,
): KeyModel | undefined {
  const { name } = primary;
  const reference = property(replica, 'environment') ?? property(replica, 'region');
  if (reference === undefined) return undefined; // the schema requires one
  const written = collector.take(writtenIn([differing(replica, environment, scope)], `the replica of \`${name}\``));
  if ('absentBy' in written) {
    noteShape([]);
    return undefined;
  }
  const place = replica.value.region ?? environment.name ?? '';
  const holder = `${name}@${place}`;
  const from = viewpointOf(replica, name, environment, stack, scope);
  const ownLayers = collector.take(withStandards(written.layers, environment, scope, layers));
  noteShape(ownLayers);
  const content = resolveContent(ownLayers, { name, nameSpan: reference.span }, from, scope);
  const { properties } = content;
  return {
    ...content,
    kind: 'replicaKey',
    id: `replicaKey/${holder}`,
    stack,
    environment,
    traits: primary.traits,
    inheritedTags: inheritedTags(stack.definition, stack.sections.tags, environment, scope.project, place),
    differences: valueDifferences(ownLayers, [], place),
    definition: replica,
    kmsGrants: collector.take(bindKmsGrants(properties.kmsGrants.values(), from, scope)),
    aliases: collector.take(resolveAliases(properties.aliases, holder, name, environment, from.place)),
    replicas: [],
    primary,
  };
}

/** The position where the references of a replica are bound: in its stack, with the place of its environment. */
function viewpointOf(
  { value: { region } }: Located<ReplicaDefinition>,
  key: string,
  environment: Environment,
  stack: StackModel,
  { declared }: Scope,
): Viewpoint {
  const place = placeOf(environment, {
    names: { app: literal(stack.app), stack: nameTextOf(stack), key: literal(key) },
    values: declared.valuesIn(environment, [environment]),
    accounts: declared.accounts,
    literalOf: region === undefined ? literalOfEnvironment : literalFromReplica(region),
  });
  return { created: stack.created, environment: stack.environment, place };
}

/**
 * The environments of a replica of a key: the environment that it names; for a group or pattern, the environments in other regions of the
 * key's account; for a region, the environment of the key's account in that region. Reports a region without such an environment (KW2145),
 * or with several (KW2146).
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
