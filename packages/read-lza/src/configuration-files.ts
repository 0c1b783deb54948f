import { pathWithin } from '@keywright/core/reading/path-within';
import type { SourceFile } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { folderOf, readConfiguration } from './configuration.ts';
import { includedIn } from './includes.ts';

const beside = ['accounts-config', 'global-config', 'organization-config', 'replacements-config'];

/**
 * Finds the files of a configuration: its `security-config.yaml`, which is `file`, the files beside it, and the policy files of its key
 * sets. `read` takes a path that starts with the folder of `file.path`, and returns `undefined` if there is no such file.
 */
export function configurationFiles(
  file: SourceFile,
  read: (path: string) => string | undefined,
): readonly SourceFile[] {
  const folder = folderOf(file.path);
  const filesByPath = new Map([[file.path, file]]);
  const add = (path: string) => {
    const text = filesByPath.has(path) ? undefined : read(path);
    if (text !== undefined) filesByPath.set(path, { path, text });
  };
  for (const name of beside) add(`${folder}${name}.yaml`);
  // The loop also visits entries that are added to the map during the loop.
  for (const { text } of filesByPath.values()) {
    for (const path of includedIn(text).flatMap((written) => pathWithin(written) ?? [])) add(`${folder}${path}`);
  }
  const { security } = readConfiguration([...filesByPath.values()]).value;
  for (const keySet of Array.isArray(security?.keySets) ? security.keySets : []) {
    if (isMapping(keySet) && typeof keySet.policy === 'string') add(policyPath(folder, keySet.policy));
  }
  return [...filesByPath.values()];
}

/** Returns the path of `policy`, which is relative to the configuration's folder. */
export function policyPath(folder: string, policy: string): string {
  return folder + policy.replace(/^\.\//, '');
}
