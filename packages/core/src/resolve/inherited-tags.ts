import type { Environment } from '../ir/program.ts';
import { entries, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** The tags of all that a stack with these tags creates in an environment, by name: those of the environment, which its own replace. */
export function inheritedTags(
  tags: readonly Named<string>[],
  environment: Pick<Environment, 'name'>,
  { environments }: Project,
): ReadonlyMap<string, Named<string>> {
  const definition = environments.get(environment.name ?? '');
  const ofEnvironment = entries(definition && property(definition, 'tags'));
  return new Map([...ofEnvironment, ...tags].map((tag) => [tag.name, tag]));
}
