import type { Compilation } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import { readTemplates } from '../project/templates.ts';
import { version } from '../version.ts';
import { type BuildTarget, noTemplates, optionsOf, templateFolder } from './generate.ts';

export interface PreparedTargets {
  readonly targets: readonly BuildTarget[];
  /** The folders of a team's own templates, as the project names them. */
  readonly folders: readonly string[];
  /** KW6009 for templates that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Loads the emitters of some targets, and reads a team's own templates. `replaced` has options, by target, that override those of the
 * project.
 */
export async function prepareTargets(
  wanted: readonly Target<unknown>[],
  compilation: Pick<Compilation, 'targetOptions'>,
  root: string,
  replaced: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<PreparedTargets> {
  const targets: BuildTarget[] = [];
  const folders: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const target of wanted) {
    const options = optionsOf(target, compilation, replaced[target.name] ?? {});
    const folder = templateFolder(options);
    if (folder !== undefined) folders.push(folder);
    const { templates, diagnostics: problems } =
      folder === undefined ? noTemplates : readTemplates(root, target.name, folder);
    diagnostics.push(...problems);
    const input = { generator: `Keywright ${version()}`, options, templates };
    targets.push({ target, emitter: await target.loadEmitter(), input });
  }
  return { targets, folders, diagnostics };
}
