import { run } from '../../packages/cli/src/run.ts';
import { quietIo } from './quiet-io.ts';

/** Returns the drawing of `keywright graph` for a project. */
export async function pictureOf(project: string): Promise<string> {
  let svg = '';
  let complaint = '';
  const io = quietIo({ stdout: { write: (text) => (svg += text) }, stderr: { write: (text) => (complaint += text) } });
  if ((await run(['graph', project, '--format', 'svg'], io)) !== 0) throw new Error(`${project}: ${svg}${complaint}`);
  return svg;
}
