import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import type { SharedFormat, SharedPart } from '@keywright/core/emit/emitter';
import { sha256 } from '@keywright/core/ir/digest';
import { editedFile, foreignFile, pathBlocked } from '../diagnostics/output.ts';
import type { Manifest, ManifestEntry, SharedEntry } from '../disk/manifest.ts';
import { hasHash } from '../disk/manifest.ts';

/** A generated file, with its entry for the manifest. */
export interface WantedFile {
  /** The path below the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
  readonly target: string;
  readonly stack?: string;
  /** Absent if only Keywright writes to the file. */
  readonly shared?: SharedFormat;
  readonly part?: SharedPart;
}

export type FileState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'file'; readonly content: Uint8Array }
  /** A folder, a symbolic link, or a file in place of a folder. */
  | { readonly kind: 'blocked'; readonly obstacle: string };

/** The targets and stacks of a run. Files of other targets and stacks are left alone. */
export interface Scope {
  readonly targets: ReadonlySet<string>;
  /** If absent: every stack, including removed stacks. */
  readonly stacks?: ReadonlySet<string>;
}

/** The change to one file. `before` is its present content. */
export type Change =
  | { readonly kind: 'create'; readonly path: string; readonly content: string }
  | { readonly kind: 'update'; readonly path: string; readonly content: string; readonly before: Uint8Array }
  | { readonly kind: 'keep'; readonly path: string }
  | { readonly kind: 'delete'; readonly path: string; readonly before: Uint8Array };

export interface Plan {
  /** Sorted by path. */
  readonly changes: readonly Change[];
  /** Why the plan must not be carried out. Without `--force`, this includes everything that a person would lose. */
  readonly conflicts: readonly Diagnostic[];
  /** The manifest while changes are made. It is correct before, during and after each change. */
  readonly journal: Manifest;
  /** The manifest afterwards. */
  readonly manifest: Manifest;
}

interface PlanInput {
  readonly wanted: readonly WantedFile[];
  /** Maps the present name of a stack to its names in earlier builds, oldest first. */
  readonly formerStacks: ReadonlyMap<string, readonly string[]>;
  readonly manifest: Manifest;
  readonly scope: Scope;
  readonly force: boolean;
  readonly stateOf: (path: string) => FileState;
  readonly shownPath: (path: string) => string;
}

interface FilePlan {
  readonly change?: Change;
  readonly conflict?: Diagnostic;
  /** The path of the stack's former file. The text that others wrote to it is moved to this file. */
  readonly takesAlong?: string;
}

/**
 * Compares the wanted files with the existing files. `stateOf` is called for wanted files, and for files of the manifest that are in scope.
 * `shownPath` returns a path for messages.
 */
export function planChanges(input: PlanInput): Plan {
  const { wanted, manifest, scope, force, stateOf } = input;
  const changes: Change[] = [];
  const conflicts: Diagnostic[] = [];
  const journal = new Map(manifest);
  const after = new Map(manifest);
  const wantedPaths = new Set(wanted.map(({ path }) => path));
  const leaving = sharedFilesLeaving(manifest, (path, entry) => !wantedPaths.has(path) && inScope(entry, scope));
  const takenAlong = new Set<string>();

  for (const file of wanted) {
    const entry = entryOf(file);
    const { change, conflict, takesAlong } = planFile(file, entry, leaving, input);
    after.set(file.path, entry);
    journal.set(file.path, change?.kind === 'update' ? { ...entry, previous: sha256(change.before) } : entry);
    if (change !== undefined) changes.push(change);
    if (conflict !== undefined) conflicts.push(conflict);
    if (takesAlong !== undefined) takenAlong.add(takesAlong);
  }

  for (const [path, entry] of manifest) {
    if (wantedPaths.has(path) || !inScope(entry, scope)) continue;
    after.delete(path);
    const state = stateOf(path);
    if (state.kind !== 'file') continue;
    if (!force && !wrote(entry, state.content) && !takenAlong.has(path)) {
      conflicts.push(edited(path, 'delete', entry.shared !== undefined, input));
    }
    changes.push({ kind: 'delete', path, before: state.content });
  }

  changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { changes, conflicts, journal, manifest: after };
}

function entryOf({ content, target, stack, shared, part }: WantedFile): ManifestEntry {
  return {
    target,
    ...(stack === undefined ? {} : { stack }),
    sha256: sha256(content),
    ...(shared !== undefined && { shared: sharedEntry(part ?? shared.partIn(content)) }),
  };
}

