import type { Inventory } from '@keywright/core/changes/inventory';
import { groupBy } from '@keywright/core/collections/group-by';
import type { EarlierFile } from '@keywright/core/emit/emitter';
import { parseManifest } from '../disk/manifest.ts';
import { refusal } from '../disk/system-error.ts';
import { readManifestText, statesBelow } from './folder.ts';

/**
 * The files below an output folder that an earlier build wrote for stacks, by target. Empty if there is no manifest or something cannot be
 * read, which is reported when the outputs are written.
 */
export function earlierFiles(out: string): ReadonlyMap<string, readonly EarlierFile[]> {
  const files = new Map<string, EarlierFile[]>();
  try {
    const parsed = parseManifest(readManifestText(out) ?? '');
    if (parsed.kind === 'unusable') return files;
    const stateOf = statesBelow(out);
    for (const [path, { target, stack }] of parsed.manifest) {
      const state = stack === undefined ? undefined : stateOf(path);
      if (stack === undefined || state?.kind !== 'file') continue;
      const content = Buffer.from(state.content).toString('utf8').replaceAll('\r\n', '\n');
      const ofTarget = files.get(target) ?? [];
      files.set(target, ofTarget);
      ofTarget.push({ stack, path, content });
    }
  } catch (error) {
    if (refusal(error) === undefined) throw error;
  }
  return files;
}

/**
 * Returns the files of a target. If an inventory describes the last build, each file comes with the stacks of that build that it was
 * generated for.
 */
export function withDeployments(
  files: readonly EarlierFile[],
  target: string,
  previous: Inventory | undefined,
): readonly EarlierFile[] {
  if (previous === undefined) return files;
  const stacks = previous.stacks.filter(({ targets }) => targets.includes(target));
  const byProgram = groupBy(stacks, ({ name, definition, programs }) => programs?.[target] ?? definition ?? name);
  return files.map((file) => ({ ...file, deployments: byProgram.get(file.stack) ?? [] }));
}
