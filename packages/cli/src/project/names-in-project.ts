/**
 * Lists the names of a project, for shell completion. The project is not compiled, since people type the name of a key while there are
 * still errors.
 */
import { elements, entries, property } from '@keywright/core/project/located';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import { createEnvironmentSets } from '@keywright/core/resolve/environment-sets';
import { keysOfSets } from '@keywright/core/resolve/key-sets';
import { collectEnvironments, deploymentName } from '@keywright/core/resolve/stack-environments';
import type { Io } from '../io.ts';
import { createDiskHost } from './disk-host.ts';
import { locateProject } from './locate.ts';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Names in the project in the working directory; none without a project. */
export function namesInProject(kind: 'key' | 'principal' | 'stack', io: Io): readonly Candidate[] {
  const located = locateProject(undefined, io);
  if ('problem' in located) return [];
  const { project } = readProject(createDiskHost(located.root)).value;
  if (project === undefined) return [];
  switch (kind) {
    case 'key':
      return keysOf(project);
    case 'principal':
      return principalsOf(project);
    case 'stack':
      return stackNames(project).map((value) => ({ value, description: '' }));
  }
}

/** Returns the keys by name, or by stack and name if the name is not unique; and their replicas. */
function keysOf(project: Project): readonly Candidate[] {
  const stacksOf = new Map<string, string[]>();
  const replicas: Candidate[] = [];
  const { value: sets } = createEnvironmentSets(project);
  for (const stack of project.stacks.values()) {
    const ofSets = keysOfSets(stack, project, new Set()).value;
    const stackKeys = [...ofSets, ...entries(property(stack, 'keys'))];
    for (const key of new Map(stackKeys.map((one) => [one.name, one])).values()) {
      stacksOf.set(key.name, [...(stacksOf.get(key.name) ?? []), stack.name]);
      for (const replica of elements(property(key, 'replicas'))) {
        const environment = property(replica, 'environment');
        const set = environment && sets.find(environment).value;
        for (const name of set?.environments.keys() ?? []) {
          replicas.push({ value: `${key.name}@${name}`, description: `a replica of ${stack.name}` });
        }
      }
    }
  }
  const keys = [...stacksOf].flatMap(([name, stacks]): readonly Candidate[] => [
    { value: name, description: stacks.join(', ') },
    ...(stacks.length > 1 ? stacks.map((stack) => ({ value: `${stack}.${name}`, description: '' })) : []),
  ]);
  return [...keys, ...replicas];
}

function principalsOf(project: Project): readonly Candidate[] {
  const created = [...project.stacks.values()].flatMap((stack) =>
    entries(property(stack, 'principals')).map(({ name }) => ({ value: name, description: stack.name })),
  );
  const named = [...project.principals.keys()].map((value) => ({ value, description: 'exists already' }));
  return [...new Map([...named, ...created].map((name) => [name.value, name])).values()];
}

/** A definition with environments has a stack, with a name of its own, in each of them. */
function stackNames(project: Project): readonly string[] {
  const { value: sets } = createEnvironmentSets(project);
  return [...project.stacks.values()].flatMap((stack) =>
    stack.value.environment === undefined
      ? [stack.name]
      : collectEnvironments(stack, sets).value.map(({ name }) => deploymentName(stack, name)),
  );
}
