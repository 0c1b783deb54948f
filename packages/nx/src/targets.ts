import { posix } from 'node:path';
import { asPattern } from './as-pattern.ts';
import type { KeysProject } from './keys-project.ts';
import { outputPatterns, recordFile } from './last-build.ts';
import type { KeywrightPluginOptions } from './options.ts';

/** What Nx calls a target's configuration, of which this is the part that is used. Nx asks for lists that it could change. */
export interface Target {
  /** Runs in the root of the workspace, so that paths in its messages lead from there. */
  readonly command: string;
  readonly cache: boolean;
  readonly inputs?: (string | { readonly externalDependencies: string[] })[];
  readonly outputs?: string[];
  readonly dependsOn?: string[];
  readonly metadata: { readonly technologies: string[]; readonly description: string };
}

/** What the targets of a project are made of. */
export interface TargetFacts {
  /** The project's folder from the root of the workspace, `.` for the root itself. */
  readonly root: string;
  readonly project: KeysProject;
  /** The digest of the files and of the version of Keywright. */
  readonly sources: string;
  /** The digest of the outputs that a build starts from. */
  readonly before: string;
  /** Whether Nx sees every file that the targets depend on: it sees none that Git ignores. */
  readonly isSeen: boolean;
  readonly names: KeywrightPluginOptions;
}

/** The targets of one project, by name. */
export function targetsOf({ root, project, sources, before, isSeen, names }: TargetFacts): Record<string, Target> {
  // From the root of the workspace: Nx leaves the files of a project that lies inside another out of `{projectRoot}`.
  const below = (path: string) => `{workspaceRoot}/${posix.join(asPattern(root), path)}`;
  // In other folders such a file is one of the user's own.
  const settings = project.pulumiPrograms.map((name) => `pulumi/${name}/Pulumi.*.yaml`);
  const outputs = [...outputPatterns, ...settings].map((pattern) => below(`out/${pattern}`));
  const read = [
    ...project.files.map((file) => below(asPattern(file))),
    ...project.patterns.map(below),
    // A wide pattern does not match what was generated.
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
    [names.checkTargetName ?? 'check']: target('Reports every problem of the keys.', `keywright check ${folder}`),
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

/** A path as one word of a shell. */
function quoted(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `"${path.replaceAll(/["$`\\]/g, '\\$&')}"`;
}
