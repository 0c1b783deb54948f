import type { Context, LookupQuery } from './context/context.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Target } from './emit/emitter.ts';
import type { Program } from './ir/program.ts';
import type { ProjectHost } from './project/host.ts';
import type { SourceFile } from './source/span.ts';

/** What a compilation is told besides the files. */
export interface CompileOptions {
  /** Every target there is; `targets:` in a stack names some of them. */
  readonly targets: readonly Target<unknown>[];
  /** The names of the targets to compile for (`--target`); absent: all. A stack is compiled for those of its own among them. */
  readonly only?: readonly string[];
}

export interface Compilation {
  /** Absent when the files could not be made sense of. Present with errors in `diagnostics` it must not be emitted. */
  readonly program?: Program;
  /** All problems of all phases, in the order of file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, by path; reports show lines of them, `--watch` watches them. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The validated `targets.<name>` of the project, by target name; a target that is absent has its defaults. */
  readonly targetOptions: Readonly<Record<string, unknown>>;
  /** The aliases that the project looks up, without doubles. */
  readonly lookups: readonly LookupQuery[];
  /** What the context file holds. */
  readonly context: Context;
}

/** Compiles the project whose `keywright.yaml` the host shows. Never throws for bad input. */
export declare function compileProject(host: ProjectHost, options: CompileOptions): Compilation;
