import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { visible } from '@keywright/core/source/visible';
import { makeFolder } from '../disk/make-folder.ts';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { packageFile } from '../package-file.ts';
import { projectFileName, shownPath } from '../project/locate.ts';

/** Writes a commented `keywright.yaml` to start from into a folder, made if need be. Overwrites nothing. */
export async function init(directory: string, io: Io): Promise<ExitCode> {
  const folder = resolve(io.cwd, directory);
  const file = join(folder, projectFileName);
  const shown = shownPath(io.cwd, file);
  const starter = packageFile(`starter/${projectFileName}`);
  try {
    makeFolder(folder);
    writeFileSync(file, starter, { flag: 'wx' });
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return wrongUsage(io, `cannot write ${shown}: ${refused.code === 'EEXIST' ? 'it exists already' : refused.reason}`);
  }
  const where = directory === '.' ? '' : ` ${directory}`;
  const next = `keywright check${where}, then keywright build${where}`;
  io.stdout.write(`wrote ${visible(shown)}\nnext: ${visible(next)}\n`);
  return 0;
}
