import type { DifferenceOrigin } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import type { StackDefinition } from '../language/stack.ts';
import { entries, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { seenFromReplica, tagDifferences } from './value-differences.ts';

/** A tag that a stack or its environment gives to everything that the stack creates. */
export interface InheritedTag extends Named<string> {
  readonly isOfEnvironment?: true;
  /** The origin of the entries of `in` that change the tag in some environment. */
  readonly difference?: DifferenceOrigin | undefined;
}

/**
 * The tags of everything that a stack creates in an environment, by name: the environment's tags, overridden by the tags of the stack in
 * that environment (`tags`). `replicaPlace`: for a replica's tags, the region or environment by which the YAML names the replica.
 */
export function inheritedTags(
  definition: Named<StackDefinition>,
  tags: readonly Named<string>[],
  environment: Pick<Environment, 'name'>,
  { environments }: Project,
  replicaPlace?: string,
): ReadonlyMap<string, InheritedTag> {
  const declared = environments.get(environment.name ?? '');
  const differing = tagDifferences(definition, declared?.value.tags ?? {});
  const ofEnvironment = entries(declared && property(declared, 'tags')).map(
    (tag): InheritedTag => ({ ...tag, isOfEnvironment: true }),
  );
  // A tag under `tags` of the stack itself has the same value for replicas as for primary keys.
  const differenceOf = (name: string) =>
    seenFromReplica('differences.stack', definition.value.tags?.[name] === undefined ? replicaPlace : undefined);
  return new Map(
    [...ofEnvironment, ...tags].map((tag) => [
      tag.name,
      differing.has(tag.name) ? { ...tag, difference: differenceOf(tag.name) } : tag,
    ]),
  );
}
