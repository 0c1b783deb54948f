import { idInProgram, placedIn } from '@keywright/analyze/build/placed';
import { type Diagnostic, hasErrors, report } from '@keywright/core/diagnostics/diagnostic';
import type { Forgotten } from '@keywright/core/emit/adoption';
import { importId } from '@keywright/core/emit/import-id';
import type { Key, Program, Resource, Stack } from '@keywright/core/ir/program';
import type { Reading } from '@keywright/core/reading/reader';
import { placedAs } from '../placed-as.ts';
import { type DeployedTexts, deployedTexts } from './deployed-texts.ts';
import { nameNotPinned, notInSource, withoutId } from './diagnostics.ts';
import { differencesOf } from './differences.ts';
import { type ExistingResource, nameOf, type Pair, type ProjectResource } from './existing-resource.ts';
import { matchKeys } from './match-keys.ts';
import { matchRest, type Side } from './match-rest.ts';

export interface HandOverOptions {
  /** The stacks of the project to hand over. */
  readonly stacks: readonly Stack[];
  /** The target whose tool manages the source; `undefined` if the source is an account. */
  readonly sourceTarget: string | undefined;
  /** Returns the id that AWS gave a resource, for a source that does not contain the id. */
  readonly idOf: (existing: ExistingResource) => string | undefined;
  /** Returns the tags that the tool adds to every resource of a stack of the project. */
  readonly addedTags: (stack: Stack) => Readonly<Record<string, string>>;
}

export interface HandOver {
  /** The stacks of the project, in the order of their deployment, with the ids that AWS gave their keys, replicas and grants. */
  readonly stacks: readonly { readonly stack: Stack; readonly ids: ReadonlyMap<string, string> }[];
  /** Maps a stack of the source to those of its resources that the source's tool has to stop managing. */
  readonly forgotten: ReadonlyMap<string, readonly Forgotten[]>;
  /** If any of these is an error, nothing must be handed over. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds a project's resources in a source, and lists what the project's tool would change when it takes them over. */
export function handOver(project: Program, reading: Reading, options: HandOverOptions): HandOver {
  const wanted = placedIn(options.stacks);
  const unplaced = foundIn(reading.program, reading, options);
  const keys = matchKeys(wanted.filter(isKey), unplaced.filter(isKey), options.sourceTarget);
  const environments = new Map(
    keys.pairs.map(({ existing, wanted }) => [existing.stack.name, wanted.stack.environment]),
  );
  const program = placedAs(reading.program, environments);
  const existing = foundIn(program, reading, options);
  const atHome = (pair: Pair): Pair => ({ ...pair, existing: sameIn(existing, pair.existing) });

  const pairs: Pair[] = keys.pairs.map(atHome);
  const called = (side: 'wanted' | 'existing') => {
    const names = new Map(pairs.map((pair) => [idInProgram(pair[side]), pair.existing.origin.physicalId]));
    if (side === 'existing') for (const one of existing) names.set(idInProgram(one), one.origin.physicalId);
    return (id: string) => names.get(id);
  };
  const sides = () => ({
    wanted: sideOf(deployedTexts(project, called('wanted')), pairs, 'wanted'),
    existing: sideOf(deployedTexts(program, called('existing')), pairs, 'existing'),
  });
  const diagnostics = [...keys.diagnostics];
  // Resources that other resources refer to come first.
  for (const kinds of [
    ['replicaKey', 'role', 'user', 'group'],
    ['alias', 'kmsGrant', 'identityPolicy'],
  ]) {
    const of = ({ resource }: ProjectResource | ExistingResource) => kinds.includes(resource.kind);
    const matched = matchRest(wanted.filter(of), existing.filter(of), sides());
    pairs.push(...matched.pairs);
    diagnostics.push(...matched.diagnostics);
  }
  const { wanted: own, existing: its } = sides();
  const texts = { wanted: own.texts, existing: its.texts };
  for (const pair of pairs) {
    diagnostics.push(...problemsOf(pair), ...differencesOf(pair, texts, options.addedTags(pair.wanted.stack)));
  }
  return {
    stacks: options.stacks.map((stack) => ({ stack, ids: idsIn(stack, pairs) })),
    forgotten: forgottenOf(pairs, existing),
    // If reading reported an error, a resource may be missing only because it was left out, so no resource is reported as missing.
    diagnostics: hasErrors(reading.diagnostics)
      ? diagnostics.filter(({ code }) => code !== notInSource.code)
      : diagnostics,
  };
}

function isKey<T extends ProjectResource>(one: T): one is T & ProjectResource<Key> {
  return one.resource.kind === 'key';
}

function foundIn(program: Program, { origins }: Reading, { idOf }: HandOverOptions): readonly ExistingResource[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.map((resource): ExistingResource => {
      const origin = origins.get(stack.name)?.get(resource.id) ?? { address: resource.id };
      const physicalId = origin.physicalId ?? idOf({ stack, resource, origin });
      return { stack, resource, origin: { ...origin, ...(physicalId !== undefined && { physicalId }) } };
    }),
  );
}

