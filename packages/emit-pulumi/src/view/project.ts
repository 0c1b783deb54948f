import { headerComment } from '@keywright/core/emit/comment';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { projectName, projectOf } from '../names.ts';

/** The views of the templates for a project's settings, by file. */
export function projectViews({ name, deployments: [stack] }: StackProgram, generator: string) {
  const header = headerComment(generator);
  return {
    'Pulumi.yaml': { header, name: projectOf(stack), app: stack.app, stack: name },
    // JSON has no comments, so the description says who generated the file. npm allows no capitals in names.
    'package.json': {
      name: JSON.stringify(projectName(stack.app, name).toLowerCase()),
      description: JSON.stringify(header),
    },
    'tsconfig.json': { header },
  };
}

/** The view of the template for the package that has all projects as workspaces. */
export function workspaceView(app: string, generator: string) {
  return { name: JSON.stringify(`${app.toLowerCase()}-pulumi`), description: JSON.stringify(headerComment(generator)) };
}
