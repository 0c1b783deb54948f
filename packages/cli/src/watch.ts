import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { visible } from '@keywright/core/source/visible';
import type { FSWatcher } from 'chokidar';
import { refusal } from './disk/system-error.ts';
import type { ExitCode, Io } from './io.ts';
import { fixedPart, leaves, outputsOf, readInside } from './project/disk-host.ts';
import { shownPath } from './project/locate.ts';

/** The result of a run, and the files that the run depended on. Paths are relative to the project's folder `root`. */
export interface Watched {
  readonly exitCode: ExitCode;
  readonly root: string;
  readonly files: ReadonlySet<string>;
  /** Patterns that new files may match at any time. */
  readonly patterns: ReadonlySet<string>;
  /** Folders in which every file is read. */
  readonly folders: readonly string[];
}

// In milliseconds: long enough for an editor or a `git checkout` to finish, too short to be noticed.
const settling = 60;

/** Repeats a run whenever something changes that the run depended on. Ctrl-C ends the command normally. */
export async function watchProject(run: () => Promise<Watched>, io: Io): Promise<ExitCode> {
  const interruption = io.interruption();
  const { watch } = await import('chokidar');
  let startedAt = Date.now();
  let last = await run();
  let there = filesThere(last);
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let watcher: FSWatcher | undefined;

  return new Promise((done, fail) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      void Promise.resolve(watcher?.close()).then(settle, fail);
    };
    // Watches the folders of the files, not the files, since files may disappear and come back.
    const start = (watched: Watched, onReady: () => void = () => {}): FSWatcher => {
      const started = watch(watched.root, {
        ignored: (path) => !leadsToWhatCounts(path, watched),
        alwaysStat: true,
      });
      // The previous run has read the files that exist when the watcher starts, except files that appeared or changed during that run. Some
      // files that it read may have disappeared since.
      const readBy = startedAt;
      let isReady = false;
      const note = (path: string) => {
        changed.add(path);
        clearTimeout(timer);
        timer = setTimeout(() => rerun().catch((error) => finish(() => fail(error))), settling);
      };
      started.on('all', (event, path, stats) => {
        if (!isReady && event === 'add' && (stats === undefined || Math.floor(stats.ctimeMs) <= readBy)) return;
        if (concerns(event, path, last)) note(path);
      });
      // A folder is not watched if it cannot be read, or if the system cannot watch any more folders.
      started.on('error', (error) => {
        const reason = refusal(error)?.reason ?? String(error);
        io.stderr.write(`warning: changes of some files will not be noticed: ${visible(reason)}\n`);
      });
      started.once('ready', () => {
        isReady = true;
        for (const file of there) if (!existsSync(file)) note(file);
        for (const file of changedSince(readBy, watched)) if (concerns('add', file, last)) note(file);
        onReady();
      });
      return started;
    };
    const rerun = async () => {
      if (running) return;
      running = true;
      while (changed.size > 0 && !interruption.aborted) {
        const paths = [...changed].map((path) => visible(shownPath(io.cwd, path))).sort();
        changed.clear();
        io.stderr.write(`\n── changed: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''} ──\n\n`);
        const before = last;
        startedAt = Date.now();
        last = await run();
        there = filesThere(last);
        if (textOf(before) === textOf(last)) continue;
        // Never runs two watchers at the same time: chokidar's watchers share files, and two of them miss a file that is replaced.
        const closed = watcher?.close();
        watcher = undefined;
        await closed;
        if (!interruption.aborted) watcher = start(last);
      }
      running = false;
    };
    watcher = start(last, () => io.stderr.write('watching for changes; Ctrl-C ends it\n'));
    const stop = () => finish(() => done(0));
    if (interruption.aborted) stop();
    else interruption.addEventListener('abort', stop, { once: true });
  });
}

function filesThere({ root, files }: Watched): readonly string[] {
  return [...files].map((file) => resolve(root, file)).filter((file) => existsSync(file));
}

/**
 * Returns the files that appeared or changed after a time in milliseconds. chokidar lists a folder before it watches the folder, and does
 * not report changes in between.
 */
function changedSince(time: number, watched: Watched): readonly string[] {
  const visit = (path: string): readonly string[] => {
    if (!leadsToWhatCounts(path, watched)) return [];
    try {
      const stats = lstatSync(path);
      if (stats.isDirectory()) return readdirSync(path).flatMap((name) => visit(join(path, name)));
      return Math.floor(stats.ctimeMs) > time ? [path] : [];
    } catch {
      return []; // chokidar reports what cannot be read
    }
  };
  return visit(watched.root);
}

/** Returns the same text for two runs that depended on the same files and folders. */
function textOf({ root, files, patterns, folders }: Watched): string {
  return JSON.stringify([root, ...[files, patterns, folders].map((paths) => [...paths].sort())]);
}

/**
 * Whether a run depends on a path in the project's folder. If the path is a folder: whether the run depends on something that is in the
 * folder, or may be later.
 */
function leadsToWhatCounts(path: string, { root, files, patterns, folders }: Watched): boolean {
  const shown = shownPath(root, path);
  const leadsTo = (counted: string) => shown === '.' || counted === shown || counted.startsWith(`${shown}/`);
  const isBelow = (folder: string) => folder === '.' || shown === folder || shown.startsWith(`${folder}/`);
  if ([...files].some((file) => leadsTo(posix.normalize(file)))) return true;
  if (folders.map(withoutEnd).some((folder) => leadsTo(folder) || isBelow(folder))) return true;
  const starts = [...patterns].map(fixedPart);
  return starts.some((start) => leadsTo(start) || (isBelow(start) && !isHidden(shown)));
}

/** `tpl` for `./tpl/`. */
function withoutEnd(folder: string): string {
  return posix.normalize(folder).replace(/\/$/, '');
}

/** Whether an event can change the result of a run: a file that was read has changed, or there may be other files to find. */
function concerns(event: string, path: string, { root, files, folders }: Watched): boolean {
  if (event !== 'add' && event !== 'change' && event !== 'unlink') return false;
  const shown = shownPath(root, path);
  if (files.has(shown) || folders.some((folder) => !leaves(resolve(root, folder), path))) return true;
  // Every file that a pattern matched has been read. The deletion of any other file makes no difference.
  return event === 'add' && !outputsOf((file) => readInside(root, file))(shown);
}

/** Whether a path is hidden or in a dependency, so that no pattern matches it. */
function isHidden(shown: string): boolean {
  return shown
    .split('/')
    .some((name) => name === 'node_modules' || (name.startsWith('.') && name !== '.' && name !== '..'));
}
