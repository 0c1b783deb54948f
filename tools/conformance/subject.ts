import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import { hostOfText, type ProjectHost } from '@keywright/core/project/host';
import fc from 'fast-check';
import { generate, optionsOf } from '../../packages/cli/src/output/generate.ts';
import { createDiskHost } from '../../packages/cli/src/project/disk-host.ts';
import { targets } from '../../packages/cli/src/targets.ts';
import { anyProject } from '../../packages/cli/src/testing/any-project.ts';
import { manyStacks } from '../../packages/cli/src/testing/some-deployments.ts';

const root = join(import.meta.dirname, '../..');

/** A valid project and Keywright's output for it. */
export interface Subject {
  /** For example `examples/payments`, `cases/service-presets` or `generated/17`. */
  readonly name: string;
  readonly kind: 'example' | 'case' | 'generated';
  /** Reads the files of the project: `keywright.yaml` and the files that it names. */
  readonly host: ProjectHost;
  readonly program: Program;
  readonly targetOptions: Compilation['targetOptions'];
  /** All generated files, by path below the output folder. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Yields every example, every valid case, and then `generated` generated projects, which are the same for the same seed. Generates files
 * only for the targets in `chosen`.
 */
export async function* subjects(
  generated: number,
  seed: number,
  chosen: typeof targets = targets,
): AsyncGenerator<Subject> {
  const large: Subject[] = [];
  for (const name of readdirSync(join(root, 'examples')).sort()) {
    const subject = await subjectOf(
      `examples/${name}`,
      'example',
      createDiskHost(join(root, 'examples', name)),
      chosen,
    );
    if (subject === undefined) throw new Error(`examples/${name} is not valid`);
    if (subject.program.stacks.length > manyStacks) large.push(subject);
    else yield subject;
  }
  for (const name of readdirSync(join(root, 'packages/cli/cases')).sort()) {
    const subject = await subjectOf(
      `cases/${name}`,
      'case',
      createDiskHost(join(root, 'packages/cli/cases', name)),
      chosen,
    );
    if (subject !== undefined) yield subject;
  }
  yield* large; // a fault in a smaller project is judged in less time
  let found = 0;
  for (const project of fc.sample(anyProject, { numRuns: generated * 2, seed })) {
    if (found === generated) return;
    const subject = await subjectOf(`generated/${found}`, 'generated', hostOf(project), chosen);
    if (subject === undefined) continue; // a generated project may have an error
    found += 1;
    yield subject;
  }
  if (found < generated) throw new Error(`only ${found} of the generated projects are valid`);
}

/** Returns a host with this project, written as JSON, which is also valid YAML. */
export function hostOf(project: unknown): ProjectHost {
  return hostOfText(JSON.stringify(project));
}

/** Returns a subject; `undefined` if the project has an error. */
export async function subjectOf(
  name: string,
  kind: Subject['kind'],
  host: ProjectHost,
  chosen: typeof targets = targets,
): Promise<Subject | undefined> {
  const compilation = compileProject(host, { targets });
  const { program, targetOptions, diagnostics } = compilation;
  if (program === undefined || hasErrors(diagnostics)) return undefined;
  const builds = await Promise.all(
    chosen.map(async (target) => {
      const input = { generator: 'Keywright', options: optionsOf(target, compilation, {}), templates: {} };
      return { target, emitter: await target.loadEmitter(), input };
    }),
  );
  const generated = generate(program, builds, undefined, () => {});
  if (hasErrors(generated.diagnostics)) return undefined;
  const files = new Map(generated.files.map(({ path, content }) => [path, content]));
  return { name, kind, host, program, targetOptions, files };
}
