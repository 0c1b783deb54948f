import { posix } from 'node:path';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { includeMatchesNothing, includeTooWide } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { dropInvalidEntries } from '../language/drop-invalid-entries.ts';
import { type FileDefinition, projectSchema, trustedSchema } from '../language/project.ts';
import { validateStructure } from '../language/validate.ts';
import type { SourceFile, Span } from '../source/span.ts';
import { parseSource } from '../syntax/parse.ts';
import type { ProjectHost } from './host.ts';
import { elements, type Located, oneOrMore, property, retyped, whole } from './located.ts';
import { pathFrom } from './path-from.ts';
import type { FileAccess } from './project.ts';
import { readingProblem } from './reading.ts';
import { sectionsAreAllowed } from './sections-are-allowed.ts';

/** The file that makes a folder a project. */
const projectFileName = 'keywright.yaml';

/**
 * The maximum number of `*` and `{` in one part of a path. The time to match a name grows with the name's length to the power of this
 * number.
 */
const mostWildcards = 3;

export interface ProjectFiles {
  /** The validated files, `keywright.yaml` first, the others in the order of inclusion. */
  readonly files: readonly Located<FileDefinition>[];
  /** Every file that was read, by path. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly access: ReadonlyMap<string, FileAccess>;
  /** Whether every trusted file was read: one that was not may have settings, which change the meaning of all files. */
  readonly hasTrustedFiles: boolean;
}

/** A file to read, the span that names it, and its rights. */
interface FileToRead {
  readonly path: string;
  readonly asked: Span | undefined;
  readonly access: FileAccess;
}

/**
 * Reads `keywright.yaml` and everything it includes; parses and validates each. A file that is missing, is not text or is not valid is
 * reported and left out, except for the valid entries of a file in which only some entries are invalid. A file that is included twice is
 * read once.
 */
export function readFiles(host: ProjectHost): Result<ProjectFiles> {
  const files: Located<FileDefinition>[] = [];
  const sources = new Map<string, SourceFile>();
  const collector = createCollector();
  const access = new Map<string, FileAccess>();
  const seen = new Set<string>();
  // The rights that `keywright.yaml` gives a file apply, whichever file includes it first.
  const saidByRoot = new Map<string, FileAccess>();

  // The files still to be read, the next one last: a chain of includes can be longer than the call stack allows.
  const waiting: FileToRead[] = [
    { path: projectFileName, asked: undefined, access: { isTrusted: true, stacksIn: [] } },
  ];
  const read = ({ path, asked, access: byIncluder }: FileToRead) => {
    if (seen.has(path)) return;
    seen.add(path);
    const ownAccess = saidByRoot.get(path) ?? byIncluder;
    access.set(path, ownAccess);
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
    const isRoot = path === projectFileName;
    const schema = isRoot ? projectSchema : trustedSchema;
    const valid = collector.take(validateStructure<FileDefinition>(schema, parsed));
    if (valid === undefined && !dropInvalidEntries(schema, parsed)) return;
    const file = whole(parsed, valid ?? (parsed.value as FileDefinition)); // its remaining entries are valid
    files.push(file);
    collector.add(...sectionsAreAllowed(file, ownAccess));

    const included: FileToRead[] = [];
    for (const entry of elements(property(file, 'include'))) {
      const ofEntry = isRoot ? accessOf(entry) : { isTrusted: false, stacksIn: ownAccess.stacksIn };
      for (const include of pathsOf(entry)) {
        for (const file of collector.take(filesOf(include, path, host))) {
          const earlier = saidByRoot.get(file);
          if (isRoot) saidByRoot.set(file, earlier === undefined ? ofEntry : both(earlier, ofEntry));
          included.push({ path: file, asked: include.span, access: ofEntry });
        }
      }
    }
    for (const one of included.reverse()) waiting.push(one);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) read(next);
  const valid = new Set(files.map(({ span }) => span.file));
  const hasTrustedFiles = [...access].every(([path, { isTrusted }]) => !isTrusted || valid.has(path));
  return collector.result({ files, sources, access, hasTrustedFiles });
}

type Inclusion = NonNullable<FileDefinition['include']>[number];

function pathsOf(entry: Located<Inclusion>): readonly Located<string>[] {
  const { value } = entry;
  return typeof value === 'string' ? [retyped(entry, value)] : oneOrMore(property(retyped(entry, value), 'files'));
}

/** The rights that an entry of `include` in `keywright.yaml` gives its files. */
function accessOf(entry: Located<Inclusion>): FileAccess {
  const { value } = entry;
  if (typeof value === 'string') return { isTrusted: false, stacksIn: [] };
  if ('trusted' in value) return { isTrusted: true, stacksIn: [] };
  const stacksIn = property(retyped(entry, value), 'stacksIn');
  return { isTrusted: false, stacksIn: stacksIn === undefined ? [] : [stacksIn] };
}

function both(one: FileAccess, other: FileAccess): FileAccess {
  return { isTrusted: one.isTrusted && other.isTrusted, stacksIn: [...one.stacksIn, ...other.stacksIn] };
}

function filesOf(include: Located<string>, from: string, host: ProjectHost): Result<readonly string[]> {
  const refused = (problem: Diagnostic) => ({ value: [], diagnostics: [problem] });
  const pattern = pathFrom(from, include.value);
  if (!/[*?[{]/.test(pattern)) return { value: [pattern], diagnostics: [] };
  // Folders outside the project are not even searched.
  if (posix.isAbsolute(pattern) || /^\.\.(\/|$)/.test(pattern)) {
    return refused(readingProblem(pattern, { kind: 'outside' }, include.span));
  }
  if (pattern.split('/').some((part) => (part.match(/\*+|\{/g) ?? []).length > mostWildcards)) {
    return refused(report(includeTooWide, include.span, { pattern: include.value, most: mostWildcards }));
  }
  const matches = host.glob(pattern);
  const nothing = report(includeMatchesNothing, include.span, { pattern: include.value });
  return { value: matches, diagnostics: matches.length === 0 ? [nothing] : [] };
}
