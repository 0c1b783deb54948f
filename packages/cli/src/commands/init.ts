import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { projectFileName, shownPath } from '../project/locate.ts';
import { refusal } from '../project/system-error.ts';

/** Writes a commented `keywright.yaml` to start from into a folder, made if need be. Overwrites nothing. */
export async function init(directory: string, io: Io): Promise<ExitCode> {
  const folder = resolve(io.cwd, directory);
  const file = join(folder, projectFileName);
  const shown = shownPath(io.cwd, file);
  const starter = readFileSync(new URL(`../../starter/${projectFileName}`, import.meta.url));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, starter, { flag: 'wx' });
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return wrongUsage(io, `cannot write ${shown}: ${refused.code === 'EEXIST' ? 'it exists already' : refused.reason}`);
  }
  const where = directory === '.' ? '' : ` ${directory}`;
  io.stdout.write(`wrote ${shown}\nnext: keywright check${where}, then keywright build${where}\n`);
  return 0;
}
