import { pathWithin } from '@keywright/core/reading/path-within';
import type { SourceFile } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { folderOf, readConfiguration } from './configuration.ts';
import { includedIn } from './includes.ts';

const beside = ['accounts-config', 'global-config', 'organization-config', 'replacements-config'];

/**
 * The files of a configuration, found from its `security-config.yaml`: that file, the files beside it, and the policy files of its key
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
  // Iterating over a Map also visits entries that are added on the way.
  for (const { text } of filesByPath.values()) {
    for (const path of includedIn(text).flatMap((written) => pathWithin(written) ?? [])) add(`${folder}${path}`);
  }
  const { security } = readConfiguration([...filesByPath.values()]).value;
  for (const keySet of Array.isArray(security?.keySets) ? security.keySets : []) {
    if (isMapping(keySet) && typeof keySet.policy === 'string') add(policyPath(folder, keySet.policy));
  }
  return [...filesByPath.values()];
}

/** `policy` is relative to the configuration's folder, `folder`. */
export function policyPath(folder: string, policy: string): string {
  return folder + policy.replace(/^\.\//, '');
}
