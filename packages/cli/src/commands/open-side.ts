import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describeSource } from '@keywright/analyze/describe';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Program, Stack } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { withTags } from '../project/default-tags.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { openRevision } from '../project/git-host.ts';
import { locateProject, projectFileName, shownPath } from '../project/locate.ts';
import { readSource, type SourceOptions } from '../project/read-source.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';
import type { ToldLine } from './diff-words.ts';

/** One of the two that are compared. */
export interface Side {
  /** What the user called it: `keys`, `main`. */
  readonly name: string;
  readonly program: Program;
  /** Absent: it is no project but what a tool has. */
  readonly host?: ProjectHost;
  /** The folder that files of spans are in, absolute. */
  readonly root: string;
  /** A revision of git, if it is one. */
  readonly revision?: string;
  /** What it says about keys that moved. */
  readonly changes?: Compilation['changes'];
}

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/**
 * What a text names: a project's folder, as it is or, with `since`, as it was in a revision; or anything else that `import` reads. Errors
 * are printed.
 */
export async function openSide(
  text: string,
  io: Io,
  { since, ...options }: SourceOptions & { readonly since?: string | undefined } = {},
): Promise<Side | ExitCode> {
  if (since === undefined && isSource(resolve(io.cwd, text))) return readAsSide(text, options, io);
  const located = locateProject(text, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  if (since === undefined) return compiled({ name: text, root }, createDiskHost(root), io);
  const opened = openRevision(root, since);
  if ('problem' in opened) return wrongUsage(io, opened.problem);
  return compiled({ name: since, root, revision: since }, opened.host, io);
}

/** A file that is no `keywright.yaml`, or a folder that has something in it and no such file. */
function isSource(path: string): boolean {
  if (!existsSync(path)) return false;
  return statSync(path).isDirectory() ? !existsSync(join(path, projectFileName)) : basename(path) !== projectFileName;
}

/** What a reader makes of a source. A source that is not read whole is no side: what it leaves out would seem to be lost. */
async function readAsSide(name: string, options: SourceOptions, io: Io): Promise<Side | ExitCode> {
  const read = await readSource(name, options, io.cwd);
  if ('problem' in read) return wrongUsage(io, read.problem);
  const { program, diagnostics, sources, defaultTags } = read.reading;
  if (diagnostics.length > 0) await printReport('text', { diagnostics, sources, root: io.cwd }, io, io.stderr);
  if (hasErrors(diagnostics)) return 1;
  return { name, root: io.cwd, program: defaultTags === undefined ? program : withTags(program, defaultTags) };
}

/**
 * What a source says, in terms of the program that it is compared with: an app, names of environments, targets, outputs and pinned
 * names are called otherwise by each tool, or by none.
 */
export function inTermsOf(program: Program, other: Program): Program {
  const others = new Map(other.stacks.map((stack) => [stack.name, stack]));
  const stacks = program.stacks.map((stack): Stack => {
    const known = others.get(stack.name);
    if (known === undefined) return stack;
    const { name } = known.environment;
    const pinned = new Map(known.resources.map(({ id, names }) => [id, names]));
    return {
      ...stack,
      targets: known.targets,
      outputs: known.outputs,
      environment: { ...stack.environment, ...(name !== undefined && { name }) },
      resources: stack.resources.map((one) => {
        const names = Object.entries(one.names).filter(([target]) => pinned.get(one.id)?.[target] !== undefined);
        return { ...one, names: Object.fromEntries(names) };
      }),
    };
  });
  return { app: other.app, stacks };
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
