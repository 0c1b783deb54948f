import { posix } from 'node:path';
import { asPattern } from './as-pattern.ts';
import type { KeysProject } from './keys-project.ts';
import { outputPatterns, recordFile } from './last-build.ts';
import type { KeywrightPluginOptions } from './options.ts';

/** The part of Nx's target configuration that the plugin uses. Nx requires mutable lists. */
export interface Target {
  /** The command. It runs in the workspace's root, so that paths in messages start at the root. */
  readonly command: string;
  readonly cache: boolean;
  readonly inputs?: (string | { readonly externalDependencies: string[] })[];
  readonly outputs?: string[];
  readonly dependsOn?: string[];
  readonly metadata: { readonly technologies: string[]; readonly description: string };
}

export interface TargetFacts {
  /** The project's folder relative to the workspace's root, `.` for the root itself. */
  readonly root: string;
  readonly project: KeysProject;
  /** The digest of the project's files and of Keywright's version. */
  readonly sources: string;
  /** The digest of the outputs that a build starts from. */
  readonly before: string;
  /** Whether Nx sees every file that the targets depend on. Nx ignores files that Git ignores. */
  readonly isSeen: boolean;
  readonly names: KeywrightPluginOptions;
}

export function targetsOf({ root, project, sources, before, isSeen, names }: TargetFacts): Record<string, Target> {
  // Patterns start at the workspace's root, because `{projectRoot}` excludes files of a project nested in another project.
  const below = (path: string) => `{workspaceRoot}/${posix.join(asPattern(root), path)}`;
  // In other folders, a file with such a name is the user's own.
  const settings = project.pulumiPrograms.map((name) => `pulumi/${name}/Pulumi.*.yaml`);
  const outputs = [...outputPatterns, ...settings].map((pattern) => below(`out/${pattern}`));
  const read = [
    ...project.files.map((file) => below(asPattern(file))),
    ...project.patterns.map(below),
    // A wide pattern of the project must not match generated files.
    ...(project.patterns.length === 0 ? [] : outputs.map((output) => `!${output}`)),
    { externalDependencies: ['keywright'] },
  ];
  const folder = quoted(root.startsWith('-') ? `./${root}` : root);
  const target = (description: string, command: string, rest: Partial<Target> = {}): Target => ({
    command,
    cache: isSeen,
    inputs: read,
    outputs: [],
    metadata: { technologies: ['keywright'], description },
    ...rest,
  });
  const build = names.buildTargetName ?? 'build';
  return {
    [names.checkTargetName ?? 'check']: target('Reports the problems of the keys.', `keywright check ${folder}`),
    [build]: target(
      'Generates CloudFormation, Terraform and Pulumi below out.',
      `keywright-nx ${folder} --sources ${sources} --before ${before}`,
      { outputs: [...outputs, `{workspaceRoot}/${recordFile(root)}`], dependsOn: [`^${build}`] },
    ),
    [names.verifyTargetName ?? 'verify']: target(
      'Fails if out is not what build would generate.',
      `keywright build ${folder} --check`,
      { inputs: [...read.filter((input) => typeof input !== 'string' || !input.startsWith('!')), ...outputs] },
    ),
    [names.lookupTargetName ?? 'lookup']: target('Resolves aliases in the accounts.', `keywright lookup ${folder}`, {
      cache: false,
    }),
  };
}

/** Quotes a path as one word of a shell. */
function quoted(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `"${path.replaceAll(/["$`\\]/g, '\\$&')}"`;
}
