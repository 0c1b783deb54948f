import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import { ignoredFiles } from './ignored-files.ts';
import { keywrightIn } from './installed.ts';
import { type KeysProject, readKeysProject } from './keys-project.ts';
import { digestLength, startingPoint } from './last-build.ts';
import { needsBetween } from './needs-between.ts';
import type { KeywrightPluginOptions } from './options.ts';
import { type Target, targetsOf } from './targets.ts';

/** A project as the plugin describes it to Nx. */
interface NxProject {
  readonly name: string;
  readonly tags: string[];
  readonly targets: Record<string, Target>;
  /** The projects that create the resources that this project uses. */
  readonly implicitDependencies: string[];
}

interface ExternalNode {
  readonly type: 'npm';
  readonly name: 'npm:keywright';
  readonly data: { readonly version: string; readonly packageName: 'keywright' };
}

type Created = readonly [
  configFile: string,
  result: {
    readonly projects: Record<string, NxProject>;
    readonly externalNodes: Record<string, ExternalNode>;
  },
];

function createProjects(
  configFiles: readonly string[],
  names: KeywrightPluginOptions | undefined,
  { workspaceRoot }: { readonly workspaceRoot: string },
): Created[] {
  const version = keywrightIn(workspaceRoot)?.version ?? '';
  // Needed because Nx finds the package by itself only if the workspace's lock file lists it.
  const data = { version, packageName: 'keywright' } as const;
  const externalNodes = { 'npm:keywright': { type: 'npm', name: 'npm:keywright', data } } as const;
  const read = configFiles.map((configFile) => {
    const root = posix.dirname(configFile);
    const project = readKeysProject(join(workspaceRoot, root));
    return { configFile, root, project, name: nameOf(root, project) };
  });
  const needs = needsBetween(read);
  const ignored = ignoredFiles(
    workspaceRoot,
    read.flatMap(({ root, project }) => filesSeen(root, project)),
  );
  return read.map(({ configFile, root, project, name }) => {
    const sources = createHash('sha256').update(`${version}\n${project.digest}`).digest('hex').slice(0, digestLength);
    const before = startingPoint(workspaceRoot, root, sources, join(workspaceRoot, root, 'out'));
    const isSeen = !filesSeen(root, project).some((file) => ignored.has(file));
    const targets = targetsOf({ root, project, sources, before, isSeen, names: names ?? {} });
    const nxProject = { name, tags: ['keywright'], targets, implicitDependencies: [...(needs.get(name) ?? [])] };
    return [configFile, { projects: { [root]: nxProject }, externalNodes }];
  });
}

/** Returns the project's name: its folder, which is unique, or the app if the project is in the root of the workspace. */
function nameOf(root: string, { app }: KeysProject): string {
  return root === '.' ? (app ?? 'keys') : root;
}

/** Returns the files that the targets depend on, relative to the workspace's root. */
function filesSeen(root: string, { files }: KeysProject): readonly string[] {
  return [...files, 'out/keywright.manifest.json'].map((file) => posix.join(root, file));
}

/** The entry point for Nx: a file pattern, and the function that makes a project of each matching file. */
export const createNodesV2 = ['**/keywright.yaml', createProjects] as const;
