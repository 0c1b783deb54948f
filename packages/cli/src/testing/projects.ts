/** The projects of `examples/` and `packages/cli/cases`, in memory. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import type { ProjectHost } from '@keywright/core/project/host';
import { createDiskHost } from '../project/disk-host.ts';
import { targets } from '../targets.ts';

/** The text of each file, by path. */
export type ProjectFiles = Readonly<Record<string, string>>;

const packageFolder = join(import.meta.dirname, '../..');
const folders = [join(packageFolder, 'cases'), join(packageFolder, '../../examples')].flatMap((parent) =>
  readdirSync(parent)
    .sort()
    .map((name) => join(parent, name)),
);

/** The files that each project reads, by the name of the project. */
export const projects: ReadonlyMap<string, ProjectFiles> = new Map(
  folders.map((folder) => {
    const host = createDiskHost(folder);
    compileProject(host, { targets });
    const paths = [...host.files, ...[...host.patterns].flatMap((pattern) => host.glob(pattern))];
    const texts = [...new Set(paths)].flatMap((path) => {
      const reading = host.readFile(path);
      return reading.kind === 'text' ? [[path, reading.text] as const] : [];
    });
    return [relative(join(packageFolder, '../..'), folder).split(sep).join('/'), Object.fromEntries(texts)];
  }),
);

/** A host for files in memory. The patterns that the projects use match as they do on a disk. */
export function hostOf(files: ProjectFiles): ProjectHost {
  return {
    readFile(path) {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text !== undefined) return { kind: 'text', text };
      return { kind: path.startsWith('..') || path.startsWith('/') ? 'outside' : 'missing' };
    },
    glob(pattern) {
      const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`));
      const expression = new RegExp(`^${parts.join('[^/]*')}$`);
      return Object.keys(files)
        .filter((path) => expression.test(path))
        .sort();
    },
  };
}

export function compileFiles(files: ProjectFiles): Compilation {
  return compileProject(hostOf(files), { targets });
}
