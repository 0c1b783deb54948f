import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Reading } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import type { ParameterValues } from '@keywright/read-cfn';
import { refusal } from '../disk/system-error.ts';
import { readRegularFile } from './disk-host.ts';
import { type FileKind, recogniseFile, recogniseFolder } from './recognise-source.ts';

export interface SourceOptions {
  /** Twelve digits. The account of a template's deployment, which the template does not contain. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /**
   * JSON files with values for a template's parameters: by name, or in the form `aws cloudformation deploy` accepts. For a Terraform module,
   * files that `terraform plan -var-file` accepts. A later file overrides earlier ones.
   */
  readonly parameters?: readonly string[] | undefined;
}

/** The result of reading a source, and the target whose tool manages it; no target for a Landing Zone Accelerator configuration. */
export interface ReadSource {
  readonly reading: Reading;
  readonly target?: 'cfn' | 'terraform' | 'pulumi';
}

type Outcome = ReadSource | { readonly problem: string };

/**
 * Recognises the kind of a source and reads it: a CloudFormation template or a folder of templates, `cdk.out`, a Terraform module, state or
 * plan, a Pulumi export, or a Landing Zone Accelerator configuration. Spans have the path as given.
 */
export async function readSource(from: string, options: SourceOptions, cwd: string): Promise<Outcome> {
  try {
    const path = resolve(cwd, from);
    return statSync(path).isDirectory() ? await readFolder(from, options, cwd) : await readFile(from, options, cwd);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return { problem: `${from} cannot be read: ${refused.reason}` };
  }
}

async function readFile(from: string, options: SourceOptions, cwd: string): Promise<Outcome> {
  const file = sourceFile(from, cwd);
  if ('problem' in file) return file;
  const recognised = recogniseFile(from, file.text);
  if ('problem' in recognised) return { problem: `${from} cannot be imported: ${recognised.problem}` };
  return read(recognised.kind, [file], options, cwd);
}

async function readFolder(from: string, options: SourceOptions, cwd: string): Promise<Outcome> {
  const names = readdirSync(resolve(cwd, from), { recursive: true, withFileTypes: true })
    .filter(isFile)
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(cwd, from).length + 1))
    .sort();
  const recognised = recogniseFolder(names);
  if ('problem' in recognised) return { problem: `${from} cannot be imported: ${recognised.problem}` };
  const { kind, main } = recognised;
  if (kind === 'terraformModule') return readModule(from, options, cwd);
  const belongs = {
    template: (name: string) => /\.template(\.(json|ya?ml))?$/.test(name),
    assembly: (name: string) => name === main,
    landingZone: (name: string) => name === main,
    terraform: () => false,
    pulumi: () => false,
  }[kind];
  const files: SourceFile[] = [];
  for (const name of names.filter(belongs)) {
    const file = sourceFile(join(from, name), cwd);
    if ('problem' in file) return file;
    files.push(file);
  }
  return read(kind, files, options, cwd);
}

/** Reads a root module, with the modules that it calls and the files that these modules name. */
async function readModule(from: string, options: SourceOptions, cwd: string): Promise<Outcome> {
  const root = posix.normalize(from.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
  const { readTerraformModule } = await import('@keywright/read-terraform');
  const host = {
    list: (folder: string) => namesIn(resolve(cwd, folder), 'file'),
    folders: (folder: string) => namesIn(resolve(cwd, folder), 'folder'),
    readFile: (path: string) => readRegularFile(resolve(cwd, path)),
    absolute: (folder: string) => resolve(cwd, folder).replaceAll('\\', '/'),
  };
  const variables = (options.parameters ?? []).map((path) => path.replaceAll('\\', '/'));
  return { reading: readTerraformModule(host, root, { ...placeOf(options), variables }), target: 'terraform' };
}

/** The names of the files or folders in a folder, including symbolic links to files or folders; none if there is no such folder. */
function namesIn(folder: string, kind: 'file' | 'folder'): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (kind === 'file' ? isFile(entry) : target(entry)?.isDirectory() === true))
    .map(({ name }) => name);
}

function isFile(entry: Dirent): boolean {
  return target(entry)?.isFile() === true;
}

/** Returns a folder's entry or, for a symbolic link, what it leads to; `undefined` if it leads nowhere. */
function target(entry: Dirent): Pick<Dirent, 'isFile' | 'isDirectory'> | undefined {
  return entry.isSymbolicLink() ? statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false }) : entry;
}

