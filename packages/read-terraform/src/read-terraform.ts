import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Reading } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import { splitDefaultTags } from './default-tags.ts';
import { emptyState } from './diagnostics.ts';
import type { Marks } from './hcl/marks.ts';
import { type AskedPlace, readModule } from './hcl/read-module.ts';
import { readSource } from './source/read-source.ts';
import type { Source } from './source/resource.ts';
import { stacksOf } from './stacks.ts';

/** Options for reading a state or plan. */
export interface ReadTerraformOptions {
  /**
   * The name of the root module's stack in the language. Default: derived from the path, `security` for
   * `security/terraform.tfstate`.
   */
  readonly name?: string;
  /** The name of the app. Default: the stack's. */
  readonly app?: string;
  /** For a module: where it is deployed, if its provider does not say. */
  readonly place?: AskedPlace;
}

/**
 * Reads a state file of version 4, or the output of `terraform show -json` for a state or plan; it detects which.
 * Returns a stack for each account and region with primary keys or aliases; a replica goes with its primary.
 */
export function readTerraform(file: SourceFile, options: ReadTerraformOptions = {}): Reading {
  const { value: source, diagnostics } = readSource(file);
  // Never show a line of a state: it contains the values of sensitive attributes, and is often a single line.
  return readingOf(source, [], diagnostics, { path: file.path, what: file.path }, options);
}

/**
 * Reads a root module and the modules in folders below and beside it, as completely as possible without a state.
 * `folder`: the root module's, with which the paths of its files start; `.` for files without one.
 */
export function readTerraformModule(
  files: readonly SourceFile[],
  folder: string,
  options: ReadTerraformOptions = {},
): Reading {
  const source = readModule(files, folder, options.place);
  const [first] = files.filter(({ path }) => path.endsWith('.tf'));
  const place = { path: first?.path ?? folder, what: folder };
  return readingOf(source, files, [], place, { name: stackNameFrom(folder), ...options });
}

function readingOf(
  read: (Source & { readonly marks?: Marks }) | undefined,
  files: readonly SourceFile[],
  diagnostics: readonly Diagnostic[],
  { path, what }: { readonly path: string; readonly what: string },
  options: ReadTerraformOptions,
): Reading {
  const sources = new Map(files.map((file) => [file.path, file]));
  const name = options.name ?? stackNameFrom(path);
  const app = options.app ?? name;
  if (read === undefined)
    return { program: { app, stacks: [] }, origins: new Map(), leftOut: [], diagnostics, sources };
  const { source, defaultTags } = splitDefaultTags(read);
  const { marks } = source;
  const found = stacksOf(source, { name, app, file: path, ...(marks !== undefined && { marks }) });
  const isEmpty = source.managed.length + source.diagnostics.length === 0;
  const start = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    program: { app, stacks: found.stacks.map(({ stack }) => stack) },
    origins: new Map(found.stacks.map(({ stack, origins }) => [stack.name, origins])),
    leftOut: [...source.leftOut, ...found.leftOut],
    diagnostics: [
      ...diagnostics,
      ...source.diagnostics,
      ...found.diagnostics,
      ...(isEmpty ? [report(emptyState, start, { what })] : []),
    ],
    sources,
    ...(defaultTags.size > 0 && { defaultTags }),
  };
}

/** File names without meaning; the folder's name says more. */
const common = /^(terraform|state|default|plan|tfplan|show|source|current|pull|output)$/i;

function stackNameFrom(path: string): string {
  const words = path
    .split(/[\\/]/)
    .map((part) => part.replace(/(\.(tfstate|tfplan|plan|show|state|json|backup))+$/i, ''))
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !common.test(part));
  const name = (words.at(-1) ?? 'main').replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'main' : name.slice(0, 63);
}