function sameIn(existing: readonly ExistingResource[], one: ExistingResource): ExistingResource {
  return existing.find((other) => idInProgram(other) === idInProgram(one)) ?? one;
}

function sideOf(texts: DeployedTexts, pairs: readonly Pair[], side: 'wanted' | 'existing'): Side {
  const names = new Map(pairs.map((pair) => [idInProgram(pair[side]), keyName(pair.wanted)]));
  return {
    texts,
    keyOf(resource, { stack }) {
      const key =
        resource.kind === 'replicaKey'
          ? stack.resources.find(({ id }) => id === resource.primary)
          : resource.kind === 'alias'
            ? texts.keyOf(resource.target, stack)?.resource
            : resource.kind === 'kmsGrant'
              ? texts.keyOf(resource.key, stack)?.resource
              : undefined;
      return key && names.get(idInProgram({ stack, resource: key }));
    },
  };
}

/** Returns for example `security.orders` or `security.orders@prod-us`. */
function keyName({ stack, resource }: ProjectResource): string {
  const { name } = resource.kind === 'alias' || resource.kind === 'sharedParameter' ? { name: resource.id } : resource;
  return `${stack.name}.${name}${resource.kind === 'replicaKey' ? `@${resource.environmentName}` : ''}`;
}

function problemsOf({ wanted: { resource }, existing: { origin, resource: other } }: Pair): readonly Diagnostic[] {
  const what = nameOf(resource);
  const { address, physicalId } = origin;
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
    case 'kmsGrant':
      return physicalId === undefined ? [report(withoutId, resource.source.span, { what, address })] : [];
    case 'role':
    case 'user':
    case 'group': {
      const name = physicalId ?? ('physicalName' in other ? other.physicalName : undefined);
      if (name === undefined) return [report(withoutId, resource.source.span, { what, address })];
      return resource.physicalName === undefined ? [report(nameNotPinned, resource.source.span, { what, name })] : [];
    }
    case 'alias':
    case 'identityPolicy':
    case 'sharedParameter':
      return [];
  }
}

function idsIn(stack: Stack, pairs: readonly Pair[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.flatMap(({ wanted, existing: { origin } }) =>
      wanted.stack === stack && origin.physicalId !== undefined ? [[wanted.resource.id, origin.physicalId]] : [],
    ),
  );
}

/** Maps a stack of the source to those of its resources that are handed over. Resources that refer to a key come before the key. */
function forgottenOf(
  pairs: readonly Pair[],
  existing: readonly ExistingResource[],
): ReadonlyMap<string, readonly Forgotten[]> {
  const ids = new Map(
    existing.flatMap(({ stack, resource, origin: { physicalId } }) =>
      physicalId === undefined ? [] : [[idInProgram({ stack, resource }), physicalId]],
    ),
  );
  const byStack = new Map<string, Forgotten[]>();
  for (const {
    existing: { stack, resource, origin },
  } of pairs) {
    const physicalIds = new Map(
      stack.resources.flatMap(({ id }) => {
        const physical = ids.get(`${stack.name}/${id}`);
        return physical === undefined ? [] : [[id, physical] as const];
      }),
    );
    const { address, parts = [], physicalId } = origin;
    const id = importId(resource, stack, physicalIds) ?? physicalId ?? address;
    byStack.set(stack.name, [...(byStack.get(stack.name) ?? []), { resource, stack, address, parts, id }]);
  }
  return new Map([...byStack].map(([stack, list]) => [stack, [...list].sort((one, other) => rank(one) - rank(other))]));
}

const order: readonly Resource['kind'][] = [
  'kmsGrant',
  'alias',
  'identityPolicy',
  'role',
  'user',
  'group',
  'replicaKey',
  'key',
  'sharedParameter',
];

function rank({ resource }: Forgotten): number {
  return order.indexOf(resource.kind);
}