async function read(
  kind: FileKind,
  files: readonly SourceFile[],
  options: SourceOptions,
  cwd: string,
): Promise<Outcome> {
  const [first] = files;
  if (first === undefined) return { problem: 'there is no file to read' };
  const { parameters: parameterFiles = [] } = options;
  if (parameterFiles.length > 0 && kind !== 'template' && kind !== 'assembly')
    return { problem: '--parameters is for templates and for folders of Terraform modules' };
  const values = parameterFiles.map((path) => readParameters(path, cwd));
  for (const each of values)
    if ('problem' in each && typeof each.problem === 'string') return { problem: each.problem };
  const parameters: ParameterValues = Object.assign({}, ...values);
  switch (kind) {
    case 'template': {
      const { readTemplates, withNestedTemplates } = await import('@keywright/read-cfn');
      const place = placeOf(options);
      const templates = files.map((file) => ({ ...file, ...place }));
      return {
        reading: readTemplates(
          withNestedTemplates(templates, (path) => textOf(path, cwd)),
          { parameters },
        ),
        target: 'cfn',
      };
    }
    case 'assembly': {
      const { readTemplates, templatesOfAssembly } = await import('@keywright/read-cfn');
      const { value: templates, diagnostics } = templatesOfAssembly(first, (path) => textOf(path, cwd));
      const place = placeOf(options);
      return {
        reading: withProblems(
          readTemplates(
            templates.map((one) => ({ ...place, ...one })),
            { parameters },
          ),
          diagnostics,
        ),
        target: 'cfn',
      };
    }
    case 'terraform': {
      const { readTerraform } = await import('@keywright/read-terraform');
      return { reading: readTerraform(first), target: 'terraform' };
    }
    case 'pulumi': {
      const { readPulumi } = await import('@keywright/read-pulumi');
      return { reading: readPulumi(first), target: 'pulumi' };
    }
    case 'landingZone': {
      const { configurationFiles, readLza } = await import('@keywright/read-lza');
      return { reading: readLza(configurationFiles(first, (path) => textOf(path, cwd))) };
    }
  }
}

function placeOf({ account, region }: SourceOptions) {
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function withProblems(reading: Reading, diagnostics: readonly Diagnostic[]): Reading {
  return { ...reading, diagnostics: [...diagnostics, ...reading.diagnostics] };
}

/**
 * Reads a text file, with its path as given. The size is not limited, since a state may have hundreds of megabytes. The reader reports a
 * file that is too large.
 */
function sourceFile(path: string, cwd: string): SourceFile | { readonly problem: string } {
  const bytes = readFileSync(resolve(cwd, path));
  try {
    return { path: path.replaceAll('\\', '/'), text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: `${path} cannot be imported: ${whyNotText(bytes)}` };
  }
}

function whyNotText(bytes: Uint8Array): string {
  const starts = (...start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  // A saved plan of Terraform is a ZIP file.
  if (starts(0x50, 0x4b, 0x03, 0x04))
    return 'it is a ZIP file: for a saved plan of Terraform, run `terraform show -json FILE > plan.json`, and import that';
  return starts(0xff, 0xfe) || starts(0xfe, 0xff)
    ? 'it is UTF-16 text, as `>` of Windows PowerShell writes it, and has to be UTF-8: use `| Out-File -Encoding utf8`'
    : 'it is not UTF-8 text';
}

/** Reads a text file that an option names, or says why it cannot be read. */
function optionalFile(path: string, cwd: string): SourceFile | { readonly problem: string } {
  try {
    return sourceFile(path, cwd);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return { problem: `${path} cannot be read: ${refused.reason}` };
  }
}

/** The text of a file that another file names; `undefined` if it does not exist. */
function textOf(path: string, cwd: string): string | undefined {
  if (!existsSync(resolve(cwd, path))) return undefined;
  const file = sourceFile(path, cwd);
  return 'problem' in file ? undefined : file.text;
}

/**
 * Reads parameters in the forms of AWS's tools: `{ "Name": "value" }`, a list of `{ ParameterKey, ParameterValue }`, or `{ "Parameters": {
 * … } }`. A value is text, or `{ "stack": …, "output": … }` for an output of another template that is read.
 */
function readParameters(path: string, cwd: string): ParameterValues | { readonly problem: string } {
  const refused = { problem: `${path} has no parameters: it has to be JSON with a text for each name` };
  const file = optionalFile(path, cwd);
  if ('problem' in file) return file;
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch {
    return refused;
  }
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(value)
    ? value.map((one) => [one?.ParameterKey, one?.ParameterValue])
    : Object.entries((value as { readonly Parameters?: object } | null)?.Parameters ?? Object(value));
  const values = pairs.map(([name, one]) => [name, typeof one === 'number' ? String(one) : one] as const);
  const isValue = (pair: readonly [unknown, unknown]): pair is readonly [string, ParameterValues[string]] =>
    typeof pair[0] === 'string' && (typeof pair[1] === 'string' || isOutput(pair[1]));
  const invalid = values.find((pair) => !isValue(pair));
  if (invalid !== undefined)
    return { problem: `${path} has neither text nor { "stack", "output" } for the parameter ${String(invalid[0])}` };
  return Object.fromEntries(values.filter(isValue));
}

function isOutput(value: unknown): value is { readonly stack: string; readonly output: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { stack, output, ...others } = value as { readonly stack?: unknown; readonly output?: unknown };
  return typeof stack === 'string' && typeof output === 'string' && Object.keys(others).length === 0;
}
