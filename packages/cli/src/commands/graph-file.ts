import { readFileSync, realpathSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { isDrawing } from '@keywright/graph/mark';
import { refusal } from '../disk/system-error.ts';
import { shownPath } from '../project/locate.ts';
import type { OpenProject, Problem } from '../questions/open-project.ts';

export type GraphFormat = 'html' | 'svg' | 'mermaid';

const formatOfExtension: Readonly<Record<string, GraphFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.svg': 'svg',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
};

/** Returns the format of `--format` or, without it, the one that the extension of the file means. Without a file, Mermaid. */
export function graphFormat(format: GraphFormat | undefined, out: string | undefined): GraphFormat | Problem {
  if (out === undefined) return format ?? 'mermaid';
  const formatOfName = formatOfExtension[extname(out).toLowerCase()];
  if (format !== undefined && (formatOfName === undefined || formatOfName === format)) return format;
  if (format === undefined && formatOfName !== undefined) return formatOfName;
  const extensions = '.html draws a page, .svg an SVG, .mmd or .mermaid a Mermaid flowchart';
  return {
    problem:
      formatOfName === undefined
        ? `cannot tell from the name "${out}" what to draw: ${extensions}; or use --format`
        : `--format ${format} does not match the name "${out}": ${extensions}`,
  };
}

/**
 * Returns why a drawing must not be written to a file: the project reads that file, or the file exists and `keywright graph` did not draw
 * it.
 */
export function refusesDrawing(
  file: string,
  { host, compilation, root }: OpenProject,
  cwd: string,
): Problem | undefined {
  const shown = shownPath(cwd, file);
  const location = whereIs(file);
  const read = [...host.files, ...compilation.sources.keys()].map((path) => resolve(root, path));
  if (read.some((source) => source === file || whereIs(source) === location)) {
    return { problem: `will not write ${shown}: the project reads it; name another file with --out` };
  }
  let text: string;
  try {
    text = readFileSync(location, 'utf8');
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return refused.code === 'ENOENT' ? undefined : { problem: `cannot write ${shown}: ${refused.reason}` };
  }
  // An empty file was created to be filled, for instance by mktemp.
  if (text === '' || isDrawing(text)) return undefined;
  return {
    problem: `will not overwrite ${shown}: it is not a drawing of keywright graph; delete it, or name another file with --out`,
  };
}

/** Returns the real path or, if there is no such file, the path itself. */
function whereIs(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
