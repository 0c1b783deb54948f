import { posix } from 'node:path';
import { report } from '../diagnostics/diagnostic.ts';
import { includeMatchesNothing, includeTooWide } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { type IncludedDefinition, includedSchema, projectSchema } from '../language/project.ts';
import { validateStructure } from '../language/validate.ts';
import type { SourceFile, Span } from '../source/span.ts';
import { parseSource } from '../syntax/parse.ts';
import type { ProjectHost } from './host.ts';
import { elements, type Located, property, whole } from './located.ts';
import { pathFrom } from './path-from.ts';
import { readingProblem } from './reading.ts';

/** The file that a project is. */
export const projectFileName = 'keywright.yaml';

/** How many `*` and `{` one part of a path can have: to match it takes time by the length of a name to this power. */
const mostWildcards = 3;

export interface ProjectFiles {
  /** The validated files, `keywright.yaml` first, the others in the order in which they are included. */
  readonly files: readonly Located<IncludedDefinition>[];
  /** Every file that was read, by path. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** A file to read, and the place that names it. */
interface Asked {
  readonly path: string;
  readonly asked: Span | undefined;
}

/**
 * Reads `keywright.yaml` and all that it includes, parses and validates each. A file that is missing, is no text or is
 * not valid is reported and left out; a file that is included twice is read once.
 */
export function readFiles(host: ProjectHost): Result<ProjectFiles> {
  const files: Located<IncludedDefinition>[] = [];
  const sources = new Map<string, SourceFile>();
  const collector = createCollector();
  const seen = new Set<string>();

  // What is still to be read, the next one last: a chain of includes can be longer than a chain of calls.
  const waiting: Asked[] = [{ path: projectFileName, asked: undefined }];
  const read = ({ path, asked }: Asked) => {
    if (seen.has(path)) return;
    seen.add(path);
    const reading = host.readFile(path);
    if (reading.kind !== 'text') {
      collector.add(readingProblem(path, reading, asked));
      return;
    }
    const source: SourceFile = { path, text: reading.text };
    sources.set(path, source);
    const parsed = parseSource(source);
    collector.add(...parsed.diagnostics);
    if (parsed.value === undefined) return;
    // The schema of the project is that of an included file with two properties required.
    const schema = path === projectFileName ? projectSchema : includedSchema;
    const definition = collector.take(validateStructure<IncludedDefinition>(schema, parsed));
    if (definition === undefined) return;
    const file = whole(parsed, definition);
    files.push(file);

    const included: Asked[] = [];
    for (const include of elements(property(file, 'include'))) {
      const pattern = pathFrom(path, include.value);
      if (!/[*?[{]/.test(pattern)) {
        included.push({ path: pattern, asked: include.span });
        continue;
      }
      // What is outside is not even looked through.
      if (posix.isAbsolute(pattern) || /^\.\.(\/|$)/.test(pattern)) {
        collector.add(readingProblem(pattern, { kind: 'outside' }, include.span));
        continue;
      }
      if (pattern.split('/').some((part) => (part.match(/\*+|\{/g) ?? []).length > mostWildcards)) {
        collector.add(report(includeTooWide, include.span, { pattern: include.value, most: mostWildcards }));
        continue;
      }
      const matches = host.glob(pattern);
      if (matches.length === 0) collector.add(report(includeMatchesNothing, include.span, { pattern: include.value }));
      for (const match of matches) included.push({ path: match, asked: include.span });
    }
    for (const one of included.reverse()) waiting.push(one);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) read(next);
  return collector.result({ files, sources });
}
