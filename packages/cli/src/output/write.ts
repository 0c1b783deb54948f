import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import type { Unusable } from '@keywright/core/syntax/own-file';
import { cannotWrite, manifestUnusable, outLeadsAway, pathBlocked, sourceInTheWay } from '../diagnostics/output.ts';
import type { Manifest } from '../disk/manifest.ts';
import { parseManifest } from '../disk/manifest.ts';
import { manifestFileName } from '../disk/safe-path.ts';
import { refusal } from '../disk/system-error.ts';
import { leaves } from '../project/disk-host.ts';
import { shownBelow, shownPath } from '../project/locate.ts';
import type { FileOutcome } from '../report/contents.ts';
import { applyPlan, readManifestText, stateBelow, statesBelow } from './folder.ts';
import { placeInventory } from './inventory.ts';
import type { Plan, Scope, WantedFile } from './plan.ts';
import { planChanges } from './plan.ts';

export interface Writing {
  /** The output folder, an absolute path. It may not exist yet. */
  readonly out: string;
  /** The working directory. Paths in messages are relative to it. */
  readonly cwd: string;
  /** The project's folder. The files of spans are relative to it. */
  readonly root: string;
  /** The absolute paths of the files that the project reads. */
  readonly sources: ReadonlySet<string>;
  /** Paths that `checkPaths` has accepted. */
  readonly wanted: readonly WantedFile[];
  /** Maps the present name of a stack to its names in earlier builds, oldest first. */
  readonly formerStacks: ReadonlyMap<string, readonly string[]>;
  readonly scope: Scope;
  readonly force: boolean;
  /** The new text of the inventory. */
  readonly inventory: string;
}

export interface Written {
  /** Absent if nothing was done. */
  readonly files?: readonly FileOutcome[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes outputs, deletes files in scope that are no longer wanted, and updates the manifest. If anything is in the way, or a person edited
 * any of the files, nothing is written at all.
 */
export function writeOutputs(writing: Writing): Written {
  const planned = planOutputs(writing);
  if ('diagnostics' in planned) return planned;
  if (planned.conflicts.length > 0) return { diagnostics: planned.conflicts };
  const refused = refusing(writing, () => {
    applyPlan(writing.out, planned);
    placeInventory(writing.out, writing.inventory);
  });
  if (refused !== undefined) return { diagnostics: [refused] };
  const shown = shownBelow(writing.cwd, writing.out);
  const files = planned.changes.map(({ kind, path }) => ({
    path: shown(path),
    action: kind,
    // Each target has its own folder in the output folder.
    folder: shown(path.split('/')[0] ?? path),
  }));
  return { files, diagnostics: [] };
}

/** Returns the plan for outputs, or the reason why there is none, such as a manifest or a folder that cannot be read. */
export function planOutputs(writing: Writing): Plan | Written {
  const { out, cwd, root, wanted, formerStacks, scope, force, sources } = writing;
  const shown = shownBelow(cwd, out);
  let plan: Plan | Written | undefined;
  const refused = refusing(writing, () => {
    const leadsTo = whereIs(out);
    if (!leaves(root, out) && leaves(whereIs(root), leadsTo)) {
      plan = { diagnostics: [report(outLeadsAway, undefined, { path: shownPath(cwd, out), leadsTo })] };
      return;
    }
    const inTheWay = stateBelow(out, manifestFileName);
    if (inTheWay.kind === 'blocked') {
      const { obstacle } = inTheWay;
      plan = { diagnostics: [report(pathBlocked, undefined, { path: shown(manifestFileName), obstacle })] };
      return;
    }
    const manifest = readManifest(out, force);
    plan =
      'reason' in manifest
        ? {
            diagnostics: [report(manifestUnusable, undefined, { path: shown(manifestFileName), ...manifest })],
          }
        : planChanges({
            wanted,
            formerStacks,
            manifest: manifest.manifest,
            scope,
            force,
            stateOf: statesBelow(out),
            shownPath: shown,
          });
  });
  if (plan !== undefined && 'changes' in plan) {
    const read = new Set([...sources].map((source) => shownPath(out, source)));
    const lost = plan.changes.filter(({ kind, path }) => kind !== 'keep' && read.has(path));
    if (lost.length > 0) {
      return { diagnostics: lost.map(({ path }) => report(sourceInTheWay, undefined, { path: shown(path) })) };
    }
  }
  return plan ?? { diagnostics: refused === undefined ? [] : [refused] };
}

/**
 * Returns the real path of a folder. If the folder does not exist yet, this is its path below the real path of the nearest existing parent.
 */
function whereIs(folder: string): string {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    const above = dirname(folder);
    return above === folder ? folder : join(whereIs(above), basename(folder));
  }
  try {
    return realpathSync(folder);
  } catch {
    // A link whose target does not exist. Writing reports that the file cannot be written.
    return resolve(dirname(folder), readlinkSync(folder));
  }
}

function readManifest(out: string, force: boolean): { readonly manifest: Manifest } | Unusable {
  const text = readManifestText(out);
  if (text === undefined) return { manifest: new Map() };
  const parsed = parseManifest(text);
  if (parsed.kind === 'manifest') return { manifest: parsed.manifest };
  const { kind, ...unusable } = parsed;
  return force ? { manifest: new Map() } : unusable;
}

/** Runs something that the operating system may refuse. Returns its error as KW6006. */
function refusing({ out, cwd }: Writing, run: () => void): Diagnostic | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : out;
    return report(cannotWrite, undefined, { path: shownPath(cwd, path), ...refused });
  }
}
