import { join, posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { StackDefinition } from '@keywright/core/language/stack';
import type { ProjectHost } from '@keywright/core/project/host';
import { entries, type Named, property } from '@keywright/core/project/located';
import { readFiles } from '@keywright/core/project/read-files';
import { createDiskHost } from '../disk-host.ts';
import { insertEntry, type NewEntry } from './insert-entry.ts';
import type { Tree } from './tree.ts';

export interface AddKeyOptions {
  /** The project's folder, relative to the workspace's root (its name in Nx); `.` for the root itself. */
  readonly project: string;
  readonly name: string;
  /** If absent: the project's only stack. */
  readonly stack?: string;
  readonly standard?: string;
  readonly alias?: string;
  readonly description?: string;
}

/**
 * Adds a key to a stack, in the file that defines it, and leaves the rest of the file as it is. Without a standard, the key gets
 * `rotation: true`. Throws, with advice, if the project would get a new error.
 */
export default function addKey(tree: Tree, options: AddKeyOptions): void {
  const root = posix.normalize(options.project);
  if (!tree.exists(posix.join(root, 'keywright.yaml')))
    throw new Error(
      `there is no ${posix.join(root, 'keywright.yaml')}: give the folder of a project, or . for the root`,
    );
  const host = hostOf(tree, root);
  const stack = stackNamed(host, root, options.stack);
  const { path, text } = stack.file.source;
  const keys = property(stack, 'keys');
  const properties = propertiesOf(options);
  const value: NewEntry = [options.name, Object.entries(properties).map(([key, its]) => [key, textOf(its)] as const)];
  const changed = keys === undefined ? insertEntry(text, stack, ['keys', [value]]) : insertEntry(text, keys, value);

  const byHand = new Error(`${posix.join(root, path)} is written in a way that no key can be added to: add it by hand`);
  if (changed === undefined) throw byHand;
  const after: ProjectHost = {
    ...host,
    readFile: (file) => (file === path ? { kind: 'text', text: changed } : host.readFile(file)),
  };
  const before = new Set(errorsOf(host));
  const problems = errorsOf(after).filter((error) => !before.has(error));
  if (problems.length > 0) throw new Error(`the key cannot be added:\n${problems.join('\n')}`);
  const expected = withKey(contentOf(host, path), stack.name, options.name, properties);
  if (!isDeepStrictEqual(contentOf(after, path), expected)) throw byHand;
  tree.write(posix.join(root, path), changed);
}

/** Returns the content that the file should have afterwards. */
function withKey(file: PlainFile | undefined, stack: string, name: string, properties: Properties): PlainFile {
  const { [stack]: its, ...others } = file?.stacks ?? {};
  return { ...file, stacks: { ...others, [stack]: { ...its, keys: { ...its?.keys, [name]: properties } } } };
}

interface PlainFile {
  readonly stacks?: Readonly<Record<string, { readonly keys?: Readonly<Record<string, unknown>> }>>;
}

/** Returns the content of a file as plain objects, which can be compared. */
function contentOf(host: ProjectHost, path: string): PlainFile | undefined {
  const projectFile = readFiles(host).value.files.find(({ file }) => file.source.path === path);
  return projectFile && JSON.parse(JSON.stringify(projectFile.value));
}

/** Reads the project from the tree, where an earlier generator may have changed files. */
function hostOf(tree: Tree, root: string): ProjectHost {
  const disk = createDiskHost(join(tree.root, root));
  return {
    readFile(path) {
      const reading = disk.readFile(path);
      const text = reading.kind === 'outside' ? null : tree.read(posix.join(root, path), 'utf8');
      return text === null || reading.kind === 'directory' ? reading : { kind: 'text', text };
    },
    glob: (pattern) => disk.glob(pattern),
  };
}

function stackNamed(host: ProjectHost, root: string, wanted: string | undefined): Named<StackDefinition> {
  const { value, diagnostics } = readFiles(host);
  // A stack or key that is invalid is missing from `value`.
  if (hasErrors(diagnostics)) throw new Error(`${root} is not valid: see nx run ${root}:check`);
  const stacks: readonly Named<StackDefinition>[] = value.files.flatMap((file) => entries(property(file, 'stacks')));
  const names = stacks.map(({ name }) => name);
  if (wanted === undefined && names.length > 1)
    throw new Error(`give one of its stacks with --stack: ${names.join(', ')}`);
  const stack = stacks.find(({ name }) => wanted === undefined || name === wanted);
  if (stack !== undefined) return stack;
  if (names.length === 0) throw new Error(`${root} has no stack`);
  throw new Error(`${root} has no stack ${wanted}; ${insteadOf(wanted ?? '', names, 'stack')}`);
}

type Properties = Readonly<Record<string, string | boolean | readonly string[]>>;

function propertiesOf({ standard, alias, description }: AddKeyOptions): Properties {
  return {
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? { rotation: true } : { standard }),
    ...(alias === undefined ? {} : { aliases: [alias] }),
  };
}

/** JSON is YAML; simple names need no quotes. */
function textOf(value: Properties[string]): string {
  if (typeof value === 'object') return `[${value.map(textOf).join(', ')}]`;
  return typeof value === 'string' && /^[a-z][a-z0-9/-]*$/i.test(value) && !/^(true|false|null)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

/** Returns the errors without spans, because an added key moves them. */
function errorsOf(host: ProjectHost): readonly string[] {
  return compileProject(host, { targets: [] })
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, message, help }) => `${code}: ${message}\n  ${help}`);
}
