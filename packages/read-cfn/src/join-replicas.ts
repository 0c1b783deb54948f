import { report } from '@keywright/core/diagnostics/diagnostic';
import type { Alias, Environment, Key, ReplicaKey, Resource } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { sameOrUnknown } from '@keywright/core/resolve/place';
import { type Collection, leftOutOf, type ReadResource } from './collect.ts';
import { replicaWithoutPrimary } from './diagnostics.ts';
import type { OpenTemplate } from './open-template.ts';
import type { LooseReplica } from './read-entry.ts';
import type { World } from './world.ts';

/** Maps the template of a primary key to the environments of the key's replicas. */
export type ReplicaEnvironments = ReadonlyMap<OpenTemplate, readonly Environment[]>;

/**
 * Moves replicas and their aliases to the stack of the primary key, because the IR has them in that stack. In CloudFormation, a replica is
 * in a template for its own region, which gets the primary's ARN as a parameter.
 */
export function joinReplicas(collection: Collection, world: World): ReplicaEnvironments {
  const environments = new Map<OpenTemplate, Environment[]>();
  const { byTemplate } = collection;
  for (const loose of collection.replicas) {
    const { entry, from } = loose;
    const primary = primaryOf(loose, collection, world);
    if (typeof primary === 'string') {
      const parameters = { replica: entry.logicalId, problem: primary };
      collection.collector.add(report(replicaWithoutPrimary, entry.span, parameters));
      collection.leftOut.push(leftOutOf(entry));
      continue;
    }
    const { key, stack, region } = primary;
    const ofStack = environments.get(stack) ?? [];
    environments.set(stack, ofStack);
    if (!ofStack.some((environment) => environment.region === region))
      ofStack.push({ name: region, ...stack.template.environment, ...from.template.environment });
    const { id: looseId, name: _, ...replica } = loose.resource.replica;
    const id = `replicaKey/${key.name}@${region}`;
    const isTaken = byTemplate.get(stack)?.some(({ resource }) => resource.id === id) === true;
    const moved: ReplicaKey = {
      ...replica,
      id: isTaken ? `${id}/${entry.logicalId}` : id,
      name: key.name,
      spec: key.spec,
      usage: key.usage,
      origin: key.origin,
      region,
      environmentName: region,
      primary: key.id,
    };
    const [aliases, others] = separate(byTemplate.get(from) ?? [], looseId);
    byTemplate.set(from, others);
    const elsewhere = <Piece extends Resource>(piece: Piece): Piece =>
      rewrite(piece, (part) => {
        if (part.kind !== 'reference') return part;
        // No resource of the primary's stack has this id, so a later step reports the reference as wrong.
        return { ...part, resource: part.resource === looseId ? moved.id : `${from.name}/${part.resource}` };
      });
    byTemplate.set(stack, [
      ...(byTemplate.get(stack) ?? []),
      { ...loose, resource: { ...elsewhere(moved) } },
      ...aliases.map((alias) => {
        const { aliasName } = alias.resource;
        const aliasId = `alias/${key.name}@${region}/${aliasName.slice('alias/'.length)}`;
        return { ...alias, resource: { ...elsewhere(alias.resource), id: aliasId, keyName: key.name, region } };
      }),
    ]);
  }
  for (const ofStack of environments.values())
    ofStack.sort((one, other) => ((one.region ?? '') < (other.region ?? '') ? -1 : 1));
  return environments;
}

interface Primary {
  readonly key: Key;
  readonly stack: OpenTemplate;
  readonly region: string;
}

/**
 * Finds the primary key of a replica. If the primary key or the region is unknown, returns a text that completes "… is a replica, and …".
 */
function primaryOf(
  { resource, from }: ReadResource<LooseReplica>,
  { byTemplate }: Collection,
  world: World,
): Primary | string {
  const { primary } = resource;
  const { region, account } = from.template.environment;
  if (region === undefined) return 'the region of its template is unknown';
  if (primary.kind === 'literal') return `none of the templates creates its primary key, ${primary.text}`;
  if (primary.kind === 'reference') return 'its primary key is in the same template, which is deployed to one region';
  const shared = primary.kind === 'crossStack' ? world.sharedValue(primary.stack, primary.export) : undefined;
  if (shared === undefined) return 'its template does not say which key is its primary';
  const { producer: stack, value } = shared;
  const key = byTemplate.get(stack)?.find((one) => one.resource.id === value.resource)?.resource;
  if (key?.kind !== 'key') return 'its primary key could not be read';
  if (!key.multiRegion) return `its primary key, \`${key.name}\`, is not multi-Region`;
  const place = stack.template.environment;
  if (place.region === undefined) return 'the region of its primary key is unknown';
  if (place.region === region || !sameOrUnknown(place.account, account))
    return 'its primary key has to be in another region of the same account';
  return { key, stack, region };
}

/** Separates the aliases of a replica from everything else. */
function separate(
  all: readonly ReadResource[],
  replica: string,
): readonly [readonly ReadResource<Alias>[], readonly ReadResource[]] {
  const aliases: ReadResource<Alias>[] = [];
  const others: ReadResource[] = [];
  for (const one of all) {
    const { resource } = one;
    const isOfReplica =
      resource.kind === 'alias' && resource.target.kind === 'reference' && resource.target.resource === replica;
    if (isOfReplica) aliases.push({ ...one, resource });
    else others.push(one);
  }
  return [aliases, others];
}
