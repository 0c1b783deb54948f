import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { leavesOutput, pathsCollide } from '../diagnostics/output.ts';

/** The name of the manifest, which is directly in the output folder. */
export const manifestFileName = 'keywright.manifest.json';

// Names that Windows reserves for devices, with or without an extension.
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * Whether a relative path names a file below its folder on every system. Its parts are separated by `/`. No part may be empty, `.`, `..` or
 * the name of a device, or contain a character with a special meaning on some system.
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
    // Windows drops dots and spaces at the end of a name, so `...` means `..` there.
    !/[. ]$/.test(name) &&
    !device.test(name)
  );
}

/** Reports paths that leave the output folder (KW6001), and paths that name the same file on some systems (KW6008). */
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
