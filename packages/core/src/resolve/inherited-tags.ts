import type { Environment } from '../ir/program.ts';
import { entries, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** The tags that everything a stack creates in an environment inherits, by name: the environment's, overridden by the stack's. */
export function inheritedTags(
  tags: readonly Named<string>[],
  environment: Pick<Environment, 'name'>,
  { environments }: Project,
): ReadonlyMap<string, Named<string>> {
  const definition = environments.get(environment.name ?? '');
  const ofEnvironment = entries(definition && property(definition, 'tags'));
  return new Map([...ofEnvironment, ...tags].map((tag) => [tag.name, tag]));
}
