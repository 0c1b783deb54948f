import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { createLineMap, type LineMap } from '@keywright/core/source/line-map';
import type { SourceFile } from '@keywright/core/source/span';
import { brokenHcl } from '../diagnostics.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { hasMark } from './marks.ts';
import { moved } from './move.ts';
import { isOverride, overridden } from './override.ts';
import { parseHcl } from './parse.ts';
import { parseJson, parseJsonValues } from './parse-json.ts';
import { type HclBody, HclProblem } from './syntax.ts';
import type { HclValue } from './value.ts';

/** A file of a module, or all of its files if some override others. Offsets in `body` are those of `lines`. */
export interface ParsedFile {
  readonly lines: LineMap;
  readonly body: HclBody;
}

/** The files of modules by folder, and the values that files give to the variables of the root module. */
export interface ModuleFiles {
  readonly folders: ReadonlyMap<string, readonly ParsedFile[]>;
  readonly given: ReadonlyMap<string, HclValue>;
  readonly diagnostics: readonly Diagnostic[];
}

interface ReadFile extends ParsedFile {
  readonly path: string;
  readonly length: number;
}

const nothing: Scope = { get: () => undefined, location: () => '', mayGoOn: () => true, file: () => undefined };

/** Parses files in both syntaxes, merges override files into the others of their folder, and evaluates files with values. */
export function moduleFiles(files: readonly SourceFile[], root: string): ModuleFiles {
  const collector = createCollector();
  const folders = new Map<string, ReadFile[]>();
  const values = new Map<string, HclValue>();
  for (const { path, text } of [...files].sort(inLoadingOrder)) {
    const folder = folderOf(path);
    const givesValues = folder === root && /(^|\/)(terraform|[^/]*\.auto)\.tfvars(\.json)?$/.test(path);
    if (!/\.tf(\.json)?$/.test(path) && !givesValues) continue;
    const lines = createLineMap(path, text);
    try {
      if (hasMark(text)) throw new HclProblem('it contains private-use characters', 0);
      const isJson = path.endsWith('.json');
      if (givesValues) {
        const { attributes } = isJson ? parseJsonValues(text) : parseHcl(text);
        for (const [name, { value }] of attributes) values.set(name, evaluate(value, nothing));
      } else {
        const body = isJson ? parseJson(text) : parseHcl(text);
        folders.set(folder, [...(folders.get(folder) ?? []), { path, lines, body, length: text.length }]);
      }
    } catch (error) {
      if (!(error instanceof HclProblem)) throw error;
      const { offset, message } = error;
      collector.add(report(brokenHcl, lines.span(offset, offset + (offset > 0 ? 1 : 0)), { problem: message }));
    }
  }
  return {
    folders: new Map([...folders].map(([folder, read]) => [folder, collector.take(withOverrides(read))])),
    given: values,
    diagnostics: collector.diagnostics,
  };
}

/** A folder's files with override files merged into the others, in the order of their names. */
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

/** The files with values in the order in which Terraform loads them: the last one decides. */
function inLoadingOrder({ path: one }: SourceFile, { path: other }: SourceFile): number {
  const rank = (path: string) =>
    /(^|\/)terraform\.tfvars$/.test(path) ? 0 : /(^|\/)terraform\.tfvars\.json$/.test(path) ? 1 : 2;
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

/** The folder of a path: `.` for a file without one. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}
