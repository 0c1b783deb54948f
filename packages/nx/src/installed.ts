import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMapping } from '@keywright/core/syntax/is-mapping';

/** Returns the command that is installed in the workspace; `undefined` if there is none. */
export function keywrightIn(workspaceRoot: string): { readonly command: string; readonly version: string } | undefined {
  try {
    const file = createRequire(join(workspaceRoot, 'package.json')).resolve('keywright/package.json');
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isMapping(manifest) || !isMapping(manifest.bin)) return undefined;
    const { version, bin } = manifest;
    return { command: join(dirname(file), String(bin.keywright)), version: String(version) };
  } catch {
    return undefined;
  }
}
