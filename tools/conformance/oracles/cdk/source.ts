import { type Context, contextFileName } from '@keywright/core/context/context';
import { parseContextFile } from '@keywright/core/context/context-file';
import type { ProjectHost } from '@keywright/core/project/host';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import type { Model } from '@keywright/core/resolve/model';
import { resolveStacks } from '@keywright/core/resolve/resolve-stacks';

/** A project as far as Keywright has understood it before it decides any policy: all that the translator is given. */
export interface Source {
  readonly model: Model;
  readonly principals: Project['principals'];
  /** The text of a file that the project names; undefined if it is none. */
  readonly readFile: (path: string) => string | undefined;
}

export function readSource(host: ProjectHost): Source {
  const { project } = readProject(host).value;
  if (project === undefined) throw new Error('the project is not valid');
  const { model } = resolveStacks(project, ['cfn', 'terraform', 'pulumi'], readContext(host)).value;
  return {
    model,
    principals: project.principals,
    readFile: (path) => {
      const reading = host.readFile(path);
      return reading.kind === 'text' ? reading.text : undefined;
    },
  };
}

function readContext(host: ProjectHost): Context {
  const reading = host.readFile(contextFileName);
  return reading.kind === 'text' ? parseContextFile({ path: contextFileName, text: reading.text }).context : new Map(); // a project that looks nothing up
}
