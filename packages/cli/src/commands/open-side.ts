import { resolve } from 'node:path';
import { describeSource } from '@keywright/analyze/describe';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Program } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { openRevision } from '../project/git-host.ts';
import { locateProject, shownPath } from '../project/locate.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';
import type { ToldLine } from './diff-words.ts';

/** One of the two that are compared. */
export interface Side {
  /** What the user called it: `keys`, `main`. */
  readonly name: string;
  readonly program: Program;
  readonly host: ProjectHost;
  /** The folder that files of spans are in, absolute. */
  readonly root: string;
  /** A revision of git, if it is one. */
  readonly revision?: string;
  /** What it says about keys that moved. */
  readonly changes: Compilation['changes'];
}

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** What a text names: a project's folder, as it is or, with `since`, as it was in a revision. Errors are printed. */
export async function openSide(text: string, io: Io, since?: string): Promise<Side | ExitCode> {
  const located = locateProject(text, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  if (since === undefined) return compiled({ name: text, root }, createDiskHost(root), io);
  const opened = openRevision(root, since);
  if ('problem' in opened) return wrongUsage(io, opened.problem);
  return compiled({ name: since, root, revision: since }, opened.host, io);
}

async function compiled(
  side: Pick<Side, 'name' | 'root' | 'revision'>,
  host: ProjectHost,
  io: Io,
): Promise<Side | ExitCode> {
  const { program, diagnostics, sources, changes } = compileProject(host, { targets });
  if (program !== undefined && !hasErrors(diagnostics)) return { ...side, program, host, changes };
  io.stderr.write(`${side.revision === undefined ? 'the project' : `the project in ${side.revision}`} has errors:\n`);
  await printReport('text', { diagnostics, sources, root: side.root }, io, io.stderr);
  return 1;
}

/** Where something stands, for people: `keys/keywright.yaml:12`, `main:keys/keywright.yaml:12` in a revision. */
function shownIn({ root, revision }: Side, source: Provenance, io: Io): string {
  const path = (file: string) => shownPath(io.cwd, resolve(root, file));
  return describeSource({ source }, (file) => (revision === undefined ? path(file) : `${revision}:${path(file)}`));
}

/** Where the statements or resources of a line stand: `keywright.yaml:12, teams/a.yaml:3 and 5 others`. */
export function shownPlaces(side: Side, { sources, others }: Pick<ToldLine, 'sources' | 'others'>, io: Io): string {
  const shown = sources.map((source) => shownIn(side, source, io)).join(', ');
  return others === 0 ? shown : `${shown} and ${others} others`;
}
