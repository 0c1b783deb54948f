import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Inventory, inventoryFileName } from '@keywright/core/changes/inventory';
import { parseInventory } from '@keywright/core/changes/inventory-file';
import { inventoryUnusable } from '@keywright/core/diagnostics/changes';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Unusable } from '@keywright/core/syntax/own-file';
import { makeFolder } from '../disk/make-folder.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { refusal } from '../disk/system-error.ts';
import { shownPath } from '../project/locate.ts';
import { stateBelow } from './folder.ts';

/**
 * Reads the inventory of the last build in an output folder. Returns `{}` if there was no build, and a diagnostic (KW5166) if the inventory
 * cannot be read.
 */
export function readInventory(out: string, cwd: string): { readonly inventory?: Inventory } | Diagnostic {
  const unusable = (reason: string, cause?: Unusable['cause']) =>
    report(inventoryUnusable, undefined, {
      path: shownPath(cwd, join(out, inventoryFileName)),
      reason,
      ...(cause !== undefined && { cause }),
    });
  let text: string | undefined;
  try {
    // If the folder cannot be written to, writing reports it.
    if (!isFolder(out)) return {};
    const state = stateBelow(out, inventoryFileName);
    if (state.kind === 'blocked') return unusable(state.obstacle);
    if (state.kind === 'file') text = Buffer.from(state.content).toString('utf8');
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return unusable(refused.reason);
  }
  if (text === undefined) return {};
  const parsed = parseInventory(text);
  return 'reason' in parsed ? unusable(parsed.reason, parsed.cause) : { inventory: parsed };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Returns the text of the inventory in an output folder, with `\n` line ends; `undefined` if there is none. Throws the system's error. */
export function readInventoryText(out: string): string | undefined {
  const state = stateBelow(out, inventoryFileName);
  return state.kind === 'file' ? Buffer.from(state.content).toString('utf8').replaceAll('\r\n', '\n') : undefined;
}

/**
 * Puts the inventory in place, after the outputs: if a build is interrupted before this, the next build starts from the old inventory
 * again. Throws the system's refusal.
 */
export function placeInventory(out: string, text: string): void {
  if (readInventoryText(out) === text) return;
  makeFolder(out);
  replaceFile(join(out, inventoryFileName), text);
}
