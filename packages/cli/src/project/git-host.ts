import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import type { FileReading, ProjectHost } from '@keywright/core/project/host';
import picomatch from 'picomatch';
import { decode, fileSizeLimit, globOptions, hasWildcard, isInside, outputsOf } from './disk-host.ts';

interface Entry {
  readonly path: string;
  readonly object: string;
  readonly isLink: boolean;
  readonly bytes: number;
}

/** No system follows more links than this for one path. */
const mostLinks = 40;

/** The largest answer of Git, in bytes. Enough for a very long list of files. */
const mostBytes = 1024 * 1024 * 1024;

/**
 * The project in the folder `root` as of a revision, read from Git's store; or what is wrong with the revision. The working tree and the
 * index are not touched.
 */
export function openRevision(root: string, revision: string): ProjectHost | { readonly problem: string } {
  // With a leading hyphen, Git would take the revision for an option; `--end-of-options` prevents that too.
  if (revision === '' || revision.startsWith('-')) {
    return { problem: `${JSON.stringify(revision)} is not a revision; give a branch, a tag or a commit` };
  }
  const answer = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (answer.kind === 'failed') {
    const isRepository = git(root, ['rev-parse', '--git-dir']);
    if (isRepository.kind === 'failed') return { problem: `cannot read revisions: ${isRepository.reason}` };
    return { problem: `there is no revision ${JSON.stringify(revision)} here: correct it, or fetch it with git` };
  }
  const commit = answer.output.toString('utf8').trim();
  const listed = git(root, ['ls-tree', '-r', '-z', '--long', commit]);
  if (listed.kind === 'failed') return { problem: `cannot list the files of ${commit}: ${listed.reason}` };
  const entries = new Map(entriesOf(listed.output.toString('utf8')).map((entry) => [entry.path, entry]));
  const read = (object: string): Buffer | undefined => {
    const blob = git(root, ['cat-file', 'blob', object]);
    return blob.kind === 'failed' ? undefined : blob.output;
  };
  return hostOf(entries, read);
}

function hostOf(entries: ReadonlyMap<string, Entry>, read: (object: string) => Buffer | undefined): ProjectHost {
  const folders = new Set([...entries.keys()].flatMap(foldersAbove));
  const follow = (path: string, links = 0): Entry | 'outside' | 'directory' | 'missing' => {
    const normal = posix.normalize(path).replace(/\/$/, '');
    if (!isInside(path) || links > mostLinks) return 'outside';
    const entry = entries.get(normal);
    if (entry !== undefined && !entry.isLink) return entry;
    if (entry === undefined && (normal === '.' || folders.has(normal))) return 'directory';
    // The path itself or a folder above it may be a link.
    const link =
      entry ??
      foldersAbove(normal)
        .map((folder) => entries.get(folder))
        .find((above) => above?.isLink);
    const target = link && read(link.object)?.toString('utf8');
    if (link === undefined || target === undefined) return 'missing';
    if (posix.isAbsolute(target)) return 'outside';
    return follow(posix.join(posix.dirname(link.path), target, normal.slice(link.path.length)), links + 1);
  };
  const readings = new Map<string, FileReading>();
  const readFile = (path: string): FileReading => {
    const cached = readings.get(path) ?? reading(path);
    readings.set(path, cached);
    return cached;
  };
  const reading = (path: string): FileReading => {
    if (path.includes('\0')) return { kind: 'missing' };
    const entry = follow(path);
    if (typeof entry === 'string') return { kind: entry };
    if (entry.bytes > fileSizeLimit) return { kind: 'tooLarge', bytes: entry.bytes, limit: fileSizeLimit };
    const bytes = read(entry.object);
    return bytes === undefined ? { kind: 'unreadable', reason: 'git cannot read it' } : decode(bytes);
  };
  const isOutput = outputsOf(readFile);
  return {
    readFile,
    glob(pattern) {
      if (!hasWildcard(pattern)) {
        const path = pattern.replace(/^(?:\.\/)+/, '');
        return follow(path) === 'missing' ? [] : [path];
      }
      if (!isInside(pattern)) return [pattern];
      const isMatch = picomatch(posix.normalize(pattern), { ...globOptions, posix: true });
      return [...entries.values()]
        .filter(({ path, isLink }) => !isLink && isMatch(path) && !path.split('/').includes('node_modules'))
        .map(({ path }) => path)
        .filter((path) => !isOutput(path))
        .sort();
    },
  };
}

/** Returns the folders above a path: for `a/b/c/d.yaml`, these are `a/b/c`, `a/b` and `a`. */
function foldersAbove(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}

/** Lines of `ls-tree --long`: `100644 blob 1234abcd      42<tab>teams/keys.yaml`. */
function entriesOf(output: string): readonly Entry[] {
  return output.split('\0').flatMap((line): readonly Entry[] => {
    const match = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line);
    if (match === null) return []; // the end, or a submodule, which contains no files here
    const [, mode, object = '', bytes, path = ''] = match;
    return [{ path, object, isLink: mode === '120000', bytes: Number(bytes) }];
  });
}

type Answer = { readonly kind: 'done'; readonly output: Buffer } | { readonly kind: 'failed'; readonly reason: string };

function git(folder: string, argv: readonly string[]): Answer {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...argv], { maxBuffer: mostBytes });
  if (error !== undefined) {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    return { kind: 'failed', reason: isMissing ? 'git is not installed' : error.message };
  }
  if (status !== 0) return { kind: 'failed', reason: lastLine(stderr.toString('utf8')) };
  return { kind: 'done', output: stdout };
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^fatal: /, '') ?? ''
  );
}
