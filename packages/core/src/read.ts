import { type Context, contextFileName } from './context/context.ts';
import { parseContextFile } from './context/context-file.ts';
import { createCollector, type Result } from './diagnostics/result.ts';
import type { Target } from './emit/emitter.ts';
import type { ProjectHost } from './project/host.ts';
import { type ReadProject, readProject } from './project/read-project.ts';
import { readingProblem } from './project/reading.ts';
import { readTargetOptions } from './project/target-options.ts';

export interface ReadFiles extends ReadProject {
  /** `undefined` if the context file cannot be read. */
  readonly context: Context | undefined;
  /** The options of each target, by its name. */
  readonly targetOptions: Readonly<Record<string, unknown>>;
}

/** Reads, parses and validates all files of a project. No later phase reads a file. */
export function read(host: ProjectHost, targets: readonly Target<unknown>[]): Result<ReadFiles> {
  const collector = createCollector();
  const { project, sources } = collector.take(readProject(host));
  const targetOptions = project === undefined ? {} : collector.take(readTargetOptions(project, targets));
  const files = { ...(project && { project }), sources, targetOptions };
  const reading = host.readFile(contextFileName);
  if (reading.kind !== 'text') {
    // A project that looks nothing up has no context file.
    if (reading.kind === 'missing') return collector.result({ ...files, context: new Map() });
    collector.add(readingProblem(contextFileName, reading, undefined));
    return collector.result({ ...files, context: undefined });
  }
  const source = { path: contextFileName, text: reading.text };
  const { context, diagnostics } = parseContextFile(source);
  collector.add(...diagnostics);
  return collector.result({ ...files, context, sources: new Map([...sources, [source.path, source]]) });
}
