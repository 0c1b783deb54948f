import { posix } from 'node:path';
import type { Collector } from '@keywright/core/diagnostics/result';
import type { LeftOut } from '@keywright/core/reading/reader';
import type { Span } from '@keywright/core/source/span';
import { indexInAddress } from '../index-in-address.ts';
import type { SourceOutput, SourceResource } from '../source/resource.ts';
import type { InstalledModules } from './installed-modules.ts';
import type { ModuleFiles, ParsedFile } from './module-files.ts';
import type { ProviderConfigurations } from './providers.ts';
import type { StateChange } from './state-changes.ts';
import type { HclBlock } from './syntax.ts';
import type { HclValue } from './value.ts';

export interface ModuleContext extends ProviderConfigurations {
  readonly files: ModuleFiles;
  readonly installed: InstalledModules;
  /** The root module's folder. */
  readonly root: string;
  /** The absolute path of `root`, where Terraform runs; `undefined` if `root` is not on a disk. */
  readonly workingFolder: string | undefined;
  readonly workspace: string | undefined;
  /** The variables of the root module whose defaults are used. */
  readonly defaults: { readonly name: string; readonly span: Span }[];
  /** The calls of modules that `terraform init` has not installed. */
  readonly notInstalled: { readonly name: string; readonly source: string; readonly span: Span }[];
  readonly collector: Collector;
  readonly leftOut: LeftOut[];
  readonly outputs: SourceOutput[];
  readonly managed: SourceResource[];
  /** The `moved`, `removed` and `import` blocks, once for each instance of their module. */
  readonly changes: StateChange[];
  /** The addresses of the modules that were read. */
  readonly calls: string[];
  readonly spent: { steps: number; chain: number };
}

export interface ModuleInstance {
  readonly folder: string;
  /** The address of the module, such as `module.kms["a"]`; empty for the root module. */
  readonly module: string;
  /** Returns the value that the call, or a file with values, gives to a variable; `undefined` if neither does. */
  readonly given: (variable: string) => HclValue | undefined;
  /** The names of the calls that lead to the instance; empty for the root module. */
  readonly path: readonly string[];
  /** The root module's names for the providers, by their names in this module. */
  readonly providers: ReadonlyMap<string, string>;
  /**
   * For an installed module and the modules inside it: the `module` block that calls the installed module. Problems are reported at this
   * block, since users do not edit installed modules.
   */
  readonly calledAt?: Span | undefined;
}

export interface Placed<Part> {
  readonly part: Part;
  readonly file: ParsedFile;
}

export function headSpan({ part, file }: Placed<HclBlock>): Span {
  return file.lines.span(part.start, part.headEnd);
}

/** Returns a module's blocks of these types, in the order of the files. */
export function blocksIn(
  { files }: ModuleContext,
  folder: string,
  ...types: readonly string[]
): readonly Placed<HclBlock>[] {
  return files
    .in(folder)
    .flatMap((file) => file.body.blocks.filter(({ type }) => types.includes(type)).map((part) => ({ part, file })));
}

export function isSensitive({ body }: HclBlock): boolean {
  const flag = body.attributes.get('sensitive')?.value;
  return flag?.kind === 'literal' && flag.value === true;
}

/** Returns the address of a block's instance, as in plans and states. */
export function addressOf(module: string, type: string, name: string, index?: string | number): string {
  return `${module === '' ? '' : `${module}.`}${type}.${name}${index === undefined ? '' : indexInAddress(index)}`;
}

export function pathIn(folder: string, path: string): string {
  return posix.join(folder, path).replace(/(?<=.)\/$/, '');
}

/** Returns the name of an attribute that the service decides, as marks use it; `undefined` for arguments. */
export function madeByService(type: string, attribute: string): string | undefined {
  const isIam = /^aws_iam_(role|user|group)$/.test(type);
  const isKey = /^aws_kms_(replica_)?(external_)?key$/.test(type);
  if (attribute === 'arn') return isIam || isKey || type === 'aws_kms_alias' ? 'arn' : undefined;
  if (isKey) return attribute === 'id' || attribute === 'key_id' ? 'id' : undefined;
  // The provider uses the name of a role, user or group as its id.
  return isIam && (attribute === 'id' || attribute === 'name') ? 'name' : undefined;
}
