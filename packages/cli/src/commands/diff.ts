import type { Program } from '@keywright/core/ir/program';
import { type Change, comparePrograms } from '@keywright/migrate';
import { isKeyLoss, isWidening } from '@keywright/migrate/compare/changes';
import { inTermsOf } from '@keywright/migrate/compare/in-terms-of';
import { openSide, type Side, type Sides } from '../diff/open-side.ts';
import { type PrincipalNames, principalNames } from '../diff/principal-names.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { withProviderTags } from '../project/default-tags.ts';
import type { ReadingOptions } from '../project/read-existing.ts';
import { printReport } from '../report/report.ts';

type DiffFormat = 'text' | 'json' | 'markdown' | 'sarif';

export interface DiffArguments extends ReadingOptions {
  /** One or two sides; with `since`, only the folder of a project. */
  readonly sides: readonly string[];
  readonly since?: string | undefined;
  readonly format: DiffFormat;
  readonly failOn: FailOn;
}

/** The differences that make the command fail: any, those that lose keys or widen access, or only those that lose keys. */
type FailOn = 'any' | 'widened' | 'lost';

/** Compares the meaning of two sides, or of a project and a revision of it. A side is a project, or what a tool manages. */
export async function diff({ sides, since, failOn, format, ...options }: DiffArguments, io: Io): Promise<ExitCode> {
  const [first = '.', second = first] = sides;
  if (sides.length > 2) return wrongUsage(io, 'name two folders at most');
  if (sides.length === 2 && since !== undefined)
    return wrongUsage(io, '--since compares one project with a revision of it; name one folder, or none');
  if (sides.length < 2 && since === undefined)
    return wrongUsage(io, 'name two folders to compare, or use --since with a Git revision');
  const before = await openSide(first, io, { since, ...options });
  if (typeof before === 'number') return before;
  const after = await openSide(second, io, options);
  if (typeof after === 'number') return after;
  const now = { ...after, program: withTagsOfTool(after, before) };
  const old = { ...before, program: inTermsOfOther({ ...before, program: withTagsOfTool(before, after) }, now) };
  const changes = comparePrograms(old.program, inTermsOfOther(now, old), {
    ...(after.changes !== undefined && { changes: after.changes }),
  });
  const names = principalNames([after, before].flatMap(({ principals }) => (principals ? [principals] : [])));
  await print(format, changes, { before, after }, names, io);
  return changes.some((change) => fails(change, failOn)) ? 1 : 0;
}

function fails(change: Change, failOn: FailOn): boolean {
  switch (failOn) {
    case 'any':
      return true;
    case 'widened':
      return isWidening(change) || isKeyLoss(change);
    case 'lost':
      return isKeyLoss(change);
  }
}

/**
 * Adds to a project the tags of the provider of the other side's tool. If the other side has no tool, adds the tags of the providers of all
 * targets of the project.
 */
function withTagsOfTool({ program, targetOptions }: Side, other: Side): Program {
  return targetOptions === undefined ? program : withProviderTags(program, targetOptions, other.tool);
}

function inTermsOfOther(side: Side, other: Side): Program {
  return side.principals === undefined ? inTermsOf(side, other) : side.program;
}

/** Loads only the code for the requested format. */
async function print(
  format: DiffFormat,
  changes: readonly Change[],
  sides: Sides,
  names: PrincipalNames,
  io: Io,
): Promise<void> {
  switch (format) {
    case 'text': {
      const { text } = await import('../diff/diff-text.ts');
      io.stdout.write(text(changes, sides, names, io));
      return;
    }
    case 'json': {
      const { json } = await import('../diff/diff-json.ts');
      io.stdout.write(json(changes, sides, names, io));
      return;
    }
    case 'markdown': {
      const { markdown } = await import('../diff/diff-markdown.ts');
      io.stdout.write(markdown(changes, sides, names, io));
      return;
    }
    case 'sarif': {
      const { diffDiagnostics } = await import('../diff/diff-diagnostics.ts');
      const diagnostics = diffDiagnostics(changes, sides, names, io);
      await printReport('sarif', { diagnostics, sources: new Map(), root: sides.after.root }, io);
      return;
    }
  }
}
