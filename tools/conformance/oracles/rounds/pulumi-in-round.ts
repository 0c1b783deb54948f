/** Judges Pulumi's part of a round by its import lists, programs and commands, because the engine is not available. */
import { forgetProblems, imported } from './pulumi-double.ts';
import type { Round, Step, place as somePlace } from './round.ts';

export interface TakenByPulumi {
  readonly steps: readonly Step[];
  /** The output of `pulumi stack export`. */
  readonly exported: string;
}

/**
 * Builds the project for Pulumi, and imports what `adopt` lists. Throws if the import would fail, or if the preview that follows would show
 * changes.
 *
 * @param regions the regions of the keys, for `--region`
 * @param from the values for `--from`
 */
export async function importIntoPulumi(
  { read, cloud, handOver }: Round,
  stack: string,
  yaml: string,
  place: typeof somePlace,
  regions: string,
  ...from: readonly string[]
): Promise<TakenByPulumi> {
  const steps = await handOver(yaml, 'pulumi', regions, ...from);
  const list = JSON.parse(read(`adopt/pulumi/${stack}/import.json`));
  const project = /^name: (.*)$/m.exec(read(`out/pulumi/${stack}/Pulumi.yaml`))?.[1] ?? '';
  const program = read(`out/pulumi/${stack}/index.ts`);
  const kmsIn = (region: string) => cloud({ ...place, region }).kms;
  const { problems, text } = await imported({ project, program, ...place }, list, kmsIn);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { steps, exported: text };
}

/** Throws unless the commands of the steps make Pulumi forget exactly what it manages. */
export function checkForgotten(steps: readonly Step[], exported: string): void {
  const commands = steps.flatMap(({ apply }) => apply);
  const problems = forgetProblems(commands, exported);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
