import { type Context, contextFileName } from '@keywright/core/context/context';
import { parseContextFile } from '@keywright/core/context/context-file';
import type { ProjectHost } from '@keywright/core/project/host';
import { retyped } from '@keywright/core/project/located';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import { createEnvironmentSets } from '@keywright/core/resolve/environment-sets';
import type { Model } from '@keywright/core/resolve/model';
import { resolveStacks } from '@keywright/core/resolve/resolve-stacks';

/** A project with its names bound, before any policy is decided. The translator gets nothing else. */
export interface Source {
  readonly model: Model;
  readonly principals: Project['principals'];
  readonly tagsOf: (environment: string | undefined) => Readonly<Record<string, string>>;
  /**
   * Returns the names with a prefix that texts can use in an environment, and their values: the environment's values, and the ids of
   * declared accounts.
   */
  readonly wordsOf: (environment: string | undefined) => Readonly<Record<string, string>>;
  /** Returns the environments that a reference names: an environment, a group or a pattern. */
  readonly environmentsOf: (reference: string) => ReadonlySet<string>;
  /** Returns the text of a file that the project names; `undefined` if there is no such file. */
  readonly readFile: (path: string) => string | undefined;
}

export function readSource(host: ProjectHost): Source {
  const { project } = readProject(host).value;
  if (project === undefined) throw new Error('the project is not valid');
  const { model } = resolveStacks(project, ['cfn', 'terraform', 'pulumi'], readContext(host)).value;
  const sets = createEnvironmentSets(project).value;
  return {
    model,
    principals: project.principals,
    tagsOf: (environment) => project.environments.get(environment ?? '')?.value.tags ?? {},
    wordsOf: (environment) => ({
      ...prefixed('values.', Object.entries(project.environments.get(environment ?? '')?.value.values ?? {})),
      ...prefixed(
        'account.',
        [...project.environments].map(([name, { value }]) => [name, value.account]),
      ),
      ...prefixed(
        'account.',
        [...project.accounts].map(([name, { value }]) => [name, value.id]),
      ),
    }),
    environmentsOf: (reference) => {
      const [anywhere] = project.stacks.values();
      const set = anywhere && sets.find(retyped(anywhere, reference)).value;
      return new Set(set?.environments.keys());
    },
    readFile: (path) => {
      const reading = host.readFile(path);
      return reading.kind === 'text' ? reading.text : undefined;
    },
  };
}

function prefixed(prefix: string, words: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map(([name, text]) => [prefix + name, text]));
}

function readContext(host: ProjectHost): Context {
  const reading = host.readFile(contextFileName);
  if (reading.kind !== 'text') return new Map(); // the project has no lookups
  return parseContextFile({ path: contextFileName, text: reading.text }).context ?? new Map();
}
