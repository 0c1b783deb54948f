import { resolve } from 'node:path';
import type { ExitCode, Io } from './io.ts';
import { isOutput, leaves } from './project/disk-host.ts';
import { shownPath } from './project/locate.ts';

/** What one run came to, and what it depended on: paths relative to the project's folder `root`. */
export interface Watched {
  readonly exitCode: ExitCode;
  readonly root: string;
  readonly files: ReadonlySet<string>;
  /** Patterns, of which new files may match at any time. */
  readonly patterns: ReadonlySet<string>;
  /** Folders of which every file counts. */
  readonly folders: readonly string[];
}

// Long enough for an editor or a `git checkout` to finish, too short to be noticed.
const settling = 60;

/** Runs again whenever something changes that the last run depended on, until Ctrl-C, which is a fine end. */
export async function watchProject(run: () => Promise<Watched>, io: Io): Promise<ExitCode> {
  const interruption = io.interruption();
  const { watch } = await import('chokidar');
  let last = await run();
  const watcher = watch(placesOf(last), { ignoreInitial: true, ignored: (path) => isIgnored(path, last.root) });

  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const rerun = async () => {
    if (running) return;
    running = true;
    while (changed.size > 0 && !interruption.aborted) {
      const paths = [...changed].map((path) => shownPath(io.cwd, path)).sort();
      changed.clear();
      io.stderr.write(`\n── changed: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''} ──\n\n`);
      last = await run();
      watcher.add(placesOf(last));
    }
    running = false;
  };

  return new Promise((done, fail) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      void watcher.close().then(settle, fail);
    };
    watcher.on('all', (event, path) => {
      if (!concerns(event, path, last)) return;
      changed.add(path);
      clearTimeout(timer);
      timer = setTimeout(() => rerun().catch((error) => finish(() => fail(error))), settling);
    });
    watcher.on('ready', () => io.stderr.write('watching for changes; Ctrl-C ends it\n'));
    const stop = () => finish(() => done(0));
    if (interruption.aborted) stop();
    else interruption.addEventListener('abort', stop, { once: true });
  });
}

function placesOf({ root, files, patterns, folders }: Watched): string[] {
  const places = [...files, ...[...patterns].map(fixedPart), ...folders];
  return [...new Set(places.map((place) => resolve(root, place)))];
}

/** The folder in which everything lies that a pattern can match. */
function fixedPart(pattern: string): string {
  const names = pattern.split('/');
  const first = names.findIndex((name) => /[*?[\]{}()!\\]/.test(name));
  return names.slice(0, first === -1 ? undefined : first).join('/') || '.';
}

/** Whether an event can change the outcome: what was read has another content, or there are other files to find. */
function concerns(event: string, path: string, { root, files, folders }: Watched): boolean {
  if (event !== 'add' && event !== 'change' && event !== 'unlink') return false;
  const known = shownPath(root, path);
  if (files.has(known) || folders.some((folder) => !leaves(resolve(root, folder), path))) return true;
  return event !== 'change' && !isOutput(root, known);
}

/** What patterns never match either: dependencies and hidden folders. */
function isIgnored(path: string, root: string): boolean {
  return shownPath(root, path)
    .split('/')
    .some((name) => name === 'node_modules' || (name.startsWith('.') && name !== '.' && name !== '..'));
}
