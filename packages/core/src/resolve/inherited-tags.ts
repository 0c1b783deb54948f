import type { Environment } from '../ir/program.ts';
import type { StackDefinition } from '../language/stack.ts';
import { entries, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** The tags of all that a stack creates in an environment, by name: those of the environment, which those of the stack replace. */
export function inheritedTags(
  stack: Named<StackDefinition>,
  environment: Pick<Environment, 'name'>,
  { environments }: Project,
): ReadonlyMap<string, Named<string>> {
  const definition = environments.get(environment.name ?? '');
  const ofEnvironment = entries(definition && property(definition, 'tags'));
  return new Map([...ofEnvironment, ...entries(property(stack, 'tags'))].map((tag) => [tag.name, tag]));
}
