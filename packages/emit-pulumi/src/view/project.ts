import { headerComment } from '@keywright/core/emit/comment';
import type { Stack } from '@keywright/core/ir/program';
import { projectName } from '../names.ts';

/** What the templates of a project's settings see, by file. */
export function projectViews(stack: Stack, generator: string) {
  const header = headerComment(generator);
  const name = projectName(stack.app, stack.name);
  return {
    'Pulumi.yaml': { header, name, app: stack.app, stack: stack.name },
    // JSON has no comments, and npm no names with capitals.
    'package.json': { name: JSON.stringify(name.toLowerCase()), description: JSON.stringify(header) },
    'tsconfig.json': { header },
  };
}
