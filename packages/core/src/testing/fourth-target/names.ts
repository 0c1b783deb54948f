import { environmentNameOf, ownNames } from '../../emit/resource-names.ts';
import { createStackOutputs } from '../../emit/stack-outputs.ts';
import type { Resource, Stack } from '../../ir/program.ts';

/** The name of a resource in the output: `key orders`. */
export function section(resource: Resource, stack: Stack): string {
  const name = [...ownNames(resource), environmentNameOf(resource, stack) ?? []].flat().join(' ');
  return resource.names.ini ?? `${resource.kind} ${name}`;
}

export const outputs = createStackOutputs((exportId) => exportId);
