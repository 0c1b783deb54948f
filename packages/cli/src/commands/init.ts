import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { shellWord } from '@keywright/core/emit/adoption';
import { schemaFileNames } from '@keywright/core/language/json-schema';
import { visible } from '@keywright/core/source/visible';
import { makeFolder } from '../disk/make-folder.ts';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { projectFileName, shownPath } from '../project/locate.ts';
import { schemaText } from './schema.ts';
import { type StarterOptions, starterText } from './starter.ts';

/**
 * Writes a commented `keywright.yaml` to start with, and the schema for editors, into a folder, which is created if necessary. The folder
 * can be named by the path of the file, as in other commands. Overwrites nothing, asks nothing.
 */
export async function init(directory: string, options: StarterOptions, io: Io): Promise<ExitCode> {
  const starter = starterText(options);
  if ('problem' in starter) return wrongUsage(io, starter.problem);
  const named = basename(directory) === projectFileName ? dirname(directory) : directory;
  const folder = resolve(io.cwd, named);
  const file = join(folder, projectFileName);
  const shown = shownPath(io.cwd, file);
  try {
    makeFolder(folder);
    writeFileSync(file, starter.text, { flag: 'wx' });
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    if (refused.code === 'EEXIST') return wrongUsage(io, `${shown} exists already: edit it, or name another folder`);
    return wrongUsage(io, `cannot write ${shown}: ${refused.reason}`);
  }
  let wrote = `wrote ${visible(shown)}\n`;
  const schemaFile = join(folder, schemaFileNames.project);
  try {
    writeFileSync(schemaFile, schemaText('project'), { flag: 'wx' });
    wrote += `wrote ${visible(shownPath(io.cwd, schemaFile))}\n`;
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    // An existing schema is kept: it may be of a version that other projects use.
    if (refused.code !== 'EEXIST') {
      return wrongUsage(io, `cannot write ${shownPath(io.cwd, schemaFile)}: ${refused.reason}`);
    }
  }
  const where = named === '.' ? '' : ` ${shellWord(named)}`;
  const next = `keywright check${where}, then keywright build${where}`;
  io.stdout.write(`${wrote}next: ${visible(next)}\n`);
  return 0;
}
