import { comparePrograms } from '@keywright/migrate';
import { isWidening } from '@keywright/migrate/compare/changes';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { openSide } from './open-side.ts';

export interface DiffArguments {
  /** One side or two; with `since` the folder of the project. */
  readonly sides: readonly string[];
  /** The revision to compare with. */
  readonly since?: string | undefined;
  readonly format: 'text';
  /** `widened`: fail only where somebody can do more than before. */
  readonly failOn: 'any' | 'widened';
}

/** Says what differs between two projects, or between a project and a revision of it, by what they mean. */
export async function diff({ sides, since, failOn }: DiffArguments, io: Io): Promise<ExitCode> {
  const [first = '.', second = first] = sides;
  if (sides.length > 2) return wrongUsage(io, 'name two folders at most');
  if (sides.length === 2 && since !== undefined)
    return wrongUsage(io, '--since compares one project with a revision of it; name one folder, or none');
  if (sides.length < 2 && since === undefined)
    return wrongUsage(io, 'name what to compare with: two folders, or --since and a revision of git');
  const before = await openSide(first, io, since);
  if (typeof before === 'number') return before;
  const after = await openSide(second, io);
  if (typeof after === 'number') return after;
  const changes = comparePrograms(before.program, after.program);
  const { text } = await import('./diff-text.ts');
  const { principalNames } = await import('./principal-names.ts');
  const names = principalNames(changes.length === 0 ? [] : [after.host, before.host]);
  io.stdout.write(text(changes, { before, after }, names, io));
  return (failOn === 'widened' ? changes.some(isWidening) : changes.length > 0) ? 1 : 0;
}
