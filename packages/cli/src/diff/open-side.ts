import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describeSource } from '@keywright/analyze/describe';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Program } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import type { Project } from '@keywright/core/project/project';
import type { Reading } from '@keywright/core/reading/reader';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { withTags } from '../project/default-tags.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { openRevision } from '../project/git-host.ts';
import { locateProject, projectFileName, shownPath } from '../project/locate.ts';
import { type ReadingOptions, readExisting } from '../project/read-existing.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';
import type { ChangeLine } from './diff-words.ts';
import { type NamedTexts, namedTexts } from './principal-names.ts';

export interface Side {
  /** The name that the user gave it: `keys`, `main`. */
  readonly name: string;
  readonly program: Program;
  /** The names under `principals`. Only for a project; absent for resources that a tool manages. */
  readonly principals?: readonly NamedTexts[];
  /** The absolute folder of the files in spans. */
  readonly root: string;
  readonly revision?: string;
  /** For a project only: the entries about keys that moved or were removed. */
  readonly changes?: Compilation['changes'];
  /** For a project only: the options of its targets. */
  readonly targetOptions?: Compilation['targetOptions'];
  /** For the resources of a tool or an account only: their names in it. */
  readonly origins?: Reading['origins'];
  /** The target whose tool manages the side's resources. */
  readonly tool?: string;
}

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/**
 * Opens a folder of a project (with `since`, as of that revision), or anything else that `import` reads, including `account`. Prints
 * errors.
 */
export async function openSide(
  text: string,
  io: Io,
  { since, ...options }: ReadingOptions & { readonly since?: string | undefined },
): Promise<Side | ExitCode> {
  if (since === undefined && isSource(text, io)) return readAsSide(text, options, io);
  const located = locateProject(text, io);
  if ('problem' in located) {
    const advice = since === undefined && located.isMissing ? '; a revision of git goes after --since' : '';
    return wrongUsage(io, located.problem + advice);
  }
  const { root } = located;
  if (since === undefined) return compiled({ name: text, root }, createDiskHost(root), io);
  const opened = openRevision(root, since);
  if ('problem' in opened) return wrongUsage(io, opened.problem);
  return compiled({ name: since, root, revision: since }, opened, io);
}

/**
 * Whether a text is `account`, a file other than `keywright.yaml`, or a folder without `keywright.yaml`. If a path cannot be read,
 * `locateProject` reports why.
 */
function isSource(text: string, { cwd }: Io): boolean {
  const path = resolve(cwd, text);
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return text === 'account';
    return stats.isDirectory() ? !existsSync(join(path, projectFileName)) : basename(path) !== projectFileName;
  } catch (error) {
    if (refusal(error) === undefined) throw error;
    return false;
  }
}

/** Reads existing resources as a side. Refuses a source that was only partly read, because the other resources would seem to be lost. */
async function readAsSide(name: string, options: ReadingOptions, io: Io): Promise<Side | ExitCode> {
  const read = await readExisting(name, options, io);
  if ('problem' in read) return wrongUsage(io, read.problem);
  const { reading, refusals, target } = read;
  const { program, sources, defaultTags, origins } = reading;
  const diagnostics = arrange([...refusals, ...reading.diagnostics]);
  if (diagnostics.length > 0) await printReport('text', { diagnostics, sources, root: io.cwd }, io, io.stderr);
  if (refusals.length > 0) return 3;
  if (hasErrors(diagnostics)) return 1;
  return {
    name,
    root: io.cwd,
    program: defaultTags === undefined ? program : withTags(program, defaultTags),
    origins,
    ...(target !== undefined && { tool: target }),
  };
}

async function compiled(
  side: Pick<Side, 'name' | 'root' | 'revision'>,
  host: ProjectHost,
  io: Io,
): Promise<Side | ExitCode> {
  let principals: readonly NamedTexts[] = [];
  const onProject = (project: Project) => {
    principals = namedTexts(project);
  };
  const { program, diagnostics, sources, changes, targetOptions } = compileProject(host, { targets, onProject });
  if (program !== undefined && !hasErrors(diagnostics)) return { ...side, program, principals, changes, targetOptions };
  io.stderr.write(`${side.revision === undefined ? 'the project' : `the project in ${side.revision}`} has errors:\n`);
  await printReport('text', { diagnostics, sources, root: side.root }, io, io.stderr);
  return 1;
}

/** A position in a file, for people, such as `keys/keywright.yaml:12` or, in a revision, `main:keys/keywright.yaml:12`. */
function shownIn({ root, revision }: Side, source: Provenance, io: Io): string {
  const path = (file: string) => shownPath(io.cwd, resolve(root, file));
  return describeSource({ source }, (file) => (revision === undefined ? path(file) : `${revision}:${path(file)}`));
}

/** The positions of a line's statements or resources, such as `keywright.yaml:12, teams/a.yaml:3 and 5 others`. */
export function shownLocations(
  side: Side,
  { sources, others }: Pick<ChangeLine, 'sources' | 'others'>,
  io: Io,
): string {
  const shown = sources.map((source) => shownIn(side, source, io)).join(', ');
  return others === 0 ? shown : `${shown} and ${others} others`;
}
