import { resolve } from 'node:path';
import { idInProgram } from '@keywright/analyze/build/placed';
import { visible } from '@keywright/core/source/visible';
import type { GraphData, Grouping } from '@keywright/graph/data';
import { replaceFile } from '../disk/replace-file.ts';
import { refusal, whyNotWritten } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { shownPath } from '../project/locate.ts';
import { stacksNamed } from '../project/stacks-named.ts';
import { keysNamed } from '../questions/keys-named.ts';
import { openProject } from '../questions/open-project.ts';
import { type GraphFormat, graphFormat, refusesDrawing } from './graph-file.ts';

export interface GraphArguments {
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly key?: readonly string[] | undefined;
  readonly format?: GraphFormat | undefined;
  /** How to group. If absent: by account if that fits or folding does not help, otherwise by key. */
  readonly by?: Grouping | undefined;
  /** The file to write. If absent: standard output. */
  readonly out?: string | undefined;
}

/** Draws who can do what with which key. */
export async function graph(args: GraphArguments, io: Io): Promise<ExitCode> {
  const format = graphFormat(args.format, args.out);
  if (typeof format === 'object') return wrongUsage(io, format.problem);
  const project = await openProject(args.directory, io);
  if (typeof project === 'number') return project;
  const file = args.out === undefined ? undefined : resolve(io.cwd, args.out);
  const refused = file === undefined ? undefined : refusesDrawing(file, project, io.cwd);
  if (refused !== undefined) return wrongUsage(io, refused.problem);
  const { program, compilation } = project;
  const named = stacksNamed(program, args.stack);
  if ('problem' in named) return wrongUsage(io, named.problem);
  const keyIds = new Set<string>();
  for (const name of args.key ?? []) {
    const keys = keysNamed(program, name, args.stack);
    if ('problem' in keys) return wrongUsage(io, keys.problem);
    for (const key of keys) keyIds.add(idInProgram(key));
  }

  const { buildPicture } = await import('@keywright/analyze/build-picture');
  const { accessGraph } = await import('@keywright/analyze/graph/access-graph');
  const { graphData } = await import('@keywright/graph/graph-data');
  const picture = buildPicture(program);
  const stacks = new Set(named.map(({ name }) => name));
  const keys = picture.keys.filter(
    ({ id, stack }) =>
      (args.key === undefined || keyIds.has(id)) &&
      (args.stack === undefined || (stack !== undefined && stacks.has(stack))),
  );
  const data = graphData(program, picture, accessGraph(picture, keys), {
    by: args.by,
    sources: format === 'html' ? compilation.sources : undefined,
    accountNames: compilation.accountNames,
  });
  const drawing = await draw(format, data);
  if (file === undefined) {
    io.stdout.write(drawing);
    return 0;
  }
  const shown = shownPath(io.cwd, file);
  try {
    replaceFile(file, drawing);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return wrongUsage(io, `cannot write ${shown}: ${whyNotWritten(refused)}`);
  }
  io.stdout.write(`wrote ${visible(shown)}\n`);
  return 0;
}

async function draw(format: GraphFormat, data: GraphData): Promise<string> {
  switch (format) {
    case 'html':
      return (await import('@keywright/graph/html')).graphPage(data);
    case 'svg':
      return (await import('@keywright/graph/svg')).graphSvg(data);
    case 'mermaid':
      return (await import('@keywright/graph/mermaid')).graphMermaid(data);
  }
}
