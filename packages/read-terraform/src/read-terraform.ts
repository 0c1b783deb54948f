import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Stack } from '@keywright/core/ir/program';
import type { LeftOut, Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import { emptyState } from './diagnostics.ts';
import { readSource } from './source/read-source.ts';
import { stacksOf } from './stacks.ts';

/** What a reader of a state or plan has to be told. */
export interface ReadTerraformOptions {
  /** The name of the root module's stack, a name of the language. Default: made of the path, `security` of `security/terraform.tfstate`. */
  readonly name?: string;
  /** The name of the app. Default: the stack's. */
  readonly app?: string;
}

/**
 * Reads a state file of version 4, or what `terraform show -json` prints of a state or a plan; which of them, it sees itself.
 * A stack for each account and region that has primary keys or aliases; a replica goes with its primary.
 */
export function readTerraform(file: SourceFile, options: ReadTerraformOptions = {}): Reading {
  const sources = new Map([[file.path, file]]);
  const name = options.name ?? stackNameFrom(file.path);
  const app = options.app ?? name;
  const { value: source, diagnostics } = readSource(file);
  const empty: Reading = { program: { app, stacks: [] }, origins: new Map(), leftOut: [], diagnostics, sources };
  if (source === undefined) return empty;
  const found = stacksOf(source, { name, app, file: file.path });
  const all: readonly Diagnostic[] = [
    ...diagnostics,
    ...source.diagnostics,
    ...found.diagnostics,
    ...(source.managed.length + source.diagnostics.length === 0
      ? [report(emptyState, { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 }, { what: file.path })]
      : []),
  ];
  const leftOut: readonly LeftOut[] = [...source.leftOut, ...found.leftOut];
  const stacks: readonly Stack[] = found.stacks.map(({ stack }) => stack);
  const program: Program = { app, stacks };
  const origins = new Map<string, ReadonlyMap<string, ResourceOrigin>>(
    found.stacks.map(({ stack, origins }) => [stack.name, origins]),
  );
  return { program, origins, leftOut, diagnostics: all, sources };
}

/** Names of files that say nothing; the folder says more. */
const common = /^(terraform|state|default|plan|tfplan|show|source|current|pull|output)$/i;

function stackNameFrom(path: string): string {
  const words = path
    .split(/[\\/]/)
    .map((part) => part.replace(/(\.(tfstate|tfplan|plan|show|state|json|backup))+$/i, ''))
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !common.test(part));
  const name = (words.at(-1) ?? 'main').replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'main' : name.slice(0, 63);
}
