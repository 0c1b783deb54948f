import type { Environment } from '../ir/program.ts';
import { entries, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** A tag that a stack or its environment gives to everything that the stack creates. */
export interface InheritedTag extends Named<string> {
  readonly isOfEnvironment?: true;
}

/** The tags that everything a stack creates in an environment inherits, by name: the environment's, overridden by the stack's. */
export function inheritedTags(
  tags: readonly Named<string>[],
  environment: Pick<Environment, 'name'>,
  { environments }: Project,
): ReadonlyMap<string, InheritedTag> {
  const definition = environments.get(environment.name ?? '');
  const ofEnvironment = entries(definition && property(definition, 'tags')).map(
    (tag): InheritedTag => ({ ...tag, isOfEnvironment: true }),
  );
  return new Map([...ofEnvironment, ...tags].map((tag) => [tag.name, tag]));
}
