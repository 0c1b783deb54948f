import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { keywrightIn } from '../installed.ts';
import type { Tree } from './tree.ts';

export interface InitOptions {
  /** The folder for a new project, relative to the workspace's root. If absent, no project is created. */
  readonly directory?: string;
}

/** Adds the plugin to nx.json if it is missing, and creates a project. Overwrites nothing. Throws, with advice, if this is impossible. */
export default function init(tree: Tree, { directory }: InitOptions): void {
  addPlugin(tree);
  if (directory !== undefined) startProject(tree, posix.normalize(directory));
}

function addPlugin(tree: Tree): void {
  const nxJson: unknown = JSON.parse(tree.read('nx.json', 'utf8') ?? '{}');
  if (!isMapping(nxJson)) throw new Error('nx.json holds no object');
  const plugins: readonly unknown[] = Array.isArray(nxJson.plugins) ? nxJson.plugins : [];
  const names = plugins.map((plugin) => (isMapping(plugin) ? plugin.plugin : plugin));
  if (names.includes('@keywright/nx')) return;
  tree.write('nx.json', `${JSON.stringify({ ...nxJson, plugins: [...plugins, '@keywright/nx'] }, undefined, 2)}\n`);
}

/**
 * Writes the files of `keywright init`. The app is named after the folder if possible, because no two apps of a fleet have the same name.
 */
function startProject(tree: Tree, directory: string): void {
  if (posix.isAbsolute(directory) || directory.startsWith('..'))
    throw new Error(`${directory} is not in this workspace: give the folder from its root`);
  const file = posix.join(directory, 'keywright.yaml');
  if (tree.exists(file)) throw new Error(`${file} exists already`);
  const installed = keywrightIn(tree.root);
  if (installed === undefined) throw new Error('keywright is not installed: npm install --save-dev keywright');
  const scratch = mkdtempSync(join(tmpdir(), 'keywright-init-'));
  try {
    execFileSync(process.execPath, [installed.command, 'init'], {
      cwd: scratch,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (const name of readdirSync(scratch)) {
      const path = posix.join(directory, name);
      if (!tree.exists(path))
        tree.write(path, ofApp(readFileSync(join(scratch, name), 'utf8'), posix.basename(directory)));
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function ofApp(text: string, folder: string): string {
  return /^[A-Za-z][A-Za-z0-9-]{0,62}$/.test(folder) ? text.replace(/^app: .*$/m, `app: ${folder}`) : text;
}
