import { posix } from 'node:path';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { FileReading } from '@keywright/core/project/host';
import { createLineMap, type LineMap } from '@keywright/core/source/line-map';
import type { SourceFile } from '@keywright/core/source/span';
import { brokenHcl } from '../diagnostics.ts';
import { evaluate } from './evaluate.ts';
import { hasMark } from './marks.ts';
import type { ModuleHost } from './module-host.ts';
import { moved } from './move.ts';
import { isOverride, overridden } from './override.ts';
import { parseHcl } from './parse.ts';
import { parseJson, parseJsonValues } from './parse-json.ts';
import { type Scope, withoutFiles } from './scope.ts';
import { type HclBody, HclProblem } from './syntax.ts';
import type { HclValue } from './value.ts';

/** A file of a module, or all of the module's files if some override others. `lines` turns the offsets in `body` into spans. */
export interface ParsedFile {
  readonly lines: LineMap;
  readonly body: HclBody;
}

/**
 * The files of modules, which are parsed when a module is first used, and the values that files give to the variables of the root module.
 */
export interface ModuleFiles {
  /** Returns the files of the module in a folder; none if there is no module. */
  in(folder: string): readonly ParsedFile[];
  text(path: string): SourceFile | { readonly problem: string };
  exists(path: string): boolean | undefined;
  /**
   * Returns the paths, relative to the folder, of the files in it and at most `depth` levels below it; `undefined` if there are too many.
   */
  below(folder: string, depth: number): readonly string[] | undefined;
  readonly given: ReadonlyMap<string, HclValue>;
  /** The files that were read so far. */
  readonly read: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ReadFile extends ParsedFile {
  readonly path: string;
  readonly length: number;
}

const nothing: Scope = {
  get: () => undefined,
  location: () => '',
  mayGoOn: () => true,
  files: withoutFiles('a file with values names another file'),
};

/**
 * Parses files in both syntaxes, merges override files into the other files of their folder, and evaluates the files with values for the
 * root module, which is in the folder `root`. `variables` has the paths of other files with values, which are read last, in order.
 */
export function createModuleFiles(host: ModuleHost, root: string, variables: readonly string[]): ModuleFiles {
  const collector = createCollector();
  const read: SourceFile[] = [];
  const readings = new Map<string, SourceFile | { readonly problem: string }>();
  const text = (path: string) => {
    const earlier = readings.get(path);
    if (earlier !== undefined) return earlier;
    const reading = host.readFile(path);
    const file = reading.kind === 'text' ? { path, text: reading.text } : { problem: problemOf(reading, path) };
    if (!('problem' in file)) read.push(file);
    readings.set(path, file);
    return file;
  };
  const parsed = <Result>(path: string, parse: (file: SourceFile, lines: LineMap) => Result): Result | undefined => {
    const file = text(path);
    const lines = createLineMap(path, 'problem' in file ? '' : file.text);
    try {
      if ('problem' in file) throw new HclProblem(file.problem, 0);
      if (hasMark(file.text)) throw new HclProblem('it contains private-use characters', 0);
      return parse(file, lines);
    } catch (error) {
      if (!(error instanceof HclProblem)) throw error;
      const { offset, message } = error;
      collector.add(report(brokenHcl, lines.span(offset, offset + (offset > 0 ? 1 : 0)), { problem: message }));
      return undefined;
    }
  };
  const given = new Map<string, HclValue>();
  const loaded = host.list(root).filter(givesValues).sort(inLoadingOrder);
  for (const path of [...loaded.map((name) => posix.join(root, name)), ...variables]) {
    const body = parsed(path, ({ text }) => (path.endsWith('.json') ? parseJsonValues(text) : parseHcl(text)));
    for (const [variable, { value }] of body?.attributes ?? []) given.set(variable, evaluate(value, nothing));
  }
  const folders = new Map<string, readonly ParsedFile[]>();
  const isOpenTofu = host.list(root).some((name) => openTofuFile.test(name));
  return {
    in(folder) {
      const earlier = folders.get(folder);
      if (earlier !== undefined) return earlier;
      const names = loadedNames(host.list(folder), isOpenTofu);
      const files = names.sort().flatMap((name): readonly ReadFile[] => {
        const path = posix.join(folder, name);
        const file = parsed(path, ({ text }, lines) => ({
          path,
          lines,
          body: name.endsWith('.json') ? parseJson(text) : parseHcl(text),
          length: text.length,
        }));
        return file === undefined ? [] : [file];
      });
      const merged = collector.take(withOverrides(files));
      folders.set(folder, merged);
      return merged;
    },
    text,
    exists(path) {
      const { kind } = host.readFile(path);
      if (kind === 'directory' || kind === 'unreadable') return undefined;
      return kind !== 'missing' && kind !== 'outside';
    },
    below: (folder, depth) => filesBelow(host, folder, depth),
    given,
    read,
    diagnostics: collector.diagnostics,
  };
}

/** The maximum number of files that `fileset` looks at, and the maximum depth. */
const [mostFiles, deepest] = [10_000, 50];

function filesBelow(host: ModuleHost, folder: string, depth: number): readonly string[] | undefined {
  const paths: string[] = [];
  let level = ['.'];
  for (let at = 0; at <= depth && level.length > 0; at += 1) {
    if (at > deepest) return undefined;
    for (const place of level) {
      paths.push(...host.list(posix.join(folder, place)).map((name) => posix.join(place, name)));
      if (paths.length > mostFiles) return undefined;
    }
    level = level.flatMap((place) => host.folders(posix.join(folder, place)).map((name) => posix.join(place, name)));
    if (level.length > mostFiles) return undefined;
  }
  return paths;
}

function problemOf(reading: Exclude<FileReading, { readonly kind: 'text' }>, path: string): string {
  switch (reading.kind) {
    case 'missing':
    case 'outside':
      return `there is no file ${path}`;
    case 'directory':
      return `${path} is a folder`;
    case 'binary':
      return `${path} is not UTF-8 text`;
    case 'tooLarge':
      return `${path} has ${reading.bytes} bytes; the limit is ${reading.limit}`;
    case 'unreadable':
      return `${path} cannot be read: ${reading.reason}`;
  }
}

const openTofuFile = /\.tofu(\.json)?$/;

/**
 * Returns the files of a folder that are part of its module. OpenTofu also loads `a.tofu`, in place of an `a.tf`. Source: OpenTofu, "Files
 * and Directories".
 */
function loadedNames(names: readonly string[], isOpenTofu: boolean): string[] {
  const inBoth = names.filter((name) => /\.tf(\.json)?$/.test(name));
  if (!isOpenTofu) return inBoth;
  const replaced = (name: string) => names.includes(name.replace(/\.tf(?=(\.json)?$)/, '.tofu'));
  return [...inBoth.filter((name) => !replaced(name)), ...names.filter((name) => openTofuFile.test(name))];
}

/** Whether Terraform takes values of variables from a file in the root module's folder. */
function givesValues(name: string): boolean {
  return /^(terraform|.*\.auto)\.tfvars(\.json)?$/.test(name);
}

/** Returns a folder's files, with override files merged into the other files, in the order of their names. */
function withOverrides(files: readonly ReadFile[]): Result<readonly ParsedFile[]> {
  const collector = createCollector();
  if (!files.some(({ path }) => isOverride(path))) return collector.result(files);
  const ends: number[] = [];
  const placed = files.map((file) => {
    const start = (ends.at(-1) ?? -1) + 1;
    ends.push(start + file.length);
    return { ...file, start, body: moved(file.body, (offset) => offset + start) };
  });
  const lines: LineMap = {
    span(start, end) {
      const at = ends.findIndex((each) => start <= each);
      const file = placed[at] ?? placed[0];
      const from = file?.start ?? 0;
      // At least one file exists, since one overrides another.
      return (file?.lines ?? createLineMap('', '')).span(start - from, end - from);
    },
  };
  let blocks = placed.flatMap(({ path, body }) => (isOverride(path) ? [] : body.blocks));
  for (const { body } of placed.filter((file) => isOverride(file.path))) {
    try {
      blocks = [...overridden(blocks, body.blocks)];
    } catch (error) {
      if (!(error instanceof HclProblem)) throw error;
      collector.add(report(brokenHcl, lines.span(error.offset, error.offset + 1), { problem: error.message }));
    }
  }
  return collector.result([{ lines, body: { attributes: new Map(), blocks } }]);
}

/** Compares files with values by the order in which Terraform loads them. The last file overrides earlier ones. */
function inLoadingOrder(one: string, other: string): number {
  const rank = (name: string) => (name === 'terraform.tfvars' ? 0 : name === 'terraform.tfvars.json' ? 1 : 2);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}
