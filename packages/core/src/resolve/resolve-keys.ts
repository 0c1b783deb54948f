import { byName } from '../collections/by-name.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import type { Located } from '../project/located.ts';
import { resolveAliases } from './alias-names.ts';
import type { Difference } from './differences.ts';
import { bindKmsGrants, resolveContent } from './key-content.ts';
import type { KeyText } from './key-properties.ts';
import type { AbsentKey, Grantee, KeyModel, StackModel } from './model.ts';
import { ofKey } from './place.ts';
import { type KeyResolution, resolveReplicas } from './resolve-replicas.ts';
import type { Scope } from './scope.ts';
import type { WrittenKey } from './sections.ts';
import { shapeDifferences } from './shape-differences.ts';
import { withStandards } from './standards.ts';
import { resolveTraits } from './traits.ts';
import { changesToKeys, type KeyChange, valueDifferences } from './value-differences.ts';
import { differing, writtenIn } from './written-layers.ts';

type KeysOfStack = Pick<StackModel, 'keys' | 'absentKeys' | 'replicaEnvironments'> & {
  /** The entries of `in` that change the shape of a key or replica; some occur several times. */
  readonly differences: readonly Difference<unknown>[];
};

/** The keys of a stack by name, each with its replicas; and the environments of all replicas, sorted by region and name. */
export function resolveKeys(stack: StackModel, all: Scope): Result<KeysOfStack> {
  const collector = createCollector();
  const held: Difference<unknown>[] = [];
  const differences: Difference<unknown>[] = [];
  const scope = { ...all, held };
  const resolution: KeyResolution = {
    stack,
    scope,
    collector,
    noteShape(layers) {
      differences.push(...shapeDifferences(held.splice(0), layers));
    },
  };
  const keys = new Map<string, KeyModel>();
  const absentKeys = new Map<string, AbsentKey>();
  const changesOfStack = changesToKeys(stack.definition);
  const named = new Map<string, Result<Grantee>>();
  // Sorted by name: moving a key within its file must not change the output.
  for (const key of [...stack.sections.keys].sort(byName)) {
    const { name } = key;
    const { environment } = stack;
    const texts = [
      ...(key.ofSet ? [differing(key.ofSet, environment, scope)] : []),
      differing(key.ofStack, environment, scope, key.differences),
    ];
    held.push(...key.differences);
    const written = collector.take(writtenIn(texts, `key \`${name}\``));
    if ('absentBy' in written) {
      resolution.noteShape([]);
      const absences = absencesOf(`${stack.definition.name}.${name}`, scope);
      absences.push(environment.name ?? '');
      absentKeys.set(name, { by: written.absentBy.nameSpan, environments: absences });
      continue;
    }
    const layers = collector.take(withStandards(written.layers, environment, scope));
    resolution.noteShape(layers);
    keys.set(name, resolveKey(key, layers, changesOfStack.get(name) ?? [], named, resolution));
  }
  return collector.result({ keys, absentKeys, replicaEnvironments: replicaEnvironmentsOf(keys.values()), differences });
}

/** A key with its replicas, given its layers, the nearest last. `changes`: what all entries of its stack's `in` say about the key. */
function resolveKey(
  { name, definition }: WrittenKey,
  layers: readonly Located<KeyText>[],
  changes: readonly KeyChange[],
  named: Map<string, Result<Grantee>>,
  resolution: KeyResolution,
): KeyModel {
  const { stack, scope, collector } = resolution;
  const { environment, created } = stack;
  const from = { created, environment, place: ofKey(stack.place, name), named };
  const content = resolveContent(layers, definition, from, scope);
  const { properties } = content;
  const replicas: KeyModel[] = [];
  const primary: KeyModel = {
    ...content,
    kind: 'key',
    id: `key/${name}`,
    stack,
    environment,
    traits: resolveTraits(properties),
    inheritedTags: stack.tags,
    differences: valueDifferences(layers, changes),
    definition,
    kmsGrants: collector.take(bindKmsGrants(properties.kmsGrants.values(), from, scope)),
    aliases: collector.take(resolveAliases(properties.aliases, name, name, environment, from.place)),
    replicas,
  };
  // Replicas are resolved afterwards, because a replica refers to its primary key.
  replicas.push(...resolveReplicas(primary, layers, resolution));
  return primary;
}

/** The list of environments in which a key is absent; each deployment of the key's stack adds its own. */
function absencesOf(key: string, { absences }: Scope): string[] {
  const environments = absences.get(key) ?? [];
  absences.set(key, environments);
  return environments;
}

function replicaEnvironmentsOf(keys: Iterable<KeyModel>): readonly Environment[] {
  const replicas = [...keys].flatMap((key) => key.replicas);
  const environments = new Map(replicas.map(({ environment }) => [environment.name, environment]));
  const order = ({ region, name }: Environment) => `${region} ${name}`;
  return [...environments.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
