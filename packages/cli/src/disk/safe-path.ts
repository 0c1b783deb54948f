import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { leavesOutput, pathsCollide } from '../diagnostics/output.ts';

/** The manifest's name, directly in the output folder. */
export const manifestFileName = 'keywright.manifest.json';

// Names that Windows gives to devices, with or without an extension.
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * Whether a path names a file below the folder it is relative to, on every system: parts joined by `/`, none of them
 * empty, `.`, `..`, a device, or with a character that some system reads as something else.
 */
export function isSafePath(path: string): boolean {
  return path.split('/').every(isSafeName);
}

function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name.length <= 255 &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    !/[\u0000-\u001f\u007f\\:*?"<>|]/.test(name) &&
    // Windows drops dots and spaces at the end, which also makes `...` mean `..` there.
    !/[. ]$/.test(name) &&
    !device.test(name)
  );
}

/** Refuses paths that would leave the output folder (KW6001) and paths that are one file on some systems (KW6008). */
export function checkPaths(paths: readonly string[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const claimed = new Map([[manifestFileName, manifestFileName]]);
  for (const path of paths) {
    if (!isSafePath(path)) diagnostics.push(report(leavesOutput, undefined, { path }));
    const folded = path.normalize('NFC').toLowerCase();
    const first = claimed.get(folded);
    if (first !== undefined) diagnostics.push(report(pathsCollide, undefined, { first, second: path }));
    else claimed.set(folded, path);
  }
  return diagnostics;
}