function planFile(file: WantedFile, entry: ManifestEntry, leaving: SharedFiles, input: PlanInput): FilePlan {
  const { path } = file;
  const state = input.stateOf(path);
  switch (state.kind) {
    case 'blocked':
      return {
        conflict: report(pathBlocked, undefined, { path: input.shownPath(path), obstacle: state.obstacle }),
      };
    case 'missing':
      return planNewFile(file, leaving, input);
    case 'file':
      return hasHash(state.content, entry.sha256)
        ? { change: { kind: 'keep', path } }
        : planUpdate(file, state.content, input);
  }
}

/** Plans a new file, which takes over what others wrote to the stack's former file for this target. */
function planNewFile(
  { path, content, target, stack, shared }: WantedFile,
  leaving: SharedFiles,
  { formerStacks, stateOf }: PlanInput,
): FilePlan {
  const names = stack === undefined ? [] : [stack, ...(formerStacks.get(stack) ?? []).toReversed()];
  const [former] = names.flatMap((name) => leaving.get(`${target} ${name}`) ?? []);
  const formerState = former === undefined ? undefined : stateOf(former.path);
  const merged =
    shared !== undefined && formerState?.kind === 'file'
      ? mergedWith(formerState.content, content, former?.entry, shared)
      : undefined;
  return {
    change: { kind: 'create', path, content: merged?.content ?? content },
    ...(former !== undefined && merged?.isOurs && { takesAlong: former.path }),
  };
}

/** Plans the update of an existing file whose content differs. Reports a conflict if a person would lose an edit or a file. */
function planUpdate({ path, content, shared }: WantedFile, before: Uint8Array, input: PlanInput): FilePlan {
  const { manifest, force, shownPath } = input;
  const earlier = manifest.get(path);
  const isOurs = wrote(earlier, before);
  const merged =
    shared !== undefined && (earlier !== undefined || force) && !isOurs
      ? mergedWith(before, content, earlier, shared)
      : undefined;
  if (merged !== undefined) {
    return {
      change: hasHash(before, sha256(merged.content))
        ? { kind: 'keep', path }
        : { kind: 'update', path, content: merged.content, before },
      ...(!force && !merged.isOurs && { conflict: edited(path, 'overwrite', true, input) }),
    };
  }
  const change = { kind: 'update', path, content, before } as const;
  if (force || isOurs) return { change };
  const isShared = shared !== undefined;
  return {
    change,
    conflict:
      earlier === undefined
        ? report(foreignFile, undefined, { path: shownPath(path), isShared })
        : edited(path, 'overwrite', isShared, input),
  };
}

function edited(
  path: string,
  action: 'overwrite' | 'delete',
  isShared: boolean,
  { shownPath }: Pick<PlanInput, 'shownPath'>,
): Diagnostic {
  return report(editedFile, undefined, { path: shownPath(path), action, isShared });
}

type SharedFiles = ReadonlyMap<string, { readonly path: string; readonly entry: ManifestEntry }>;

/**
 * Returns the files of the manifest that others also write to and that are no longer wanted at their path, by target and stack. The text
 * that others wrote moves to the stack's new file, even if the stack has another name now. It must not get lost: nobody has a copy of
 * Pulumi's secrets, for example.
 */
function sharedFilesLeaving(
  manifest: Manifest,
  isLeaving: (path: string, entry: ManifestEntry) => boolean,
): SharedFiles {
  return new Map(
    [...manifest].flatMap(([path, entry]) =>
      entry.shared !== undefined && entry.stack !== undefined && isLeaving(path, entry)
        ? [[`${entry.target} ${entry.stack}`, { path, entry }]]
        : [],
    ),
  );
}

function sharedEntry({ names, part }: SharedPart): SharedEntry {
  return { names, sha256: sha256(part) };
}

/**
 * Returns the content of a file that others also write to, with the newly generated entries; `undefined` if the file cannot be parsed.
 * `isOurs` says whether the entries of the last build are unchanged; text that others added does not count.
 */
function mergedWith(
  before: Uint8Array,
  generated: string,
  entry: ManifestEntry | undefined,
  shared: SharedFormat,
): { readonly content: string; readonly isOurs: boolean } | undefined {
  const text = Buffer.from(before).toString('utf8').replaceAll('\r\n', '\n');
  const former = entry?.shared;
  const content = shared.merged(text, generated, former?.names ?? []);
  if (content === undefined) return undefined;
  const part = former && shared.partOf(text, former.names);
  return { content, isOurs: content === text || (part !== undefined && sha256(part) === former?.sha256) };
}

function wrote(entry: ManifestEntry | undefined, content: Uint8Array): boolean {
  if (entry === undefined) return false;
  return hasHash(content, entry.sha256) || (entry.previous !== undefined && hasHash(content, entry.previous));
}

function inScope(entry: ManifestEntry, scope: Scope): boolean {
  if (!scope.targets.has(entry.target)) return false;
  return scope.stacks === undefined || (entry.stack !== undefined && scope.stacks.has(entry.stack));
}
