import type { Program } from '@keywright/core/ir/program';
import { type Change, comparePrograms } from '@keywright/migrate';
import { isWidening } from '@keywright/migrate/compare/changes';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { printReport } from '../report/report.ts';
import { inTermsOf, openSide, type Side, type Sides } from './open-side.ts';
import type { PrincipalNames } from './principal-names.ts';

/** How differences can be printed. */
type DiffFormat = 'text' | 'json' | 'markdown' | 'sarif';

export interface DiffArguments {
  /** One side or two; with `since` the folder of the project. */
  readonly sides: readonly string[];
  /** The revision to compare with. */
  readonly since?: string | undefined;
  /** Where a template is deployed, which does not stand in it. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** A JSON file with the values of a template's parameters. */
  readonly parameters?: string | undefined;
  readonly format: DiffFormat;
  /** `widened`: fail only where somebody can do more than before. */
  readonly failOn: 'any' | 'widened';
}

/** Says what differs between two projects or what tools have, or between a project and a revision of it, by what they mean. */
export async function diff({ sides, since, failOn, format, ...options }: DiffArguments, io: Io): Promise<ExitCode> {
  const [first = '.', second = first] = sides;
  if (sides.length > 2) return wrongUsage(io, 'name two folders at most');
  if (sides.length === 2 && since !== undefined)
    return wrongUsage(io, '--since compares one project with a revision of it; name one folder, or none');
  if (sides.length < 2 && since === undefined)
    return wrongUsage(io, 'name what to compare with: two folders, or --since and a revision of git');
  const before = await openSide(first, io, { since, ...options });
  if (typeof before === 'number') return before;
  const after = await openSide(second, io, options);
  if (typeof after === 'number') return after;
  const old = inTermsOfOther(before, after.program);
  const changes = comparePrograms(old, inTermsOfOther(after, old), {
    ...(after.changes !== undefined && { changes: after.changes }),
  });
  const { principalNames } = await import('./principal-names.ts');
  const names = principalNames(
    changes.length === 0 ? [] : [after.host, before.host].filter((host) => host !== undefined),
  );
  await print(format, changes, { before, after }, names, io);
  return (failOn === 'widened' ? changes.some(isWidening) : changes.length > 0) ? 1 : 0;
}

function inTermsOfOther({ host, program }: Side, other: Program): Program {
  return host === undefined ? inTermsOf(program, other) : program;
}

/** Prints what differs. Only the code of the format asked for is loaded. */
async function print(
  format: DiffFormat,
  changes: readonly Change[],
  sides: Sides,
  names: PrincipalNames,
  io: Io,
): Promise<void> {
  switch (format) {
    case 'text': {
      const { text } = await import('./diff-text.ts');
      io.stdout.write(text(changes, sides, names, io));
      return;
    }
    case 'json': {
      const { json } = await import('./diff-json.ts');
      io.stdout.write(json(changes, sides, names, io));
      return;
    }
    case 'markdown': {
      const { markdown } = await import('./diff-markdown.ts');
      io.stdout.write(markdown(changes, sides, names, io));
      return;
    }
    case 'sarif': {
      const { diffDiagnostics } = await import('./diff-diagnostics.ts');
      const diagnostics = diffDiagnostics(changes, sides, names, io);
      await printReport('sarif', { diagnostics, sources: new Map(), root: sides.after.root }, io);
      return;
    }
  }
}
