import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { schemaAddress } from '@keywright/core/diagnostics/addresses';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { type LanguageFile, schemaFileNames } from '@keywright/core/language/json-schema';
import { visible } from '@keywright/core/source/visible';
import { replaceFile } from '../disk/replace-file.ts';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject, shownPath } from '../project/locate.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';
import { version } from '../version.ts';
import { schemaText } from './schema.ts';

export interface UpgradeArguments {
  readonly directory?: string | undefined;
  /** Write nothing. Exit code 1 if something would change. */
  readonly check: boolean;
}

/**
 * Updates a project to this version: the schemas that its files name, and schemas beside `keywright.yaml`, become those of this version.
 * Language 1 is the only one, so the files themselves stay as they are. A project with errors is left alone.
 */
export async function upgrade({ directory, check }: UpgradeArguments, io: Io): Promise<ExitCode> {
  const located = locateProject(directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  const { diagnostics, sources } = compileProject(createDiskHost(root), { targets });
  if (hasErrors(diagnostics)) {
    await printReport('text', { diagnostics, sources, root }, io, io.stderr);
    return 1;
  }
  const named = [...sources.values()].flatMap(({ path, text }) => {
    const [, schema] = /^# yaml-language-server: \$schema=(\S+)\s*$/m.exec(text) ?? [];
    return schema === undefined || /^[a-z]+:/i.test(schema) ? [] : [resolve(root, dirname(path), schema)];
  });
  const beside = Object.values(schemaFileNames).map((name) => join(root, name));
  const outdated = [...new Set([...named, ...beside])].sort().flatMap((file) => {
    const text = schemaFor(file, root);
    return text === undefined ? [] : [{ file, text }];
  });
  for (const { file, text } of outdated) {
    const shown = shownPath(io.cwd, file);
    try {
      if (!check) replaceFile(file, text);
    } catch (error) {
      const refused = refusal(error);
      if (refused === undefined) throw error;
      return wrongUsage(io, `cannot write ${shown}: ${refused.reason}`);
    }
    io.stdout.write(`${check ? 'would write' : 'wrote'} ${visible(shown)}\n`);
  }
  io.stdout.write(
    outdated.length === 0
      ? `nothing to do: the files are in language 1, the latest, and their schemas are those of Keywright ${version()}\n`
      : 'the files are in language 1, the latest, and stay as they are\n',
  );
  return check && outdated.length > 0 ? 1 : 0;
}

/** Returns the new content of a file if it is an outdated schema of Keywright inside the project, and `undefined` otherwise. */
function schemaFor(file: string, root: string): string | undefined {
  try {
    const path = relative(realpathSync(root), realpathSync(file));
    if (path.split(sep)[0] === '..') return undefined;
    // Git may turn line ends into `\r\n` on checkout. This is not a difference.
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    const { $id }: { readonly $id?: unknown } = JSON.parse(text);
    const kind = kinds.find((candidate) => schemaAddress(schemaFileNames[candidate]) === $id);
    const current = kind === undefined ? text : schemaText(kind);
    return current === text ? undefined : current;
  } catch (error) {
    // A file that does not exist, cannot be read or is not JSON is not a schema of Keywright.
    if (refusal(error) !== undefined || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const kinds: readonly LanguageFile[] = ['project', 'included', 'trusted'];
